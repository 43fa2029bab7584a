package import WorldModel

/// Where a verb belongs in the list of commands.
package enum VerbGroup: String, CaseIterable, Sendable {
    case looking = "Looking"
    case moving = "Moving"
    case things = "Things"
    case talking = "Talking"
    case yourself = "Yourself"
    case building = "Building"
    case game = "The game"
}

/// Which things a slot of a command may mean.
package enum Scope: Sendable {
    /// What one carries or wears.
    case held
    /// What one wears.
    case worn
    /// What lies about, before what one carries.
    case around
    /// Anything one perceives.
    case anything
    /// Creatures that are here.
    case people
    /// What is in the thing of the last slot of the command.
    case contents
}

/// One part of a command after its verb.
package enum Element: Sendable {
    case object(Scope)
    case objects(Scope)
    /// Anything one can look at, scenery and ways included.
    case sight
    /// A direction, or the name of a way out.
    case way
    /// Somebody who is connected, wherever they are.
    case player
    /// Somebody who plays here, connected or not.
    case anybody
    /// Those to whom one thing is said, wherever they are, or of those here.
    case recipients, recipientsHere
    /// One of these words.
    case word([String])
    /// One word.
    case name
    /// A number of digits, as typed.
    case number
    /// The rest of the line, as typed.
    case text
    case direction
}

/// One command of the language: a row of the ``VerbTable``.
package final class Verb: Sendable {
    package let name: String
    package let aliases: [String]
    /// Two words that mean it as well, which may enclose what it is done with: `take off`, `take hat off`.
    package let phrases: [String]
    /// How it is used, each in one line: `put THING in CONTAINER`.
    package let usage: [String]
    package let summary: String
    /// Text between backticks is what may be typed.
    package let help: String
    package let group: VerbGroup
    /// Who may use it, at least.
    package let role: Role
    /// What may follow the verb; the first that fits is taken.
    package let forms: [[Element]]
    /// Whether a word such as `quietly` may say how it is done.
    package let takesAdverb: Bool
    /// Whether the beginning of a name means it too; not of names that begin like a word one mistypes or a gesture.
    let hasShortForms: Bool
    /// Whether the rest of the line belongs to it, whatever it says.
    let takesText: Bool
    package let perform: @Sendable (Command, Action) throws -> Void

    package init(
        _ name: String, _ aliases: [String] = [], phrases: [String] = [], group: VerbGroup, role: Role = .guest,
        usage: [String], summary: String, help: String, forms: [[Element]], takesAdverb: Bool = false,
        hasShortForms: Bool = true,
        perform: @escaping @Sendable (Command, Action) throws -> Void
    ) {
        self.name = name
        self.aliases = aliases
        self.phrases = phrases
        self.group = group
        self.role = role
        self.usage = usage
        self.summary = summary
        self.help = help
        self.forms = forms
        self.takesAdverb = takesAdverb
        self.hasShortForms = hasShortForms
        takesText = forms.contains { $0.contains { if case .text = $0 { true } else { false } } }
        self.perform = perform
    }
}

/// A command whose words have become things.
package struct Command {
    package let verb: Verb
    /// Which of the verb's forms fits.
    package let form: Int
    /// The things of each slot, in order.
    package var things: [[Thing]] = []
    package var words: [String] = []
    /// The same words as they were typed, capitals and all.
    package var typed: [String] = []
    package var text = ""
    package var direction: Direction?
    package var sight: Sight?
    package var way: Way?

    init(verb: Verb, form: Int) {
        self.verb = verb
        self.form = form
    }

    /// The thing that is looked at, if it is one.
    var seen: [Thing] {
        if case .thing(let thing)? = sight { [thing] } else { [] }
    }

    /// The only thing of a slot.
    package func thing(_ slot: Int = 0) -> Thing? { things.indices.contains(slot) ? things[slot].first : nil }
}
