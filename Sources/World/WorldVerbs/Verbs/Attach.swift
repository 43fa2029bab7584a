import WorldLanguage
import WorldModel

extension Verb {
    static let attach = Verb(
        "attach", group: .building, role: .builder, usage: ["attach FACULTY to THING"],
        summary: "Let a thing be or do something more.",
        help: """
            Gives a thing a faculty: container, light, wearable and the like; `inspect` lists those it has. What inherits \
            from it has it too.
            Example: `attach light to stone`.
            """,
        forms: [[.name, .word(["to"]), .text]]
    ) { command, action in
        let (faculty, thing) = try action.facultyAndThing(command)
        try action.turn.require(.edit, on: thing)
        if thing.has(faculty) { throw action.refuse("\(thing) \(verb: "have") that faculty already.") }
        action.world.attach(faculty, to: thing)
        // As an area file that says no more than `true` means them.
        if faculty == .light { action.world.set(.isSwitchable, to: true, on: thing) }
        if faculty == .container { action.world.set(.isOpen, to: true, on: thing) }
        action.turn.reply("\(thing) \(verb: "have") the faculty \(plain: command.words[0]) now.")
    }

    static let detach = Verb(
        "detach", group: .building, role: .builder, usage: ["detach FACULTY from THING"],
        summary: "Let a thing be or do something no longer.",
        help: """
            Takes a faculty from a thing, also one that it has from its prototype, which keeps it.
            Example: `detach light from stone`.
            """,
        forms: [[.name, .word(["from"]), .text]]
    ) { command, action in
        let (faculty, thing) = try action.facultyAndThing(command)
        try action.turn.require(.edit, on: thing)
        if !thing.has(faculty) { throw action.refuse("\(thing) \(verb: "have") no such faculty.") }
        if !thing.contents.isEmpty, faculty == .container {
            throw action.refuse("\(thing) \(verb: "hold") something; empty \(them: thing) first.")
        }
        action.world.detach(faculty, from: thing)
        action.turn.reply("\(thing) \(verb: "have") the faculty \(plain: command.words[0]) no longer.")
    }
}

extension Action {
    /// What builders may give and take; the rest is what the world itself is made of.
    private static let free: [(name: String, faculty: Faculties)] = [
        ("container", .container), ("light", .light), ("wearable", .wearable),
    ]

    fileprivate func facultyAndThing(_ command: Command) throws -> (Faculties, Thing) {
        guard let known = Self.free.first(where: { $0.name == command.words[0] }) else {
            throw refuse("One can attach and detach \(plain: Self.free.map(\.name).joined(separator: ", ")).")
        }
        return (known.faculty, try inspected(command.text))
    }
}
