import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let follow = Verb(
        "follow", group: .moving, usage: ["follow PERSON", "follow"], summary: "Go wherever somebody goes.",
        help: """
            When the one you follow leaves a place and you see it, you go along. `unfollow` ends that, and they can shake \
            you off with `lose`. Alone it tells whom you follow. Leaving the game ends it too.
            Example: `follow ada`.
            """,
        forms: [[], [.object(.people)]]
    ) { command, action in
        guard command.form == 1, let leader = command.thing() else { return action.showGroup() }
        try action.follow(leader)
    }

    static let unfollow = Verb(
        "unfollow", group: .moving, usage: ["unfollow"], summary: "Stop following.",
        help: "Ends what `follow` began. Example: `unfollow`.", forms: [[], [.object(.people)]]
    ) { _, action in
        guard let leader = action.world.leader(of: action.actor) else {
            throw action.refuse("You follow nobody.")
        }
        action.part(action.actor, from: leader)
    }

    static let lose = Verb(
        "lose", group: .moving, usage: ["lose PERSON", "lose THING", "lose all"],
        summary: "Shake off who or what follows you.",
        help: """
            Ends that somebody or something follows you; they may begin again where they see you. `lose all` shakes off \
            everybody.
            Example: `lose ben`, `lose all`.
            """,
        forms: [[.word(["all", "everybody", "everyone"])], [.object(.anything)]]
    ) { command, action in
        try action.lose(command.form == 0 ? nil : command.thing())
    }

    static let lead = Verb(
        "lead", group: .moving, usage: ["lead THING"], summary: "Let something tame come with you.",
        help: """
            Some things go with whoever leads them, as a light that floats behind you. `lose` sends them away, and when \
            you leave the game they go back where they belong.
            Example: `lead the moth`.
            """,
        forms: [[.object(.around)]]
    ) { command, action in
        guard let thing = command.thing() else { return }
        try action.lead(thing)
    }

    static let group = Verb(
        "group", ["party"], group: .talking, usage: ["group", "group say TEXT"],
        summary: "See who goes with whom, or talk to them.",
        help: """
            Lists those who follow each other with you. What you say with `group say`, or shorter `gtell`, all of them \
            hear, wherever they are.
            Example: `group`, `group say wait for me`.
            """,
        forms: [[], [.word(["say", "tell"]), .text]]
    ) { command, action in
        if command.form == 0 { return action.showGroup() }
        try action.tellGroup(command.text)
    }

    static let gtell = Verb(
        "gtell", ["gsay"], group: .talking, usage: ["gtell TEXT"], summary: "Say something to your group.",
        help: """
            Everybody who follows you, or whom you follow, and all who go with them hear it, wherever they are.
            Example: `gtell wait for me`.
            """,
        forms: [[.text]], hasShortForms: false
    ) { command, action in
        try action.tellGroup(command.text)
    }
}

extension Action {
    fileprivate func follow(_ leader: Thing) throws {
        if leader === actor { throw refuse("You cannot help following yourself.") }
        if leader.place !== place { throw refuse("\(leader) \(verb: "be") too far away to be followed.") }
        if world.leader(of: actor) === leader { throw refuse("You follow \(the: leader) already.") }
        if Ignoring.ignores(leader, actor, world) { throw refuse("\(leader) \(verb: "want") nothing to do with you.") }
        if world.isBehind(leader, actor) { throw refuse("\(leader) \(verb: "go") behind you already.") }
        let former = world.leader(of: actor)
        guard world.setLeader(of: actor, to: leader) else {
            throw refuse("So many go with \(the: leader) that there is no room for you.")
        }
        if let former { tell(of: actor, parting: former) }
        turn.reply("You follow \(the: leader) now.", as: .movement)
        turn.tell(leader, "\(actor) \(verb: "follow") you now.", as: .movement)
    }

    /// Ends that somebody follows another, and tells both.
    func part(_ follower: Thing, from leader: Thing) {
        world.setLeader(of: follower, to: nil)
        tell(of: follower, parting: leader)
    }

    private func tell(of follower: Thing, parting leader: Thing) {
        if follower.has(.player) { turn.tell(follower, "You do not follow \(name: leader) any more.", as: .movement) }
        turn.tell(leader, "\(name: follower) does not follow you any more.", as: .movement)
    }

    fileprivate func lose(_ follower: Thing?) throws {
        let followers = world.followers(of: actor)
        if followers.isEmpty { throw refuse("Nobody follows you.") }
        guard let follower else {
            for follower in followers { part(follower, from: actor) }
            return
        }
        guard followers.contains(follower) else { throw refuse("\(follower) \(verb: "do") not follow you.") }
        part(follower, from: actor)
    }

    fileprivate func lead(_ thing: Thing) throws {
        if thing.has(.player) { throw refuse("\(thing) \(verb: "go") where \(they: thing) \(verb: "like").") }
        guard thing[.isTame] else { throw refuse("\(thing) \(verb: "stay") where \(they: thing) \(verb: "be").") }
        if world.leader(of: thing) === actor { throw refuse("\(thing) \(verb: "follow") you already.") }
        if thing.location !== place { throw refuse("\(thing) \(verb: "do") not come out to you.") }
        if let leader = world.leader(of: thing), leader.place === place {
            throw refuse("\(thing) \(verb: "follow") \(the: leader).")
        }
        guard world.setLeader(of: thing, to: actor) else { throw refuse("There are too many behind you already.") }
        // It is on its way, no longer where the room tells of it.
        if !thing[.initial].isEmpty { world.set(.initial, to: "", on: thing) }
        announce("\(thing) \(verb: "come") to \(the: actor), and will follow \(them: actor).")
    }

    // MARK: Groups

    /// Members of a group that are listed at most.
    private static let mostListed = 50

    /// Everybody who goes with the actor, who goes first before all.
    private var group: [Thing] {
        let head = world.head(of: actor)
        return [head] + world.train(of: head)
    }

    fileprivate func showGroup() {
        let group = group
        if group.count < 2 {
            return turn.reply(
                "You go alone. With \(command: "follow") and a name you go with somebody.", as: .reference)
        }
        var text = turn.text("\(phrase: "Your group", .title)")
        for member in group.prefix(Self.mostListed) {
            text.append("\n- ")
            if let leader = world.leader(of: member), group.contains(leader) {
                text.append(turn.text("\(known(member)), behind \(known(leader))"))
            } else {
                text.append(turn.text("\(known(member)), ahead"))
            }
        }
        turn.show(text, as: .reference)
    }

    /// `you`, or the name of somebody whom one need not see to know.
    private func known(_ member: Thing) -> Sentence { member === actor ? "\(the: member)" : "\(name: member)" }

    fileprivate func tellGroup(_ words: String) throws {
        let hearers = group.filter {
            $0 !== actor && $0.has(.player) && turn.isPresent($0) && !Ignoring.ignores($0, actor, world)
        }
        if hearers.isEmpty { throw refuse("Nobody goes with you who could hear it.") }
        let speech = turn.speech(.group, words)
        turn.reply("You tell the group, \"\(speech: words)\"", as: .tell, of: speech)
        for hearer in hearers {
            turn.tell(hearer, "\(name: actor) tells the group, \"\(speech: words)\"", as: .tell, of: speech)
        }
    }
}

extension Interpreter {
    /// Ends all following of somebody who leaves play, and tells those who are left.
    func disband(_ persona: Thing, _ turn: Turn) {
        let world = turn.world
        if let leader = world.leader(of: persona) {
            world.setLeader(of: persona, to: nil)
            turn.tell(leader, "\(name: persona) does not follow you any more.", as: .movement)
        }
        for follower in world.followers(of: persona) {
            world.setLeader(of: follower, to: nil)
            if follower.has(.player) {
                turn.tell(follower, "You do not follow \(name: persona) any more.", as: .movement)
            } else if follower[.stays], let home = world.thing(follower, .home), home.place != nil {
                turn.announce("\(follower) \(verb: "go") away.", in: follower.place, except: [persona], as: .movement)
                world.move(follower, to: home)
            }
        }
    }
}
