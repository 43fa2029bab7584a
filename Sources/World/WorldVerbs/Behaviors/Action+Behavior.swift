import Basics
import WorldLanguage
import WorldModel

/// Doing what a thing's own verb says.
extension Action {
    func perform(_ own: OwnVerb) throws {
        let (thing, behavior) = (own.thing, own.behavior)
        try requireReach(thing)
        try turn.require(.use, on: thing)
        if behavior.isOnce, thing[.spentVerbs].contains(own.word) {
            if behavior[.spent].isEmpty { throw refuse("Nothing more happens.") }
            throw refuse("\(content: behavior[.spent])")
        }
        try requireCondition(of: behavior, on: thing)
        try requireTool(of: own)
        // Said before anything changes, while one still knows it by touch.
        announce(sentence(of: own))
        if !behavior[.tells].isEmpty { turn.reply("\(content: behavior[.tells])") }
        if !behavior[.beyond].isEmpty { sound(behavior[.beyond], steps: behavior.reach) }
        turn.play(behavior[.sound], in: place)
        change(own)
    }

    private func sentence(of own: OwnVerb) -> Sentence {
        let text = own.behavior[.does]
        guard let form = try? SocialForm(text) else { return "\(actor) \(verb: own.word) \(the: own.thing)." }
        return Social.sentence(form, named: Language.key(ofForm: text), actor, .other(own.thing))
    }

    // MARK: What may stand in the way

    private func requireCondition(of behavior: Behavior, on thing: Thing) throws {
        if behavior[.requires].isEmpty { return }
        var needs: [LockNeed] = []
        // One that cannot be read holds for nobody.
        if let condition = try? LockExpression(behavior[.requires]) {
            let missing = Permission.needs(of: condition, by: actor, role: turn.role, on: thing, in: world)
            guard let missing else { return }
            needs = missing
        }
        if !behavior[.refusal].isEmpty { throw refuse("\(content: behavior[.refusal])") }
        throw Refusal(text: turn.text(["That does not work."] + needs.compactMap { $0.sentence(about: thing) }))
    }

    private func requireTool(of own: OwnVerb) throws {
        let key = own.behavior[.with]
        if let tool = own.tool {
            if key.isEmpty || !tool.isKind(of: key) {
                throw refuse("You cannot \(plain: own.word) \(the: own.thing) with \(the: tool).")
            }
            return try requireReach(tool)
        }
        if key.isEmpty { return }
        guard let tool = turn.perception.find(.held.reached).things.first(where: { $0.isKind(of: key) }) else {
            throw refuse("You have nothing to \(plain: own.word) \(the: own.thing) with.")
        }
        supply(with: tool)
    }

    // MARK: What comes of it

    /// Tells a sound to those who are so many steps away or nearer and hear it there, but not here.
    private func sound(_ text: String, steps: Int) {
        guard let place else { return }
        for hearer in world.hearers(from: place, range: steps) {
            turn.announce("\(content: text)", in: hearer.place, as: .speech)
        }
    }

    private func change(_ own: OwnVerb) {
        let (thing, behavior) = (own.thing, own.behavior)
        if behavior.isOnce { world.set(.spentVerbs, to: thing[.spentVerbs] + [own.word], on: thing) }
        apply(behavior.sets, to: thing)
        for (key, changes) in behavior.also.sorted(by: { $0.key < $1.key }) {
            if let other = world.thing(forContentKey: key) { apply(changes, to: other) }
        }
        for (key, goal) in behavior.moves.sorted(by: { $0.key < $1.key }) {
            if let other = world.thing(forContentKey: key) { move(other, to: goal) }
        }
        for (name, amount) in behavior.vitals.sorted(by: { $0.key < $1.key }) {
            world.changeVital(name, by: amount, of: actor)
        }
    }

    private func apply(_ changes: [String: String], to thing: Thing) {
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) { world.apply(name, value, to: thing) }
    }

    private func move(_ thing: Thing, to goal: String) {
        var destination: Thing?
        switch goal {
        case "here": destination = place
        case "hands": destination = load(of: actor) + clamped(thing[.size]) > Self.strength ? place : actor
        default: destination = world.thing(forContentKey: goal)
        }
        guard let destination, !thing.hasAny(of: .immovable), !destination.isWithin(thing) else { return }
        if thing[.isWorn] { world.set(.isWorn, to: false, on: thing) }
        world.move(thing, to: destination)
    }
}
