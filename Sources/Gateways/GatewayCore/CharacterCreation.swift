import Basics
package import WorldLanguage
import WorldModel
import WorldVerbs

/// The questions that make a character: its name, a password twice, and whether its player uses a screen reader.
///
/// A session asks them one by one; a door that asks before there is a session may ask several in a round. Rules, the budget of
/// characters for a source, and sentences are the same. Nothing is changed in the world by the answers: once there are all of
/// them, see ``Game/makeCharacter(_:from:)``.
///
/// | Question | Is answered by | Then asks for |
/// | --- | --- | --- |
/// | `name` | a free name | `password` |
/// | `password` | one that may be used | `repeatedPassword` |
/// | `repeatedPassword` | the same | `screenReader`; `password` when it differs |
/// | `screenReader` | yes, no, or nothing for what is assumed | nothing |
///
/// - Isolation: none; a value that holds a password in the clear until it is let go.
package struct CharacterCreation {
    package enum Question: Hashable, Sendable {
        case name
        case password
        case repeatedPassword
        case screenReader
    }

    /// What is said behind an answer.
    package struct Remark {
        package let text: Sentence
        /// Whether the answer was of no use, so that the same is asked again or something before it.
        package let isProblem: Bool
    }

    /// What is asked next; nil when there are all answers.
    package private(set) var question: Question?
    /// As the game spells it; empty before it was told.
    package private(set) var name: String
    private(set) var password = ""
    /// In which the words of answers may be, and which the character has; nil for English.
    package var language: Language?
    /// Whether silence is a yes to the question for a screen reader, because the client says that it is one.
    private var assumesScreenReader = false
    private var usesScreenReader = false

    /// Begins with the question for the name.
    package init(language: Language? = nil) {
        self.language = language
        (question, name) = (.name, "")
    }

    /// Begins behind the name, which was checked and charged: see ``Game/problem(withNewName:)``, ``Game/admitCreation(from:)``.
    init(named name: String, language: Language?) {
        self.language = language
        (question, self.name) = (.password, name)
    }

    /// Takes the answer to ``question``.
    ///
    /// - Parameters:
    ///   - line: The answer.
    ///   - game: Where the character is to be.
    ///   - source: Where the client is from.
    ///   - isScreenReader: Whether the client says that it is a screen reader.
    /// - Returns: What is said about it or before the next question; nil for nothing.
    package mutating func answer(
        _ line: String, in game: Game, from source: String, isScreenReader: Bool = false
    ) -> Remark? {
        switch question {
        case .name:
            if let problem = game.problem(withNewName: line) ?? game.admitCreation(from: source) {
                return Remark(text: problem, isProblem: true)
            }
            name = line.folded.capitalizedFirst
            question = .password
            return Remark(text: Self.passwordRule(game), isProblem: false)
        case .password:
            if let problem = game.passwordProblem(line, name: name) { return Remark(text: problem, isProblem: true) }
            password = line
            question = .repeatedPassword
            return nil
        case .repeatedPassword:
            guard line == password else {
                question = .password
                return Remark(text: "Those two were not the same. Choose a password once more.", isProblem: true)
            }
            question = .screenReader
            assumesScreenReader = isScreenReader
            return Remark(text: screenReaderQuestion, isProblem: false)
        case .screenReader:
            guard let yes = line.isEmpty ? assumesScreenReader : Game.yesOrNo(line, in: language) else {
                return Remark(text: "Please answer yes or no.", isProblem: true)
            }
            usesScreenReader = yes
            question = nil
            return nil
        case nil: return nil
        }
    }

    /// Asks for another name, because somebody has taken it meanwhile.
    package mutating func takeBackName() {
        self = CharacterCreation(language: language)
    }

    static func passwordRule(_ game: Game) -> Sentence {
        let least = String(game.settings.minimumPasswordLength)
        return "Choose a password of at least \(plain: least) characters. It is not shown while you type it."
    }

    private var screenReaderQuestion: Sentence {
        if assumesScreenReader {
            return """
                Your program says that you use a screen reader. Is that so? With yes, the game leaves out prompts and \
                decoration.
                """
        }
        return "Do you use a screen reader? With yes, the game leaves out prompts and decoration."
    }

    /// What stands before the answer to a question.
    package func prompt(for question: Question) -> Sentence {
        switch question {
        case .name: "Name: "
        case .password: "New password: "
        case .repeatedPassword: "The same again: "
        case .screenReader: assumesScreenReader ? "Yes or no (Enter is yes): " : "Yes or no (Enter is no): "
        }
    }

    /// Whether the answer must not be shown.
    package var isSecret: Bool { question == .password || question == .repeatedPassword }

    /// Whether an answer says that one does not want to come in at all; a password may be any word.
    package func isFarewell(_ line: String) -> Bool { !isSecret && Game.isFarewell(line, in: language) }

    /// What the account is made with.
    var settings: [String: String] {
        var settings = language.map { ["language": $0.code] } ?? [:]
        if usesScreenReader {
            settings["screenreader"] = "on"
        } else if assumesScreenReader {
            // What the client says is wrong, and would count while nothing is set.
            settings["screenreader"] = "off"
        }
        return settings
    }
}
