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
        if let language = settings[SettingName.language.rawValue] { world.set(.language, to: language, on: persona) }
        world.set(.account, to: account, on: persona)
        return persona
    }

    /// Characters of one account at most.
    package static let mostCharacters = 10

    /// Makes one more character for an account, not in play yet.
    ///
    /// - Precondition: The name has passed ``NameRules`` and is free.
    package static func addCharacter(named name: String, to account: Thing, turn: Turn) -> Thing {
        let world = turn.world
        let persona = makePersona(name, world)
        world.set(.characters, to: account[.characters] + [persona.id], on: account)
        world.set(.account, to: account, on: persona)
        if let language = account[.settings][SettingName.language.rawValue] {
            world.set(.language, to: language, on: persona)
        }
        return persona
    }

    /// The characters of an account, in the order of their making.
    package static func characters(of account: Thing, world: World) -> [Thing] {
        account[.characters].compactMap { world[$0] }.filter { $0.has(.player) }
    }

    /// Ends a character that nobody plays; what it carried stays where it was last, and the world's own things go home.
    ///
    /// - Returns: False when the world forbids it, and then nothing has changed but that it has left play.
    package static func delete(_ persona: Thing, interpreter: Interpreter, turn: Turn) -> Bool {
        let world = turn.world
        interpreter.leavePlay(persona, turn)
        guard world.obstacle(toDestroying: persona) == nil else { return false }
        let place = world.thing(persona, .lastPlace) ?? world.startPlace
        for thing in persona.contents where !thing.has(.folder) {
            if thing[.isWorn] { world.set(.isWorn, to: false, on: thing) }
            world.move(thing, to: place)
        }
        if let account = world.thing(persona, .account) {
            world.set(.characters, to: account[.characters].filter { $0 != persona.id }, on: account)
        }
        interpreter.forget(persona)
        return world.destroy(persona)
    }

    package static func createGuest(number: Int, settings: [String: String] = [:], turn: Turn) -> Thing {
        let world = turn.world
        let persona = makePersona("Guest\(number)", world)
        world.set(.isGuest, to: true, on: persona)
        if !settings.isEmpty { world.set(.settings, to: settings, on: persona) }
        if let language = settings[SettingName.language.rawValue] { world.set(.language, to: language, on: persona) }
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

    package static func role(of persona: Thing, world: World) -> Role {
        guard let account = world.thing(persona, .account) else { return .guest }
        return Role(rawValue: account[.role]) ?? .player
    }
}
