import Basics
import GatewayCore
import SSHWire
import WorldLanguage

/// Makes the character of somebody new by `keyboard-interactive`, in rounds of questions, before there is a session.
///
/// ```text
///   Name:                                   again with what is wrong with it; the code of a language changes to that
///   New password:   The same again:
///   Yes or no (Enter is no):
/// ```
///
/// What the game tells in each round stands in the instruction above the questions.
///
/// - Isolation: none; a value of its connection.
/// - Limits: ``silentRounds``; those of ``SSHLoginLimits`` for rounds and lengths.
/// - Source: RFC 4256.
struct NewcomerDialogue {
    /// What follows an answer.
    enum Step {
        case ask(SSHLoginQuestions)
        /// There are all answers.
        case make(CharacterCreation)
        /// Nobody answers, as where a script runs the client; the game asks again in its own dialogue.
        case giveUp
        /// They do not want to come in.
        case leave
    }

    /// Rounds without a word after which nobody is there to answer.
    static let silentRounds = 2

    private let game: Game
    private let source: String
    private var creation = CharacterCreation()
    private var silentRounds = 0

    init(game: Game, source: String) {
        self.game = game
        self.source = source
    }

    /// The first round, with what the game says of itself.
    func begin() -> SSHLoginQuestions {
        let welcome = read("\(content: game.welcome)")
        // Clients take no instruction of any length.
        var text = welcome.isEmpty || welcome.utf8.count > SSHLoginLimits.text / 2 ? "" : welcome + "\n"
        text += read("Type the name you want your character to have.")
        let offers = game.languageOffers(besides: creation.language).plain
        if !offers.isEmpty { text += "\n" + offers }
        return ask(text, below: game.title.isEmpty ? "" : read("\(content: game.title)"))
    }

    /// Takes the answers of one round.
    mutating func take(_ answers: [String]) -> Step {
        // Silence is an answer to the last question alone.
        silentRounds = creation.question != .screenReader && answers.allSatisfy(\.isEmpty) ? silentRounds + 1 : 0
        if silentRounds >= Self.silentRounds { return .giveUp }
        var said = ""
        for answer in answers {
            let answer = creation.isSecret ? answer : answer.trimmed
            if creation.isFarewell(answer) { return .leave }
            if creation.question == .name {
                if answer.isEmpty { return .ask(ask("")) }
                if let choice = game.languageChoice(answer.folded) {
                    creation.language = choice
                    return .ask(begin())
                }
            }
            guard let remark = creation.answer(answer, in: game, from: source) else { continue }
            said = read(remark.text)
            if remark.isProblem { break }
        }
        return creation.question == nil ? .make(creation) : .ask(ask(said))
    }

    /// Asks again after no character could be made; nil when there is no use in that.
    mutating func goOn(after failure: CreationFailure) -> SSHLoginQuestions? {
        guard case .nameTaken = failure else { return nil }
        creation.takeBackName()
        return ask(read(failure.sentence))
    }

    /// A sentence as the newcomer reads it.
    func read(_ sentence: Sentence) -> String { game.text(sentence, in: creation.language).plain }

    private func ask(_ text: String, below title: String = "") -> SSHLoginQuestions {
        let isSecret = creation.isSecret
        let questions: [CharacterCreation.Question] =
            isSecret ? [.password, .repeatedPassword] : creation.question.map { [$0] } ?? []
        return SSHLoginQuestions(
            name: title, instruction: text,
            questions.map { .init(read(creation.prompt(for: $0)), isShown: !isSecret) })
    }
}
