import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let ignore = Verb(
        "ignore", group: .talking, usage: ["ignore", "ignore NAME"], summary: "Hear nothing of somebody any more.",
        help: """
            You read nothing any more of what somebody says, shows with gestures, tells you or writes on channels, whichever of \
            their characters they play. You still see what they do. They are not told, but learn that a `tell` does not reach you. \
            Administrators cannot be ignored. Somebody of another network is called as channels show them, `zed@network`. Alone \
            it lists whom you ignore; `unignore` ends it.
            Example: `ignore ben`, `ignore`, `unignore ben`.
            """,
        forms: [[], [.name]]
    ) { command, action in
        guard let name = command.words.first else { return action.showIgnored() }
        if Ignoring.isVisitor(name) { return try action.ignore(visitor: name) }
        var parser = CommandParser(
            turn: action.turn, line: InputLine(command.typed[0]), conversation: action.conversation)
        try action.ignore(try parser.player(name, mayBeAway: true))
    }

    static let unignore = Verb(
        "unignore", group: .talking, usage: ["unignore NAME"], summary: "Hear somebody again.",
        help: "Ends what `ignore` began. Example: `unignore ben`.", forms: [[.name]]
    ) { command, action in
        if Ignoring.isVisitor(command.words[0]) { return try action.hear(visitor: command.words[0]) }
        try action.unignore(command.words[0], typed: command.typed[0])
    }
}

extension Action {
    /// Hears nothing more of those of another network who are called so.
    fileprivate func ignore(visitor name: String) throws {
        let holder = world.holder(of: actor)
        let ignored = holder[.ignoredVisitors]
        guard let pattern = NamePattern(name) else { throw refuse("That is too long a name.", .tooLong) }
        if ignored.contains(pattern.text) { throw refuse("You ignore \(plain: pattern.text) already.", .unchanged) }
        if ignored.count >= Ignoring.most {
            throw refuse("You ignore \(plain: String(Ignoring.most)) people already; hear one of them again first.")
        }
        world.set(.ignoredVisitors, to: ignored + [pattern.text], on: holder)
        turn.reply("You ignore \(plain: pattern.text) from now on.")
    }

    fileprivate func hear(visitor name: String) throws {
        let holder = world.holder(of: actor)
        let ignored = holder[.ignoredVisitors]
        guard ignored.contains(name) else { throw refuse("You ignore nobody called \"\(plain: name)\".") }
        let rest = ignored.filter { $0 != name }
        world.set(PropertyKey(.ignoredVisitors), to: rest.isEmpty ? nil : rest.value, on: holder)
        turn.reply("You hear \(plain: name) again.")
    }

    fileprivate func ignore(_ person: Thing) throws {
        let (holder, other) = (world.holder(of: actor), world.holder(of: person))
        if other === holder { throw refuse("You cannot ignore yourself.") }
        guard person.has(.player) else { throw refuse("Only players can be ignored, not \(the: person).") }
        if Ignoring.isAlwaysHeard(person, world) {
            throw refuse("\(name: person) helps to run the game and is heard by everybody.")
        }
        var ignored = holder[.ignored]
        if ignored.contains(other.id) { throw refuse("You ignore \(name: person) already.") }
        if ignored.count >= Ignoring.most {
            throw refuse("You ignore \(plain: String(Ignoring.most)) people already; hear one of them again first.")
        }
        ignored.append(other.id)
        world.set(.ignored, to: ignored, on: holder)
        turn.reply("You ignore \(name: person) from now on.")
    }

    /// Hears somebody again, by the name of any of their characters.
    fileprivate func unignore(_ name: String, typed: String) throws {
        let holder = world.holder(of: actor)
        let ignored = holder[.ignored]
        let match = ignored.first { id in
            guard let other = world[id] else { return false }
            return characters(of: other).contains { $0.name.folded == name } || other.name.folded == name
        }
        guard let match, let other = world[match] else { throw refuse("You ignore nobody called \"\(plain: typed)\".") }
        let rest = ignored.filter { $0 != match }
        world.set(PropertyKey(.ignored), to: rest.isEmpty ? nil : rest.value, on: holder)
        turn.reply("You hear \(StyledText(other.name, .person)) again.")
    }

    fileprivate func showIgnored() {
        let ignored = world.holder(of: actor)[.ignored].compactMap { world[$0] }
        let visitors = world.holder(of: actor)[.ignoredVisitors]
        if ignored.isEmpty, visitors.isEmpty { return turn.reply("You ignore nobody.", as: .reference) }
        let names = ignored.map { Sentence(StyledText($0.name, .person)) } + visitors.map { "\(plain: $0)" }
        turn.reply("You ignore \(list: names).", as: .reference)
    }

    private func characters(of holder: Thing) -> [Thing] {
        holder.has(.account) ? holder[.characters].compactMap { world[$0] } : [holder]
    }
}
