/// The forms in which kinds of things are stored, and the steps from each to the next.
///
/// A kind is a faculty by its stored name, or `thing` for everything. The world's own thing remembers the form of each kind
/// in its property `forms`; a kind that is not there is in form 1. To change a form, count it up in ``current``, add a step
/// to ``steps``, and keep a fixture of the old one in the tests.
///
/// - SeeAlso: `WorldModelTests/StoredFormTests`.
package enum StoredForm {
    /// The form of each kind that this version writes; those that are not here are in form 1.
    package static let current: [String: Int] = ["account": 2, "thing": 2]

    /// One step of one kind: what to change of each thing of it, inside a turn.
    struct Step: Sendable {
        let kind: String
        let from: Int
        let apply: @Sendable (Thing, World) -> Void
    }

    static let steps: [Step] = [
        // Until then `encoding` was called `charset`, and settings of characters counted, where the account had none.
        Step(kind: "account", from: 1) { account, world in
            var settings = account[.settings]
            for character in account[.characters].compactMap({ world[$0] }) {
                settings.merge(character[.settings]) { own, _ in own }
                world.set(PropertyKey(.settings), to: nil, on: character)
            }
            if let charset = settings.removeValue(forKey: "charset"), settings["encoding"] == nil {
                settings["encoding"] = charset
            }
            if settings != account[.settings] { world.set(.settings, to: settings, on: account) }
        },
        // Until then references to what was destroyed stayed, and exits that led nowhere with them.
        Step(kind: "thing", from: 1) { thing, world in
            for (key, value) in thing.ownProperties where key.isPlainReference {
                var kept: Value? = value
                value.visitReferences { id in
                    if world[id] == nil { kept = kept?.without(id) }
                }
                world.set(key, to: kept, on: thing)
            }
            if thing.has(.exit), world.thing(thing, .destination) == nil { world.destroy(thing) }
        },
    ]

    /// A kind that is in a newer form than this version knows; nil when there is none.
    static func firstUnknown(in value: Value) -> String? {
        guard let forms = [String: Int](value) else { return "things" }
        return forms.sorted { $0.key < $1.key }.first { $0.value > current[$0.key] ?? 1 }?.key
    }
}

extension World {
    /// Whether some kind of thing is stored in an older form than this version writes.
    package var needsUpgrade: Bool {
        guard let root else { return false }
        let forms = root[.forms]
        return StoredForm.current.contains { forms[$0.key] ?? 1 < $0.value }
    }

    /// Brings everything into the form this version writes, one step after the other, inside the open turn.
    ///
    /// - Returns: A sentence for each step, for the log; empty when nothing was to do.
    /// - Complexity: O(*n*) for each step.
    package func upgrade() -> [String] {
        guard let root, needsUpgrade else { return [] }
        var forms = root[.forms]
        var done: [String] = []
        for kind in StoredForm.current.keys.sorted() {
            while let step = StoredForm.steps.first(where: { $0.kind == kind && $0.from == forms[kind] ?? 1 }) {
                let before = turn?.changes.count ?? 0
                for thing in things.values.sorted(by: { $0.id < $1.id }) where thing.exists {
                    if kind == "thing" || thing.faculties.value.contains(kind) { step.apply(thing, self) }
                }
                forms[kind] = step.from + 1
                let changes = (turn?.changes.count ?? 0) - before
                done.append("brought every \(kind) from form \(step.from) to \(step.from + 1): \(changes) changes")
            }
        }
        set(.forms, to: forms, on: root)
        return done
    }
}

extension Value {
    fileprivate func contains(_ word: String) -> Bool {
        if case .list(let values) = self { values.contains(.text(word)) } else { false }
    }
}
