package import WorldModel

/// Where a verb belongs in the list of commands.
package enum VerbGroup: String, CaseIterable, Sendable {
    case looking = "Looking"
    case moving = "Moving"
    case things = "Things"
    case talking = "Talking"
    case yourself = "Yourself"
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
    /// Anything one perceives; what one carries comes first.
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
    /// One of these words.
    case word([String])
    /// One word, as typed.
    case name
    /// The rest of the line, as typed.
    case text
    case direction
}

/// One command of the language: a row of the ``VerbTable``.
package struct Verb: Sendable {
    package let name: String
    package let aliases: [String]
    /// How it is used, each in one line: `put THING in CONTAINER`.
    package let usage: [String]
    package let summary: String
    package let help: String
    package let group: VerbGroup
    package let role: Role
    /// What may follow the verb; the first that fits is taken.
    package let forms: [[Element]]
    package let perform: @Sendable (Command, Action) throws -> Void

    init(
        _ name: String, _ aliases: [String] = [], group: VerbGroup, role: Role = .guest, usage: [String],
        summary: String,
        help: String, forms: [[Element]], perform: @escaping @Sendable (Command, Action) throws -> Void
    ) {
        self.name = name
        self.aliases = aliases
        self.group = group
        self.role = role
        self.usage = usage
        self.summary = summary
        self.help = help
        self.forms = forms
        self.perform = perform
    }
}

/// A command whose words have become things.
package struct Command {
    /// As typed, so that `put` with `get`'s row would know.
    package let verb: Verb
    /// Which of the verb's forms fits.
    package let form: Int
    /// The things of each slot, in order.
    package var things: [[Thing]]
    package var words: [String]
    package var text: String
    package var direction: Direction?

    /// The only thing of a slot.
    package func thing(_ slot: Int = 0) -> Thing? { things.indices.contains(slot) ? things[slot].first : nil }
}
