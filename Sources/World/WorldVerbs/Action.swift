import Basics
package import WorldLanguage
package import WorldModel

/// A verb at work: the turn it happens in, and what verbs have in common.
package struct Action {
    package let turn: Turn
    package let interpreter: Interpreter
    let conversation: Conversation
    /// How it is done, if the line says so.
    var adverb: String?

    package var actor: Thing { turn.actor }
    package var world: World { turn.world }
    package var place: Thing? { actor.place }

    /// What to throw to end the verb with a sentence to the actor; nothing has happened then.
    package func refuse(_ sentence: Sentence, _ kind: RefusalKind? = nil) -> Refusal { turn.refusal(sentence, kind) }

    /// Tells everybody here.
    package func announce(_ sentence: Sentence, as category: MessageCategory = .action, of speech: Speech? = nil) {
        turn.announce(modified(sentence), in: place, as: category, of: speech)
    }

    /// Takes the word for how it is done out of a line, if it has one after the verb or at its end.
    mutating func takeAdverb(of line: inout InputLine) {
        if adverb != nil || line.tokens.count < 2 { return }
        for place in [1, line.tokens.count - 1] where Adverbs.all.contains(line.tokens[place].word) {
            adverb = line.tokens.remove(at: place).word
            return
        }
    }

    /// Says of a deed how it is done.
    func modified(_ sentence: Sentence) -> Sentence { adverb.map { sentence.modified(by: $0) } ?? sentence }

    /// Tells the actor what was taken to do something with, when the line did not say it: `(with the iron key)`.
    func supply(with thing: Thing) { turn.reply("(with \(the: thing))") }
    func supply(to person: Thing) { turn.reply("(to \(the: person))") }

    /// Sentences about single things that one command tells at most, of what was done and of what was not.
    private static let mostTold = 10

    /// Does something with each thing of a slot; with several, a refusal of one does not stop the others.
    ///
    /// Of many things only the first are told of one by one. `body` does it with one and tells of it, and refuses before
    /// it changes anything; `others` makes the sentence for the rest, given as `130 other things`.
    func each(_ things: [Thing], _ body: (Thing) throws -> Void, others: (Sentence) -> Sentence) throws {
        if things.count == 1, let only = things.first { return try body(only) }
        var done = 0
        var refusals: [(text: StyledText, things: [Thing])] = []
        for thing in things {
            do {
                if done < Self.mostTold { try body(thing) } else { try turn.quietly { try body(thing) } }
                done += 1
            } catch let refusal as Refusal {
                if let known = refusals.firstIndex(where: { $0.text == refusal.text }) {
                    refusals[known].things.append(thing)
                } else {
                    refusals.append((refusal.text, [thing]))
                }
            }
        }
        if done > Self.mostTold { announce(others(Self.others(done - Self.mostTold))) }
        for (text, things) in refusals.prefix(Self.mostTold) { show(refusal: text, of: things) }
        let untold = refusals.dropFirst(Self.mostTold).reduce(0) { $0 + $1.things.count }
        if untold > 0 {
            let others = Self.others(untold)
            turn.reply(untold == 1 ? "\(others) stays as it is." : "\(others) stay as they are.", as: .refusal)
        }
    }

    private func show(refusal: StyledText, of things: [Thing]) {
        let names: Sentence = things.count == 1 ? "\(name: things[0])" : "\(things: things, .atMost(Self.mostTold))"
        turn.reply("\(names): \(refusal)", as: .refusal)
    }

    private static func others(_ count: Int) -> Sentence {
        count == 1 ? "one other thing" : "\(number: count) other things"
    }

    // MARK: What may stand in the way

    /// Refuses with the world's reason unless the actor can touch the thing.
    package func requireReach(_ thing: Thing) throws {
        guard let percept = turn.perception.percept(of: thing) else {
            throw refuse("\(thing) \(verb: "be") not here any more.")
        }
        if let objection = percept.unreached { throw turn.refusal(objection) }
    }

    /// Refuses with the world's reason unless the actor can see the thing by light; feeling is not enough.
    package func requireSight(_ thing: Thing) throws {
        guard let percept = turn.perception.percept(of: thing) else { return }
        if let objection = percept.unseen { throw turn.refusal(objection) }
        if percept.isFelt { throw turn.refusal(.tooDark) }
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
            throw refuse(
                container[.isSurface]
                    ? "There is no room for \(the: thing) on \(the: container)."
                    : "There is no room for \(the: thing) in \(the: container).")
        }
    }
}
