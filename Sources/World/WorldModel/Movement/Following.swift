/// Who goes with whom: the property `follows` names the leader, so that it survives a restart, and who is destroyed is
/// followed no longer.
///
/// - SeeAlso: `WorldModelTests/FollowingTests`.
extension World {
    /// Those who go with one leader at most, counted with those who follow them.
    package static let mostFollowers = 50

    /// Whom somebody or something follows.
    package func leader(of follower: Thing) -> Thing? { thing(follower, .follows) }

    /// Those who follow somebody directly, by number.
    ///
    /// - Complexity: O(*n*) in what names the leader; O(1) when nothing does.
    package func followers(of leader: Thing) -> [Thing] {
        guard let referrers = namedBy[leader.id] else { return [] }
        let key = PropertyKey(.follows)
        return referrers.filter { $0.key == key }.compactMap { things[$0.thing] }
            .filter { self.leader(of: $0) === leader }.sorted { $0.id < $1.id }
    }

    /// Everybody who follows somebody, directly or behind others, the nearest first; at most ``mostFollowers``.
    package func train(of leader: Thing) -> [Thing] {
        var found = followers(of: leader)
        if found.isEmpty { return [] }
        var seen = Set(found.map(\.id))
        seen.insert(leader.id)
        var next = 0
        while next < found.count, found.count < Self.mostFollowers {
            for follower in followers(of: found[next]) where seen.insert(follower.id).inserted {
                found.append(follower)
            }
            next += 1
        }
        return Array(found.prefix(Self.mostFollowers))
    }

    /// Who goes before somebody and follows nobody; themself when they follow nobody.
    package func head(of follower: Thing) -> Thing {
        var head = follower
        // A stored circle cannot be made by following, but must not hold anybody up either.
        for _ in 0..<Self.mostFollowers {
            guard let leader = leader(of: head), leader !== follower else { return head }
            head = leader
        }
        return head
    }

    /// Whether somebody goes behind another, directly or not.
    package func isBehind(_ follower: Thing, _ leader: Thing) -> Bool {
        var current = follower
        for _ in 0...Self.mostFollowers {
            guard let next = self.leader(of: current) else { return false }
            if next === leader { return true }
            current = next
        }
        // A stored circle without the leader in it.
        return false
    }

    /// Lets somebody follow another from now on, or nobody.
    ///
    /// - Returns: False, and nothing has changed, when they would go in a circle or be too many.
    @discardableResult
    package func setLeader(of follower: Thing, to leader: Thing?) -> Bool {
        if let leader {
            if leader === follower || isBehind(leader, follower) { return false }
            let others = train(of: head(of: leader)).filter { $0 !== follower && !isBehind($0, follower) }
            if others.count + 1 + train(of: follower).count > Self.mostFollowers { return false }
        }
        set(.follows, to: leader, on: follower)
        return true
    }
}
