import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let finger = Verb(
        "finger", ["whois"], group: .game, usage: ["finger NAME"], summary: "Read about somebody who plays here.",
        help: """
            Tells of somebody, here or away, what role they have, when they were in the game last, when they made their \
            character, whom they go with, and what they say of themself with `plan`. Who has `set lastseen off` is not told of \
            when they are away.
            Example: `finger ada`.
            """,
        forms: [[.name]]
    ) { command, action in
        action.showFinger(try action.anybody(command.words[0], typed: command.typed[0]))
    }

    static let last = Verb(
        "last", ["seen"], group: .game, usage: ["last NAME"], summary: "Find out when somebody was here last.",
        help: """
            Tells how long ago somebody was in the game. Who does not want to be told of uses `set lastseen off`.
            Example: `last ben`.
            """,
        forms: [[.name]]
    ) { command, action in
        let person = try action.anybody(command.words[0], typed: command.typed[0])
        action.turn.reply(action.presenceSentence(of: person), as: .reference)
    }

    static let plan = Verb(
        "plan", group: .yourself, role: .player, usage: ["plan", "plan TEXT", "plan = TEXT", "plan none"],
        summary: "Say something of yourself to those who finger you.",
        help: """
            One line of your own, up to 200 characters, that `finger` shows with your name: what you are up to, or when \
            you are here. `plan none` takes it back, `plan` alone shows it.
            Example: `plan Here on most evenings. Looking for the brass key.`.
            """,
        forms: [[], [.word(["none"])], [.text]]
    ) { command, action in
        let hasSign = command.text.utf8.first == UInt8(ascii: "=")
        let text = hasSign ? String(command.text.dropFirst()).trimmed : command.text
        try action.plan(command.form == 0 ? nil : command.form == 1 ? "" : text)
    }
}

extension Action {
    fileprivate func plan(_ text: String?) throws {
        let former = actor[.plan]
        guard let text else {
            if former.isEmpty { return turn.reply("You have no plan.", as: .reference) }
            return turn.reply("Your plan: \(plain: former)", as: .reference)
        }
        try Plan.set(text, turn)
        if text.isEmpty { return turn.reply("You have no plan any more.") }
        turn.reply("Your plan is now: \(plain: text)")
    }

    /// A player by the whole name, or the beginning of the name of one who is connected.
    func anybody(_ name: String, typed: String) throws -> Thing {
        if ["me", "myself", "self"].contains(name) { return actor }
        if let exact = world.player(named: name) { return exact }
        let near = turn.present.map(\.persona).filter { $0.name.folded.hasPrefix(name) }
        if near.count == 1, let only = near.first { return only }
        if near.count > 1 {
            let names: [Sentence] = near.prefix(10).map { "\(name: $0)" }
            throw refuse("Which do you mean: \(list: names, isChoice: true)?")
        }
        conversation.unknownWord = name
        throw refuse("Nobody of the name \"\(plain: typed)\" plays here.", .noSuchPerson)
    }

    fileprivate func showFinger(_ person: Thing) {
        var text = StyledText(person.name, .title)
        func append(_ sentence: Sentence) {
            text.append("\n")
            text.append(turn.text(sentence))
        }
        let role = Accounts.role(of: person, world: world)
        append(Self.sentence(of: role, person))
        append(presenceSentence(of: person))
        if turn.isPresent(person), !person[.away].isEmpty, !Ignoring.ignores(actor, person, world) {
            append(
                person[.away] == "away"
                    ? "\(name: person) is away." : "\(name: person) is away: \(plain: person[.away])")
        }
        let created = world.thing(person, .account)?[.created] ?? 0
        if created > 0, let (day, month, year) = LetterTime.day(WallInstant(milliseconds: Int64(created))) {
            append("\(name: person) has been playing since \(plain: day) \(month) \(plain: year).")
        }
        if let leader = world.leader(of: person) { append("\(name: person) goes with \(name: leader).") }
        let followers = world.followers(of: person).filter { $0.has(.player) }
        if !followers.isEmpty {
            let names: [Sentence] = followers.prefix(10).map { "\(name: $0)" }
            append(
                names.count == 1
                    ? "\(list: names) goes behind \(name: person)." : "\(list: names) go behind \(name: person).")
        }
        if Ignoring.ignores(actor, person, world) {
            append("You ignore \(name: person).")
            return turn.show(text, as: .reference)
        }
        append(person[.plan].isEmpty ? "No plan." : "Plan: \(plain: person[.plan])")
        turn.show(text, as: .reference)
    }

    private static func sentence(of role: Role, _ person: Thing) -> Sentence {
        switch role {
        case .guest: "\(name: person) is a guest."
        case .player: "\(name: person) is a player."
        case .builder: "\(name: person) is a builder."
        case .programmer: "\(name: person) is a programmer."
        case .admin: "\(name: person) is an administrator."
        case .owner: "\(name: person) is the owner of this game."
        }
    }

    /// Whether somebody is in the game, or when they were, unless they do not want that told.
    fileprivate func presenceSentence(of person: Thing) -> Sentence {
        if let presence = turn.present.first(where: { $0.persona === person }) {
            if person === actor { return "You are in the game." }
            if presence.idle < .seconds(60) { return "\(name: person) is in the game." }
            return "\(name: person) is in the game, quiet for \(presence.idle.told)."
        }
        let holder = world.holder(of: person)
        if holder[.settings]["lastseen"] == "off", turn.role < .admin { return "\(name: person) is away." }
        let seen = person[.lastSeen]
        if seen <= 0 { return "\(name: person) has not been in the game yet." }
        let elapsed = max(.zero, WallInstant(milliseconds: Int64(seen)).duration(to: world.now))
        return "\(name: person) was in the game \(elapsed.told) ago."
    }
}
