import Basics
import TerminalWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// In which language a session is written to.
extension Session {
    /// What its player reads, nil for English: as the character has it, and before the login as it was chosen there.
    var language: Language? { languageCode.isEmpty ? nil : game.interpreter.languages[languageCode] }

    /// A sentence as its player reads it.
    func text(_ sentence: Sentence) -> StyledText { text(sentence, language) }

    private func text(_ sentence: Sentence, _ language: Language?) -> StyledText {
        sentence.phrase(for: game.nobody, in: language) { _ in true }
    }

    /// Queues a sentence, all of it in one style unless that is plain.
    func say(_ sentence: Sentence, _ style: TextStyle = .plain) {
        let text = text(sentence)
        show(style == .plain ? text : StyledText(text.plain, style))
    }

    // MARK: The choice

    /// What the dialogue can be read in, English first; none where that is all there is.
    private var choices: [(code: String, name: String)] {
        let languages = game.interpreter.languages.languages
        return languages.isEmpty
            ? [] : [(code: "en", name: "English")] + languages.map { (code: $0.code, name: $0.name) }
    }

    /// Says in each other language how to go on in it; a terminal that might not show it is not offered any.
    func offerLanguages() {
        guard profile.charset == .utf8 else { return }
        let current = language?.code ?? "en"
        var offers = StyledText()
        for choice in choices where choice.code != current {
            if !offers.isEmpty { offers.append(" ") }
            let offer: Sentence = "\(plain: choice.name): type \(command: choice.code)."
            offers.append(text(offer, game.interpreter.languages[choice.code]))
        }
        if !offers.isEmpty { show(offers) }
    }

    /// Begins anew in the language of that code or name.
    ///
    /// - Returns: Whether there is one.
    func chooseLanguage(_ word: String) -> Bool {
        guard let choice = choices.first(where: { $0.code == word || $0.name.folded == word }) else { return false }
        languageCode = choice.code == "en" ? "" : choice.code
        begin()
        return true
    }

    /// What was chosen before the login, as settings of somebody who is new.
    var chosenSettings: [String: String] { languageCode.isEmpty ? [:] : ["language": languageCode] }

    /// A word of the dialogue in English, whichever of the two it was typed in.
    func word(_ line: String) -> String {
        let word = line.folded
        guard let language else { return word }
        return Self.words.first { language.text($0) == word } ?? word
    }

    private static let words = ["new", "guest", "quit", "help", "yes", "no"]
}
