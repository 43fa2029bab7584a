import Basics
package import WorldLanguage
package import WorldModel

/// A verb at work: the turn it happens in, and what verbs have in common.
package struct Action {
    package let turn: Turn
    package let interpreter: Interpreter

    package var actor: Thing { turn.actor }
    package var world: World { turn.world }
    package var place: Thing? { actor.place }

    /// Ends the verb with a sentence to the actor; nothing has happened.
    func refuse(_ sentence: Sentence) -> Refusal { turn.refusal(sentence) }

    /// Tells everybody here.
    func announce(_ sentence: Sentence, as category: MessageCategory = .action) {
        turn.announce(sentence, in: place, as: category)
    }

    /// Refuses with the world's reason unless the actor can touch the thing.
    func requireReach(_ thing: Thing) throws {
        guard let percept = turn.perception.percept(of: thing) else { throw refuse("That is not here any more.") }
        if let objection = percept.unreached { throw turn.refusal(objection) }
    }

    /// Refuses unless the actor can see the thing.
    func requireSight(_ thing: Thing) throws {
        if let objection = turn.perception.percept(of: thing)?.unseen { throw turn.refusal(objection) }
    }

    /// Does something with each thing of a slot; with several, a refusal of one does not stop the others.
    func each(_ things: [Thing], _ body: (Thing) throws -> Void) throws {
        if things.count == 1, let only = things.first { return try body(only) }
        for thing in things {
            do {
                try body(thing)
            } catch let refusal as Refusal {
                turn.show(Noun.definite(thing) + ": " + refusal.text, as: .refusal)
            }
        }
    }

    /// How much of a container's room is taken.
    func load(of container: Thing) -> Int { container.contents.reduce(0) { $0 + $1[.size] } }

    /// Refuses when a container is shut or has no room.
    func requireRoom(for thing: Thing, in container: Thing) throws {
        if !container[.isSurface], !container[.isOpen] { throw turn.refusal(.closed(container)) }
        if container.isWithin(thing) { throw refuse("\(the: thing) cannot go into itself.") }
        if load(of: container) + thing[.size] > container[.capacity] {
            throw refuse(
                "There is no room for \(the: thing) \(plain: container[.isSurface] ? "on" : "in") \(the: container).")
        }
    }
}
