import WorldModel

/// The steps by which newcomers learn to play, as the world keeps them.
///
/// Where somebody is, ``Property/lesson`` tells by the name of the step, so that it survives a reload that adds others.
struct Tutorial {
    /// Not empty.
    let steps: [TutorialStep]

    /// Reads the steps; nil when the world has none.
    init?(of world: World) {
        guard let root = world.root else { return nil }
        steps = root[.tutorial].compactMap { TutorialStep($0) }
        if steps.isEmpty { return nil }
    }

    /// Where a step stands, counted from 0; nil when there is none of that name.
    func index(of name: String) -> Int? { steps.firstIndex { $0.name == name } }

    /// Ends the things that were made for a learner, wherever they are; what others put into them stays there.
    ///
    /// - Returns: Whether there were any.
    @discardableResult
    static func takeBack(from learner: Thing, _ world: World) -> Bool {
        let lent = learner[.lent].compactMap { world[$0] }
        if learner.value(of: PropertyKey(.lent)) != nil { world.set(PropertyKey(.lent), to: nil, on: learner) }
        for thing in lent { world.destroy(thing) }
        return !lent.isEmpty
    }
}

extension Interpreter {
    /// The steps by which newcomers learn to play, decoded once until they change; nil when the world has none.
    var tutorial: Tutorial? {
        guard let stored = world.root?.value(of: PropertyKey(.tutorial)) else { return nil }
        // While nothing has changed both are one list, which is told without comparing what is in it.
        if let known = knownTutorial, known.stored == stored { return known.tutorial }
        let made = Tutorial(of: world)
        knownTutorial = (stored, made)
        return made
    }
}

/// One thing to learn: what to do, and what is said of it.
struct TutorialStep {
    let name: String
    /// What the learner is told; the commands between its code marks, typed in their order, do the step.
    let text: String
    let hint: String
    /// What the learner is told when it is done.
    let done: String
    /// Names of the verbs of which one does it; `social` is any gesture.
    let verbs: [String]
    /// A word for what it has to be done with; empty when that does not matter.
    let thing: String
    /// The keys of where it takes place and of where one has to arrive to do it.
    let place: String
    let arrive: String
    /// Keys of prototypes of which the learner gets one each; the first is handed over with the others in it.
    let lent: [String]

    /// Reads a stored step; nil for one that nobody could do.
    init?(_ stored: [String: String]) {
        func text(_ key: String) -> String { stored[key] ?? "" }
        func words(_ key: String) -> [String] { text(key).split(separator: ",").map(String.init) }
        name = text("name")
        self.text = text("text")
        hint = text("hint")
        done = text("done")
        verbs = words("verb")
        thing = text("thing")
        place = text("place")
        arrive = text("arrive")
        lent = words("lend")
        if name.isEmpty || verbs.isEmpty && arrive.isEmpty { return nil }
    }

    /// Whether doing something does this step.
    ///
    /// - Parameters:
    ///   - verb: The name of the verb, `go` for a way and `social` for a gesture.
    ///   - words: What was typed, and what it is in English.
    ///   - things: What it was done with.
    ///   - place: Where the learner is after it.
    /// - Returns: False when it was something else.
    func isDone(by verb: String, _ words: [String], _ things: [Thing], in place: Thing?) -> Bool {
        if !arrive.isEmpty { return place?[.contentKey] == arrive }
        guard verbs.contains(verb) else { return false }
        if thing.isEmpty || words.contains(thing) { return true }
        return things.contains { $0[.nouns].contains(thing) || $0.name.split(separator: " ").contains { $0 == thing } }
    }
}
