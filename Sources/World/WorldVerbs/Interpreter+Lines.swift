package import Basics
import WorldLanguage
package import WorldModel

/// From a line to a verb at work.
extension Interpreter {
    func interpret(_ line: String, _ turn: Turn) throws {
        let conversation = conversation(of: turn.actor)
        if let question = conversation.question {
            conversation.question = nil
            if let id = question.choice(line, in: world) {
                conversation.decided[question.phrase] = id
                return try run(conversation.questionedLine, conversation, turn)
            }
            if Int(line) != nil {
                conversation.question = question
                throw Refusal(text: question.text)
            }
        }
        conversation.decided = [:]
        let meant = english(line, turn) ?? line
        let line = try corrected(meant, conversation, turn) ?? line
        conversation.unknownWord = nil
        conversation.undoneLine = nil
        guard meant.utf8.count < 6, Self.repetitions.contains(meant.folded) else {
            conversation.lastLine = line
            return try run(line, conversation, turn)
        }
        if conversation.lastLine.isEmpty { throw turn.refusal("You have not done anything yet.") }
        try run(conversation.lastLine, conversation, turn)
    }

    /// The names of `again`, which has no other work than to be understood here.
    private static let repetitions: Set<String> = Set(Verb.again.aliases + [Verb.again.name])

    /// The last line with the word that was not understood put right; nil when the line does not ask for that.
    private func corrected(_ line: String, _ conversation: Conversation, _ turn: Turn) throws -> String? {
        guard line.utf8.count > Verb.oops.name.utf8.count,
            line.prefix(Verb.oops.name.count).lowercased() == Verb.oops.name
        else { return nil }
        let typed = InputLine(line)
        guard typed.tokens.first?.word == Verb.oops.name, typed.tokens.count > 1 else { return nil }
        guard let word = conversation.unknownWord,
            let mended = InputLine(conversation.undoneLine ?? conversation.lastLine).replacing(
                word, with: typed.text(from: 1))
        else { throw turn.refusal("There was no word that I did not understand.") }
        return mended
    }

    /// Commands in one line at most.
    private static let mostCommands = 10

    /// Does the commands of a line, one after the other; the first that is refused ends it, and those before it stand.
    private func run(_ text: String, _ conversation: Conversation, _ turn: Turn) throws {
        var rest: String? = text
        var count = 0
        while let line = rest {
            let sequence = CommandSequence(line, self, turn)
            rest = sequence.rest
            count += 1
            do {
                if count == 1, rest == nil { return try runOne(sequence.command, conversation, turn) }
                if count > Self.mostCommands { throw turn.refusal("That is too much at once.") }
                try turn.attempt { try runOne(sequence.command, conversation, turn) }
            } catch let question as Question {
                return try ask(question, line, conversation, turn, isAlone: count == 1)
            } catch let refusal as Refusal {
                if count == 1 { throw refusal }
                conversation.undoneLine = line
                return turn.show(refusal.text, as: .refusal)
            }
            conversation.decided = [:]
            // Who has left the game does nothing more.
            if turn.requests.contains(.quit) || !turn.actor.exists { return }
        }
    }

    private func ask(
        _ question: Question, _ line: String, _ conversation: Conversation, _ turn: Turn, isAlone: Bool
    ) throws {
        conversation.question = question
        conversation.questionedLine = line
        if isAlone { throw Refusal(text: question.text) }
        turn.show(question.text, as: .refusal)
    }

    private func runOne(_ text: String, _ conversation: Conversation, _ turn: Turn) throws {
        guard let (deed, action) = try understand(text, conversation, turn) else { return }
        switch deed {
        case .direction(let direction): try action.go(direction)
        case .way(let exit): try action.go(through: exit)
        case .speech(let words, let person): try action.say(words, to: person)
        case .command(let command): try command.verb.perform(command, action)
        case .social(let social, let aims): try action.perform(social, at: aims)
        case .channel(let channel, let words): try action.speak(words, on: channel)
        case .own(let own): try action.perform(own)
        }
        if !action.actor[.lesson].isEmpty { action.learn(from: deed.verb, text, deed.things) }
    }

    /// What a command asks to be done.
    private enum Deed {
        case direction(Direction)
        case way(Thing)
        case speech(String, to: Thing)
        case command(Command)
        case social(Social, at: [Social.Aim])
        case channel(Channel, String)
        case own(OwnVerb)

        /// The name of the verb; a gesture's is `social`.
        var verb: String {
            switch self {
            case .direction, .way: Verb.go.name
            case .speech: Verb.say.name
            case .command(let command): command.verb.name
            case .social: "social"
            case .channel: Verb.channel.name
            case .own(let own): own.word
            }
        }

        var things: [Thing] {
            switch self {
            case .command(let command): command.things.flatMap { $0 } + command.seen
            case .own(let own): [own.thing]
            default: []
            }
        }
    }

    /// Words that are read of a command whose text need not be.
    private static let mostReadBeforeText = 64
    /// Words of a command at most, but for text.
    private static let mostWords = 200

    private func understand(
        _ text: String, _ conversation: Conversation, _ turn: Turn
    ) throws -> (Deed, Action)? {
        let text = Self.spelledOut(text)
        var line = InputLine(text, atMost: Self.mostReadBeforeText)
        var action = Action(turn: turn, interpreter: self, conversation: conversation)
        if line.tokens.count > 1, Adverbs.all.contains(line.tokens[0].word) {
            action.adverb = line.tokens[0].word
            line = InputLine(line.text(from: 1), atMost: Self.mostReadBeforeText)
        }
        guard let first = line.tokens.first?.word else { return nil }
        if line.tokens.count == 1, let direction = Direction(word: first) { return (.direction(direction), action) }
        let exact = verbs.verb(exactly: first)
        if exact == nil, let channel = Channel(named: first, in: world) {
            return (.channel(channel, line.text(from: 1)), action)
        }
        if !line.isWhole, exact?.takesText != true {
            line = InputLine(line.text(from: 0), atMost: Self.mostWords)
            if !line.isWhole { throw turn.refusal("That is too long for a command.") }
        }
        if let (own, action) = try ownVerb(line, action, insteadOf: exact) { return (.own(own), action) }
        if let (verb, particle) = verbs.phrase(line.tokens) {
            line.tokens.remove(at: particle)
            return try command(verb, line, action)
        }
        if let exact { return try command(exact, line, action) }
        var parser = CommandParser(turn: turn, line: line, conversation: conversation)
        if let exit = try parser.exit(named: line.words(line.tokens.indices)) { return (.way(exit), action) }
        if let (person, words) = try parser.addressee() { return (.speech(words, to: person), action) }
        guard let verb = verbs.verb(for: first) else {
            if let social = Social(for: first, in: world) { return try gesture(social, line, action) }
            conversation.unknownWord = first
            throw unknown(first, turn)
        }
        return try command(verb, line, action)
    }

    private func command(_ verb: Verb, _ line: InputLine, _ action: Action) throws -> (Deed, Action) {
        var (line, action) = (line, action)
        if verb.takesAdverb { action.takeAdverb(of: &line) } else { action.adverb = nil }
        guard verb.role <= action.turn.role else {
            if verb.role > .player { throw unknown(line.tokens[0].word, action.turn) }
            if action.turn.isGlance {
                throw action.refuse(
                    "Guests cannot use \(command: verb.name). To make a character of your own, log in as new.")
            }
            throw action.refuse(
                "Guests cannot use \(command: verb.name). Leave with \(typed: "quit") and make a character of your own."
            )
        }
        var parser = CommandParser(turn: action.turn, line: line, conversation: action.conversation)
        return (.command(try parser.parse(verb)), action)
    }

    /// Reads whom a social is done at.
    private func gesture(_ social: Social, _ line: InputLine, _ action: Action) throws -> (Deed, Action) {
        var (line, action) = (line, action)
        action.takeAdverb(of: &line)
        return (.social(social, at: try action.aims(of: line)), action)
    }

    /// Reads the first command of a line as ``perform(_:by:role:at:seed:)`` does, and does nothing; for measuring.
    ///
    /// - Returns: Whether it was understood.
    package func parse(_ line: String, by actor: Thing, role: Role, at time: WallInstant, seed: UInt64) -> Bool {
        var isUnderstood = false
        _ = turn(by: actor, role: role, at: time, seed: seed) { turn in
            let line = line.cleaned.trimmed
            let conversation = Conversation()
            isUnderstood = (try? understand(CommandSequence(line, self, turn).command, conversation, turn)) != nil
        }
        return isUnderstood
    }

    /// The verb that a sign at the beginning of a line stands for: `'hello` is say, `:waves` is emote.
    static func verb(forSign octet: UInt8?) -> String? {
        switch octet {
        case UInt8(ascii: "'"), UInt8(ascii: "\""): "say"
        case UInt8(ascii: ":"), UInt8(ascii: ";"): "emote"
        case UInt8(ascii: "?"): "help"
        default: nil
        }
    }

    private static func spelledOut(_ line: String) -> String {
        verb(forSign: line.utf8.first).map { "\($0) \(line.dropFirst())" } ?? line
    }

    private func unknown(_ word: String, _ turn: Turn) -> Refusal {
        if let direction = Direction(word: word) {
            return turn.refusal("To go that way, type \(command: direction.rawValue) and nothing else.")
        }
        var near = verbs.suggestions(for: word, role: turn.role)
        if near.isEmpty { near = Social.suggestions(for: word, in: world) }
        if near.isEmpty {
            return turn.refusal(
                "There is no verb \"\(plain: word)\". Type \(typed: "commands") for a list, or \(typed: "help").",
                .notUnderstood)
        }
        return turn.refusal(
            "There is no verb \"\(plain: word)\". Did you mean \(commands: near, isChoice: true)?", .notUnderstood)
    }
}
