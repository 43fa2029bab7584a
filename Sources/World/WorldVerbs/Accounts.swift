import Basics
package import WorldLanguage
package import WorldModel

/// Makes and ends accounts and characters, inside a turn.
package enum Accounts {
    /// Makes an account with its first character, which is not in play yet.
    ///
    /// - Precondition: The name has passed ``NameRules`` and is free.
    package static func create(
        name: String, passwordHash: String, settings: [String: String], turn: Turn
    ) -> Thing {
        let world = turn.world
        let persona = makePersona(name, world)
        let account = world.create(.account)
        world.set(.name, to: name, on: account)
        world.set(.passwordHash, to: passwordHash, on: account)
        world.set(.role, to: Role.player.rawValue, on: account)
        world.set(.created, to: Int(world.now.milliseconds), on: account)
        world.set(.characters, to: [persona.id], on: account)
        if !settings.isEmpty { world.set(.settings, to: settings, on: account) }
        world.set(.account, to: account, on: persona)
        return persona
    }

    package static func createGuest(number: Int, turn: Turn) -> Thing {
        let persona = makePersona("Guest\(number)", turn.world)
        turn.world.set(.isGuest, to: true, on: persona)
        return persona
    }

    private static func makePersona(_ name: String, _ world: World) -> Thing {
        let persona = world.create([.persona, .player])
        world.set(.name, to: name, on: persona)
        world.set(.article, to: "", on: persona)
        world.set(.pronouns, to: "they", on: persona)
        world.set(.fixed, to: "People are not for taking.", on: persona)
        return persona
    }

    /// Ends a guest; what they carried stays where they were.
    package static func removeGuest(_ persona: Thing, world: World) {
        guard persona[.isGuest], persona.exists else { return }
        world.destroy(persona)
    }

    /// The thing that keeps somebody's settings: the account, or the guest itself.
    package static func settingsHolder(of persona: Thing, world: World) -> Thing {
        world.thing(persona, .account) ?? persona
    }

    package static func role(of persona: Thing, world: World) -> Role {
        guard let account = world.thing(persona, .account) else { return .guest }
        return Role(rawValue: account[.role]) ?? .player
    }
}
