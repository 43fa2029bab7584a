import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let look = Verb(
        "look", ["l"], group: .looking,
        usage: ["look", "look at THING", "look in CONTAINER", "look DIRECTION"],
        summary: "See where you are, or look at something.",
        help: """
            Alone, look shows the place you are in: what lies here, who is here, and where you can go. With a thing it \
            describes the thing, with `in` what is inside it or on it, and with a direction what lies that way.
            Example: `look at the brass lamp`, `look in the chest`, `look north`.
            """,
        forms: [
            [], [.word(["in", "inside", "into", "on"]), .object(.anything)], [.direction], [.word(["at"]), .sight],
            [.sight],
        ]
    ) { command, action in
        switch command.form {
        case 0: action.turn.show(RoomView(turn: action.turn).text())
        case 1:
            guard let thing = command.thing() else { return }
            try action.lookInside(thing)
        case 2:
            guard let direction = command.direction else { return }
            guard let exit = action.turn.perception.exit(toward: direction) else {
                throw action.refuse("There is nothing to see that way.")
            }
            try action.look(through: exit)
        default: try action.examine(command.sight)
        }
    }
}

extension Action {
    func lookInside(_ thing: Thing) throws {
        guard thing.has(.container) else { throw refuse("One cannot look into \(the: thing).") }
        try requireSight(thing)
        guard thing.isSeeThrough else { throw turn.refusal(.closed(thing)) }
        turn.reply(ThingView.contents(of: thing), as: .sight)
    }

    func look(through exit: Thing) throws {
        if let view = turn.perception.views.first(where: { $0.exit === exit }) { return look(into: view) }
        guard turn.perception.isLit else { throw turn.refusal(.tooDark) }
        if let door = world.thing(exit, .door), !door[.isOpen] { throw turn.refusal(.closed(door)) }
        if !exit[.passageText].isEmpty { return turn.show(StyledText(turn.content(exit[.passageText].trimmed))) }
        guard let place = world.thing(exit, .destination) else { throw refuse("There is nothing to see that way.") }
        turn.reply("That way lies \(content: place.name, .title).", as: .sight)
    }

    /// What one sees through a way, if there is light beyond it.
    private func look(into view: View) {
        guard Perception.isLit(view.place, in: world) else { return turn.reply("It is dark that way.", as: .sight) }
        var text = StyledText(turn.content(view.exit[.passageText].trimmed))
        if !text.isEmpty { text.append("\n") }
        RoomView(turn: turn).append(view, to: &text)
        turn.show(text)
    }
}
