import WorldLanguage
package import WorldModel
import WorldVerbs

/// Sets a new thing's properties, `{ $0.set(.isOpen, true) }`.
package struct Furnishing {
    let world: World
    package let thing: Thing

    package func set<Content>(_ property: Property<Content>, _ content: Content) {
        world.set(property, to: content, on: thing)
    }

    package func set(_ core: CoreProperty, _ other: Thing) {
        world.set(core, to: other, on: thing)
    }
}

/// Building small worlds.
extension Stage {
    package func room(
        _ name: String, _ description: String = "", _ furnish: (Furnishing) -> Void = { _ in }
    ) -> Thing {
        change { world in
            let room = world.create(.place)
            world.set(.name, to: name, on: room)
            if !description.isEmpty { world.set(.description, to: description, on: room) }
            if let root = world.root, world.startPlace == nil {
                world.set(.startPlace, to: room, on: root)
            }
            furnish(Furnishing(world: world, thing: room))
            return room
        }
    }

    @discardableResult
    package func thing(
        _ name: String, in location: Thing?, _ faculties: Faculties = [], _ furnish: (Furnishing) -> Void = { _ in }
    ) -> Thing {
        change { world in
            let thing = world.create(faculties)
            world.set(.name, to: name, on: thing)
            furnish(Furnishing(world: world, thing: thing))
            world.move(thing, to: location)
            return thing
        }
    }

    /// Joins two rooms both ways.
    package func way(
        _ direction: Direction, from: Thing, to: Thing, door: Thing? = nil, names: [String] = [], text: String = ""
    ) {
        change { world in
            for (direction, from, to) in [(direction, from, to), (direction.opposite, to, from)] {
                let exit = world.create(.exit)
                world.set(.direction, to: direction.rawValue, on: exit)
                world.set(.destination, to: to, on: exit)
                if let door { world.set(.door, to: door, on: exit) }
                if !names.isEmpty { world.set(.otherNames, to: names, on: exit) }
                if !text.isEmpty { world.set(.passageText, to: text, on: exit) }
                world.move(exit, to: from)
            }
        }
    }

    /// Adds somebody with an account, who is connected and in play.
    @discardableResult
    package func player(_ name: String, _ pronouns: String = "they", in place: Thing, role: Role = .player) -> Thing {
        let outcome = turn(by: Thing.makeNobody()) { turn in
            let persona = Accounts.create(name: name, passwordHash: "", settings: [:], turn: turn)
            turn.world.set(.pronouns, to: pronouns, on: persona)
            turn.world.move(persona, to: place)
        }
        guard outcome.fault == nil, let persona = world.player(named: name) else {
            preconditionFailure("no player \(name): \(outcome.fault ?? "the name is taken")")
        }
        join(persona)
        roles[persona.id] = role
        return persona
    }

    package func player(named name: String) -> Thing? { players.first { $0.name == name } }
}
