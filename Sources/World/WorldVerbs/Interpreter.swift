package import Basics
package import WorldLanguage
package import WorldModel

/// Turns what people type into turns: one line, one turn, kept whole or not at all.
///
/// - Isolation: belongs to the world's thread.
package final class Interpreter {
    package let world: World
    package let verbs: VerbTable
    package var help: HelpLibrary
    /// Whether turns that change something are refused, because they could not be kept.
    package var isReadOnly = false
    private let attendance: any Attendance
    /// What conversations with people hang on; never stored.
    var conversations: [ThingID: Conversation] = [:]

    /// What one person's next line may refer to.
    struct Conversation {
        var question: Question?
        /// The line the question came of, and what was decided before.
        var questioned = ""
        var decided: [Int: ThingID] = [:]
        var antecedent: ThingID?
        var lastLine = ""
        /// Who told them something last.
        var lastTeller: ThingID?
    }

    package init(
        world: World, attendance: any Attendance, verbs: VerbTable = .standard, help: HelpLibrary = .empty
    ) {
        self.world = world
        self.attendance = attendance
        self.verbs = verbs
        self.help = help
    }

    /// Forgets what somebody's next line could refer to.
    package func forget(_ persona: Thing) {
        conversations[persona.id] = nil
    }

    // MARK: Turns

    /// Plays one line, already clean of control characters.
    package func perform(
        _ line: String, by actor: Thing, role: Role, at time: WallInstant, seed: UInt64
    ) -> Outcome {
        let line = line.trimmed
        if line.isEmpty { return Outcome(deliveries: [], requests: [], record: nil, fault: nil) }
        return turn(by: actor, role: role, at: time, seed: seed) { turn in
            try interpret(line, turn)
        }
    }

    /// Runs a turn: all of it, or on a refusal or fault nothing but a word to the actor.
    package func turn(
        by actor: Thing, role: Role, at time: WallInstant, seed: UInt64, _ body: (Turn) throws -> Void
    ) -> Outcome {
        let turn = Turn(world: world, actor: actor, role: role, attendance: attendance)
        world.beginTurn(at: time, seed: seed)
        do {
            try body(turn)
        } catch let refusal as Refusal {
            world.rollBack()
            return told(refusal.text, actor)
        } catch {
            world.rollBack()
            let identifier = String(seed, radix: 36)
            var outcome = told(
                StyledText("Something went wrong, and nothing of it happened. The error is noted as \(identifier)."),
                actor)
            outcome.fault = "\(identifier): \(error)"
            return outcome
        }
        if isReadOnly, world.hasChanges {
            world.rollBack()
            return told(Self.readOnlyText, actor)
        }
        return Outcome(deliveries: turn.deliveries, requests: turn.requests, record: world.endTurn(), fault: nil)
    }

    static let readOnlyText = StyledText(
        "The world cannot remember anything new just now, because its disk is full. "
            + "Looking and talking still work; please try again in a moment.", .warning)

    private func told(_ text: StyledText, _ actor: Thing) -> Outcome {
        let delivery = Delivery(recipients: [actor], text: text, category: .refusal)
        return Outcome(deliveries: [delivery], requests: [], record: nil, fault: nil)
    }

    // MARK: Lines

    private func interpret(_ line: String, _ turn: Turn) throws {
        var conversation = conversations[turn.actor.id] ?? Conversation()
        if let question = conversation.question {
            conversation.question = nil
            conversations[turn.actor.id] = conversation
            if let id = choice(line, question) {
                conversation.decided[question.phrase] = id
                return try run(conversation.questioned, conversation.decided, turn)
            }
        }
        var line = line
        if line.folded == "again" || line.folded == "g" {
            if conversation.lastLine.isEmpty { throw turn.refusal("You have not done anything yet.") }
            line = conversation.lastLine
        } else {
            conversation.lastLine = line
        }
        conversation.decided = [:]
        conversations[turn.actor.id] = conversation
        try run(line, [:], turn)
    }

    /// Which of the offered choices an answer means.
    private func choice(_ line: String, _ question: Question) -> ThingID? {
        let answer = line.folded
        let choices = question.choices
        if let number = Int(answer), choices.indices.contains(number - 1) { return choices[number - 1].id }
        func bare(_ text: String) -> String { text.hasPrefix("the ") ? String(text.dropFirst(4)) : text }
        let wanted = bare(answer)
        if let exact = choices.first(where: { bare($0.label.folded) == wanted }) { return exact.id }
        guard verbs.verb(exactly: answer) == nil, Direction(word: answer) == nil,
            let phrase = NounPhrase(answer.split(separator: " ").map(String.init)), phrase.amount == .one
        else { return nil }
        let found = choices.filter { world[$0.id]?.words.match(phrase.words, plural: false) != nil }
        if let ordinal = phrase.ordinal { return found.indices.contains(ordinal - 1) ? found[ordinal - 1].id : nil }
        return found.count == 1 ? found.first?.id : nil
    }

    private func run(_ line: String, _ decided: [Int: ThingID], _ turn: Turn) throws {
        let line = Self.spelledOut(line)
        let tokens = CommandParser.tokenize(line)
        guard let first = tokens.first?.word else { return }
        let action = Action(turn: turn, interpreter: self)
        if tokens.count == 1, let direction = Direction(word: first) { return try action.go(direction) }
        guard let verb = verbs.verb(for: first), verb.role <= turn.role else {
            let name = tokens.map(\.word).joined(separator: " ")
            if let exit = action.exit(named: name) { return try action.go(through: exit) }
            throw unknown(first, turn)
        }
        var parser = CommandParser(
            turn: turn, line: line, tokens: tokens, decided: decided,
            antecedent: conversations[turn.actor.id]?.antecedent.flatMap { world[$0] })
        do {
            let command = try parser.parse(verb)
            if let mentioned = command.things.last?.first ?? command.things.first?.first {
                conversations[turn.actor.id]?.antecedent = (command.things.first?.first ?? mentioned).id
            }
            try verb.perform(command, action)
        } catch let question as Question {
            conversations[turn.actor.id]?.question = question
            conversations[turn.actor.id]?.questioned = line
            conversations[turn.actor.id]?.decided = decided
            throw turn.refusal(Sentence(StyledText(question.text)))
        }
    }

    /// `'hello` is say, `:waves` is emote.
    private static func spelledOut(_ line: String) -> String {
        switch line.first {
        case "'"?, "\""?: "say " + line.dropFirst()
        case ":"?, ";"?: "emote " + line.dropFirst()
        default: line
        }
    }

    private func unknown(_ word: String, _ turn: Turn) -> Refusal {
        let near = verbs.suggestions(for: word, role: turn.role)
        if near.isEmpty {
            return turn.refusal(
                "There is no verb \"\(plain: word)\". Type \(command: "commands") for a list, or \(command: "help").")
        }
        let list = English.list(near.map { StyledText($0, .command) }, conjunction: "or")
        return turn.refusal("There is no verb \"\(plain: word)\". Did you mean \(list)?")
    }
}
