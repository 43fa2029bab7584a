import Basics
import WorldLanguage
import WorldModel

/// Going somewhere with everybody who follows.
extension Action {
    /// Followers whose coming along is told of one by one; of more, the rest is counted.
    private static let mostNamed = 5

    /// Takes one step through a way: the actor and those who follow and can.
    ///
    /// Those who stay see who leaves, those who are beyond see who comes, and a follower who cannot come along reads why.
    ///
    /// - Returns: Who went, the actor first.
    /// - Throws: A refusal with what keeps the actor from the way; nothing has happened then.
    func step(through exit: Thing) throws -> [Thing] {
        guard let from = actor.place, exit.location === turn.perception.surroundings else {
            throw refuse("There is no such way here.")
        }
        if let door = world.thing(exit, .door), !door[.isOpen] { throw turn.refusal(.closed(door)) }
        if !exit[.impassable].isEmpty { throw refuse("\(content: exit[.impassable])") }
        guard let destination = world.thing(exit, .destination), destination.has(.place) else {
            throw refuse("That way leads nowhere.")
        }
        try turn.require(.enter, on: exit)
        try turn.require(.enter, on: destination)
        let direction = Direction(rawValue: exit[.direction])
        let way = direction?.departure ?? exit[.otherNames].first.map { "by the \(content: $0)" } ?? "away"
        let train = companions(from: from, through: exit)
        let party = [actor] + train
        turn.announce(
            modified("\(actor) \(verb: "leave") \(way)."), in: from, except: party, unseenFrom: destination,
            as: .movement)
        announce(train, in: from, except: party, unseenFrom: destination)
        for member in party {
            world.move(member, to: destination)
            world.noteVisit(of: from, by: member)
        }
        let arrival: Sentence =
            direction.map { "\(actor) \(verb: "arrive") \($0.opposite.arrival)." } ?? "\(actor) \(verb: "arrive")."
        turn.announce(
            arrival, in: destination, except: party, unseenFrom: from, as: .movement)
        announce(train, in: destination, except: [], unseenFrom: from)
        return party
    }

    /// Who of those who follow comes along out of a place, before anybody has moved.
    private func companions(from place: Thing, through exit: Thing) -> [Thing] {
        let train = world.train(of: actor)
        if train.isEmpty { return [] }
        var coming: [Thing] = []
        var leaders: Set<ThingID> = [actor.id]
        for follower in train where follower.place === place {
            guard let leader = world.leader(of: follower), leaders.contains(leader.id) else { continue }
            // A body whose player is away stands still, and what somebody has taken goes with them.
            if follower.has(.player) ? !turn.isPresent(follower) : follower.location !== place { continue }
            if let obstacle = obstacle(to: follower, behind: leader, in: place, through: exit) {
                turn.tell(follower, obstacle, as: .movement)
            } else {
                coming.append(follower)
                leaders.insert(follower.id)
            }
        }
        return coming
    }

    /// Why a follower cannot go where the leader goes; nil when they can.
    private func obstacle(to follower: Thing, behind leader: Thing, in place: Thing, through exit: Thing) -> Sentence? {
        if let enclosure = follower.location, enclosure !== place {
            return "\(leader) \(verb: "leave"), but to follow you would have to come out of \(the: enclosure)."
        }
        if follower.has(.persona), !Perception(of: follower, in: world).sees(leader) {
            return "It is too dark to follow."
        }
        // Where their leader may go, animals may go as well.
        if !follower.has(.player) { return nil }
        let goals = [exit, world.thing(exit, .destination)].compactMap { $0 }
        if goals.allSatisfy({ may(follower, .enter, $0) }) { return nil }
        return "\(leader) \(verb: "leave"), but you may not go that way."
    }

    private func announce(_ followers: [Thing], in place: Thing, except: [Thing], unseenFrom unseen: Thing) {
        let named = followers.count > Self.mostNamed + 1 ? Self.mostNamed : followers.count
        for follower in followers.prefix(named) {
            guard let leader = world.leader(of: follower) else { continue }
            turn.announce(
                "\(follower) \(verb: "follow") \(the: leader).", in: place, except: except, unseenFrom: unseen,
                as: .movement)
        }
        let rest = followers.dropFirst(named)
        if rest.isEmpty { return }
        turn.announce(
            "\(number: rest.count) more follow \(the: actor).", in: place, except: except + rest, unseenFrom: unseen,
            as: .movement)
        if !except.isEmpty { return }
        for follower in rest {
            guard let leader = world.leader(of: follower) else { continue }
            turn.tell(follower, "\(follower) \(verb: "follow") \(the: leader).", as: .movement)
        }
    }

    // MARK: What they see

    /// Shows the place to each of those who came to it, in short to who knows it already and wants that.
    func showPlace(to party: [Thing]) {
        let (actor, role) = (turn.actor, turn.role)
        for member in party where member === actor || member.has(.player) {
            turn.goOn(as: member, role: member === actor ? role : Accounts.role(of: member, world: world))
            let place = member.place
            let isKnown = place.map { world.hasVisited($0, member) } ?? false
            turn.show(RoomView(turn: turn, isBrief: isKnown && world.setting(.brief, of: member) == "on").text())
            if let place { world.noteVisit(of: place, by: member) }
        }
        turn.goOn(as: actor, role: role)
    }

    /// Names the place to each of those who only pass through it.
    func namePlace(to party: [Thing]) {
        for member in party where member === actor || member.has(.player) {
            guard let place = member.place else { continue }
            let isLit = Perception(of: member, in: world).isLit
            turn.tell(member, isLit ? "\(content: place.name, .title)" : "It is dark here.", as: .sight)
        }
    }
}
