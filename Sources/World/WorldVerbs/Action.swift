import Basics
package import WorldLanguage
package import WorldModel

/// A verb at work: the turn it happens in, and what verbs have in common.
package struct Action {
    package let turn: Turn
    package let interpreter: Interpreter
    let conversation: Conversation

    package var actor: Thing { turn.actor }
    package var world: World { turn.world }
    package var place: Thing? { actor.place }

    /// What to throw to end the verb with a sentence to the actor; nothing has happened then.
    func refuse(_ sentence: Sentence) -> Refusal { turn.refusal(sentence) }

    /// Tells everybody here.
    func announce(_ sentence: Sentence, as category: MessageCategory = .action) {
        turn.announce(sentence, in: place, as: category)
    }

    /// Does something with each thing of a slot; with several, a refusal of one does not stop the others.
    ///
    /// `body` refuses before it changes anything.
    func each(_ things: [Thing], _ body: (Thing) throws -> Void) throws {
        if things.count == 1, let only = things.first { return try body(only) }
        for thing in things {
            do {
                try body(thing)
            } catch let refusal as Refusal {
                var text = Noun.definite(thing) + ": " + refusal.text
                text.runs[0].text = text.runs[0].text.capitalizedFirst
                turn.show(text, as: .refusal)
            }
        }
    }

    // MARK: What may stand in the way

    /// Refuses with the world's reason unless the actor can touch the thing.
    func requireReach(_ thing: Thing) throws {
        guard let percept = turn.perception.percept(of: thing) else {
            throw refuse("\(thing) \(verb: "be") not here any more.")
        }
        if let objection = percept.unreached { throw turn.refusal(objection) }
    }

    /// Refuses with the world's reason unless the actor can see the thing by light; feeling is not enough.
    func requireSight(_ thing: Thing) throws {
        if let objection = turn.perception.percept(of: thing)?.unseen { throw turn.refusal(objection) }
        if thing !== actor, !turn.perception.isLit { throw turn.refusal(.tooDark) }
    }

    /// Refuses unless the actor has the thing in their hands, or in something they carry, and does not wear it.
    func requireLoose(_ thing: Thing) throws {
        try requireReach(thing)
        if thing[.isWorn] { throw refuse("You would have to remove \(the: thing) first.") }
    }

    /// How much of a container's room, or of somebody's strength, is taken.
    func load(of container: Thing) -> Int {
        var sum = 0
        for thing in container.contents { sum += clamped(thing[.size]) }
        return sum
    }

    /// Sizes come from stored text, so a sum of them must not overflow.
    func clamped(_ size: Int) -> Int { min(max(size, 0), 1_000_000) }

    /// Refuses when a container is shut or has no room.
    func requireRoom(for thing: Thing, in container: Thing) throws {
        if container.isWithin(thing) { throw refuse("\(thing) cannot go into \(themself: thing).") }
        if !container[.isSurface], !container[.isOpen] { throw turn.refusal(.closed(container)) }
        if load(of: container) + clamped(thing[.size]) > container[.capacity] {
            let preposition = container[.isSurface] ? "on" : "in"
            throw refuse("There is no room for \(the: thing) \(plain: preposition) \(the: container).")
        }
    }
}
