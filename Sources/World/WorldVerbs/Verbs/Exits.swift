import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let exits = Verb(
        "exits", group: .looking, usage: ["exits"], summary: "List the ways out of the place.",
        help: """
            Lists the ways out, one in a line, each with its door, and with where it leads if you have been there. In the \
            dark you see none, but the way you came is open to you.
            Example: `exits`.
            """,
        forms: [[]]
    ) { _, action in
        try action.listExits()
    }
}

extension Action {
    func listExits() throws {
        guard turn.perception.surroundings != nil else { throw refuse("You are nowhere at all.") }
        guard turn.perception.isLit else { throw turn.refusal(.tooDark) }
        let exits = passable(turn.perception.exits)
        if exits.isEmpty { return turn.reply("You see no way out.") }
        var text = turn.text("You can go:")
        for exit in exits {
            text.append("\n- ")
            text.append(turn.text(item(of: exit)))
        }
        turn.show(text)
    }

    /// Those of the ways that somebody can go, once their doors are open.
    func passable(_ exits: [Thing]) -> [Thing] { exits.filter { $0[.impassable].isEmpty } }

    /// Names a way and what is beyond it, as `North, through the oak door: Garden (visited)`.
    func item(of exit: Thing) -> Sentence {
        let way: Sentence = "\(phrase: exit.wayName, .exit)"
        let place = world.thing(exit, .destination)
        let beyond: Sentence? = place.flatMap { world.hasVisited($0, actor) ? "\(content: $0.name, .title)" : nil }
        switch (world.door(of: exit), beyond) {
        case (let door?, let name?) where door[.isOpen]:
            return "\(way), through \(name: door): \(name) (visited)."
        case (let door?, let name?): return "\(way), through \(name: door), closed: \(name) (visited)."
        case (let door?, nil) where door[.isOpen]: return "\(way), through \(name: door): not visited yet."
        case (let door?, nil): return "\(way), through \(name: door), closed: not visited yet."
        case (nil, let name?): return "\(way): \(name) (visited)."
        case (nil, nil): return "\(way): not visited yet."
        }
    }
}
