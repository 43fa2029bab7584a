package import Basics
package import WorldLanguage
package import WorldModel

/// Turns what people type into turns: one line, one turn, kept whole or not at all.
///
/// - Isolation: belongs to the world's thread.
package final class Interpreter {
    package let world: World
    /// What can be typed; a change counts from the next line on.
    package var verbs: VerbTable {
        didSet {
            readLanguages()
            helpTexts = HelpTexts()
        }
    }
    package var help: HelpLibrary { didSet { helpTexts = HelpTexts() } }
    /// What searches have read of the pages of help.
    var helpTexts = HelpTexts()
    /// What the game can be read in, and what may be typed, beside English.
    package var languages = LanguageTable.empty {
        didSet {
            world.useNouns(languages.nouns)
            readLanguages()
            helpTexts = HelpTexts()
        }
    }
    /// The same with what they say of the verbs.
    private(set) var spoken = LanguageTable.empty
    /// Why turns that change something are refused, because they could not be kept; nil when they are not.
    package var readOnlyReason: String?
    package var isReadOnly: Bool { readOnlyReason != nil }
    /// Who tells which players are connected; held weakly, as it usually is what holds the interpreter.
    package weak var attendance: (any Attendance)?
    private var conversations: [ThingID: Conversation] = [:]
    /// What was said to many, and how many lines were heard since the start; see ``remember(_:)``.
    var crowdLines = CrowdLines()
    var heardLineCount = 0
    /// The tutorial, and what it was read from.
    var knownTutorial: (stored: Value, tutorial: Tutorial?)?

    package init(
        world: World, attendance: (any Attendance)? = nil, verbs: VerbTable = .standard, help: HelpLibrary = .empty
    ) {
        self.world = world
        self.attendance = attendance
        self.verbs = verbs
        self.help = help
    }

    private func readLanguages() {
        if languages.isEmpty, spoken.isEmpty { return }
        spoken = LanguageTable(
            languages.languages.map { language in
                var content = ContentTexts()
                for verb in verbs.verbs {
                    guard let text = language.verbs[verb.name] else { continue }
                    if !text.summary.isEmpty { content.texts[verb.summary] = text.summary }
                    if !text.help.isEmpty { content.texts[verb.help] = text.help }
                }
                return language.adding(content)
            })
    }

    /// Forgets what somebody's next line could refer to.
    package func forget(_ persona: Thing) {
        conversations[persona.id] = nil
    }

    func conversation(of persona: Thing) -> Conversation {
        if let known = conversations[persona.id] { return known }
        let made = Conversation()
        conversations[persona.id] = made
        return made
    }

    /// Plays one line, whatever its characters; those that nobody would see are left out first.
    package func perform(
        _ line: String, by actor: Thing, role: Role, at time: WallInstant, seed: UInt64
    ) -> Outcome {
        let line = line.cleaned
        if actor[.isEditing] {
            return turn(by: actor, role: role, at: time, seed: seed) { turn in try edit(line, turn) }
        }
        let command = line.trimmed
        if command.isEmpty { return Outcome(deliveries: [], requests: [], record: nil, fault: nil) }
        return turn(by: actor, role: role, at: time, seed: seed) { turn in
            try interpret(command, turn)
        }
    }

    /// Runs a turn: all of it, or on a refusal or fault nothing but a word to the actor.
    package func turn(
        by actor: Thing, role: Role, at time: WallInstant, seed: UInt64, _ body: (Turn) throws -> Void
    ) -> Outcome {
        let turn = Turn(world: world, actor: actor, role: role, attendance: attendance, languages: spoken)
        world.beginTurn(at: time, seed: seed)
        do {
            try body(turn)
        } catch let refusal as Refusal {
            world.rollBack()
            var outcome = told(refusal.text, actor)
            outcome.refusal = refusal.kind
            return outcome
        } catch {
            world.rollBack()
            let identifier = String(seed, radix: 36)
            var outcome = told(
                turn.text(
                    "Something went wrong, and nothing of it happened. The error is noted as \(plain: identifier)."),
                actor)
            outcome.fault = "\(identifier): \(error)"
            return outcome
        }
        if let readOnlyReason, world.hasChanges {
            world.rollBack()
            return told(turn.text(Self.readOnlySentence(readOnlyReason)), actor)
        }
        remember(turn.deliveries)
        turn.keep()
        return Outcome(
            deliveries: turn.deliveries, requests: turn.requests, record: world.endTurn(), fault: nil,
            sounds: turn.sounds, invitations: turn.invitations)
    }

    private static func readOnlySentence(_ reason: String) -> Sentence {
        let warning: Sentence = """
            The world cannot remember anything new just now, because \(Sentence(message: reason)). \
            Looking and talking still work; please try again in a moment.
            """
        return "\(phrase: warning, .warning)"
    }

    private func told(_ text: StyledText, _ actor: Thing) -> Outcome {
        let delivery = Delivery(recipients: [actor], text: text, category: .refusal)
        var outcome = Outcome(deliveries: [delivery], requests: [], record: nil, fault: nil)
        outcome.objection = text
        return outcome
    }
}
