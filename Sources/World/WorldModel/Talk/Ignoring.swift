/// Who does not want to hear whom; what is delivered, what was kept and what is looked up later all ask here.
///
/// An account ignores an account, so that nobody is heard again by changing character; a guest, who has none, stands for
/// themself. Administrators are heard by everybody: what they have to say is part of running the game.
package enum Ignoring {
    /// Whom one may ignore at most.
    package static let most = 100

    /// Whether words of a speaker are kept from a listener.
    ///
    /// - Complexity: O(*n*) in whom the listener ignores; O(1) for those who ignore nobody.
    package static func ignores(_ listener: Thing, _ speaker: Thing, _ world: World) -> Bool {
        let holder = world.holder(of: listener)
        guard case .list(let ignored)? = holder.ownValue(of: PropertyKey(.ignored)), !ignored.isEmpty else {
            return false
        }
        let other = world.holder(of: speaker)
        return other !== holder && ignored.contains(.thing(other.id)) && !isAlwaysHeard(speaker, world)
    }

    /// The accounts and guests that words of a speaker are kept from, for asking once when many listen.
    ///
    /// - Complexity: O(*n*) in what names the speaker's account; no allocation when nobody ignores them.
    package static func accounts(ignoring speaker: Thing, _ world: World) -> Set<ThingID> {
        let holder = world.holder(of: speaker)
        var accounts = world.things(naming: holder, .ignored)
        if accounts.isEmpty || isAlwaysHeard(speaker, world) { return [] }
        accounts.remove(holder.id)
        return accounts
    }

    /// The same as ``ignores(_:_:_:)`` for a speaker by number, who may be gone by now; nobody is then ignored.
    package static func ignores(_ listener: Thing, number: ThingID, _ world: World) -> Bool {
        world[number].map { ignores(listener, $0, world) } ?? false
    }

    /// Whether a name is of somebody on another network, who has no character: `ben@network`.
    package static func isVisitor(_ name: String) -> Bool { name.utf8.contains(UInt8(ascii: "@")) }

    /// Whether words of somebody on another network are kept from a listener.
    ///
    /// - Complexity: O(*n*) in the visitors whom the listener ignores; O(1) for those who ignore none.
    package static func ignores(_ listener: Thing, visitor name: String, _ world: World) -> Bool {
        let holder = world.holder(of: listener)
        if holder.ownValue(of: PropertyKey(.ignoredVisitors)) == nil { return false }
        return holder[.ignoredVisitors].contains { NamePattern($0)?.matches(name) == true }
    }

    /// Whether nobody can ignore somebody, because they run the game.
    package static func isAlwaysHeard(_ speaker: Thing, _ world: World) -> Bool {
        Role(rawValue: world.holder(of: speaker)[.role]).map { $0 >= .admin } ?? false
    }
}

extension World {
    /// What stands for somebody through all their characters: the account, or a guest's own body.
    package func holder(of persona: Thing) -> Thing { thing(persona, .account) ?? persona }
}
