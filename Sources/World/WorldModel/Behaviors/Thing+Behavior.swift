import Basics

extension Property where Content == [String] {
    /// Its own verbs that work once and have been done.
    package static var spentVerbs: Self { Self(.spentVerbs, []) }
}

extension Property where Content == [String: String] {
    /// What its verbs noted of it, each a name and a word; what `its NAME is VALUE` asks for first.
    package static var marks: Self { Self(.marks, [:]) }
}

extension Thing {
    /// What a verb does to it: its own, else the nearest prototype's; nil when the thing knows no such verb.
    ///
    /// The one place where verbs of things are looked up.
    ///
    /// - Parameter verb: The word, folded.
    /// - Returns: What it does, and which thing has it.
    package func behavior(for verb: String) -> (behavior: Behavior, source: Thing)? {
        let key = PropertyKey(.verbs)
        var holder: Thing? = self
        while let current = holder {
            if case .map(let verbs)? = current.ownValue(of: key), let stored = verbs[verb] {
                // One that is there but no map takes away the prototype's.
                if case .map(let parts) = stored { return (Behavior(parts), current) }
                return nil
            }
            holder = current.prototype
        }
        return nil
    }

    /// The names of its verbs, its own and inherited, with who has each.
    package var behaviors: [(verb: String, source: Thing)] {
        let key = PropertyKey(.verbs)
        var found: [(verb: String, source: Thing)] = []
        var seen: Set<String> = []
        var holder: Thing? = self
        while let current = holder {
            if case .map(let verbs)? = current.ownValue(of: key) {
                for (verb, stored) in verbs where seen.insert(verb).inserted {
                    if case .map = stored { found.append((verb, current)) }
                }
            }
            holder = current.prototype
        }
        return found.sorted { $0.verb < $1.verb }
    }

    /// Whether a word can name a verb of a thing.
    package static func isVerb(_ word: String) -> Bool {
        (2...20).contains(word.utf8.count) && word.utf8.allSatisfy { (0x61...0x7A).contains($0) }
            && Direction(word: word) == nil
    }
}

extension World {
    /// Gives a thing a verb of its own, or with nil takes it away, so that it is as its prototype has it.
    package func setBehavior(_ behavior: Behavior?, for verb: String, on thing: Thing) {
        let key = PropertyKey(.verbs)
        var verbs: [String: Value] = [:]
        if case .map(let known)? = thing.ownValue(of: key) { verbs = known }
        verbs[verb] = behavior?.stored
        set(key, to: verbs.isEmpty ? nil : .map(verbs), on: thing)
    }

    /// Takes a verb from a thing that its prototype has.
    package func forbidBehavior(_ verb: String, on thing: Thing) {
        let key = PropertyKey(.verbs)
        var verbs: [String: Value] = [:]
        if case .map(let known)? = thing.ownValue(of: key) { verbs = known }
        verbs[verb] = .bool(false)
        set(key, to: .map(verbs), on: thing)
    }

    /// Whether any thing has a verb of that name of its own.
    package func knowsVerb(_ word: String) -> Bool { verbWords[word] != nil }

    /// Keeps ``verbWords`` when the verbs of a thing change.
    func exchangeVerbs(_ old: Value?, for new: Value?) {
        if case .map(let verbs)? = old {
            for verb in verbs.keys {
                let count = (verbWords[verb] ?? 1) - 1
                verbWords[verb] = count > 0 ? count : nil
            }
        }
        if case .map(let verbs)? = new { for verb in verbs.keys { verbWords[verb, default: 0] += 1 } }
    }
}

/// What verbs of things may change.
extension World {
    /// Properties of the game's own that a verb of a thing may change; other names are marks.
    package static let changeable: [String: CoreProperty] = [
        "open": .open, "lit": .lit, "locked": .locked, "dark": .dark, "description": .description, "initial": .initial,
        "readable": .readable, "fixed": .fixed, "impassable": .impassable,
    ]

    private static let flags: Set<CoreProperty> = [.open, .lit, .locked, .dark]

    /// Marks that one thing has at most.
    private static let mostMarks = 20

    /// What is wrong with a change, to be put after its name; nil when nothing is.
    package static func mistake(inChange name: String, to value: String) -> String? {
        guard let core = changeable[name] else {
            let isKnown = CoreProperty.allCases.contains { "\($0)" == name }
            if isKnown { return "is not for a verb to change" }
            let isName =
                (1...20).contains(name.utf8.count) && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D }
            return isName ? nil : "cannot name a mark; use lower-case letters and hyphens"
        }
        if flags.contains(core), value != "yes", value != "no" { return "must be yes or no" }
        return nil
    }

    /// Makes a change that a verb declares; one that is not allowed is none.
    package func apply(_ name: String, _ value: String, to thing: Thing) {
        if Self.mistake(inChange: name, to: value) != nil { return }
        if let core = Self.changeable[name] {
            let isFlag = Self.flags.contains(core)
            let text = value == "none" ? "" : value
            return set(PropertyKey(core), to: isFlag ? .bool(value == "yes") : .text(text), on: thing)
        }
        var marks = thing[.marks]
        if marks[name] == nil, marks.count >= Self.mostMarks { return }
        marks[name] = value
        set(.marks, to: marks, on: thing)
    }
}
