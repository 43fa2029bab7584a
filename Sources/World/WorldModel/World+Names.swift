import Basics

extension World {
    /// Changes of names that are remembered at most before everything is looked at again.
    private static let mostRenamed = 10_000

    /// Who or what in the world would be confused with somebody of that name; players and accounts apart.
    ///
    /// A creature has its whole name, the first word of it and its nouns to itself; a thing with a name of its own the
    /// whole and the first word, anything else that is not a way or a place its whole name.
    /// - Complexity: O(1) and O(*n*) in the names that changed since, but O(*n*) in all things the first time.
    package func namesake(of name: String) -> Thing? {
        let name = name.folded
        if namesakes == nil {
            renamed = Array(things.values)
            namesakes = [:]
        }
        for thing in renamed where thing.exists && !thing.hasAny(of: .unnamed) {
            for claim in Self.claims(of: thing) where !isListed(thing, claim) {
                namesakes?[claim, default: []].append(thing)
            }
        }
        renamed = []
        // Some have another name by now.
        let claimants = (namesakes?[name] ?? []).filter {
            $0.exists && !$0.hasAny(of: .unnamed) && Self.claims(of: $0).contains(name)
        }
        let first = claimants.min { $0.id < $1.id }
        return claimants.filter { $0.has(.persona) }.min { $0.id < $1.id } ?? first
    }

    /// Whether a thing was found to have a name before; of names that very many have, only whether it was the last.
    private func isListed(_ thing: Thing, _ claim: String) -> Bool {
        guard let list = namesakes?[claim] else { return false }
        return list.suffix(16).contains { $0 === thing }
    }

    /// Remembers that a thing may have another name.
    func noteRenaming(of thing: Thing) {
        if namesakes == nil || thing.hasAny(of: .unnamed) { return }
        if renamed.count < Self.mostRenamed {
            renamed.append(thing)
        } else {
            namesakes = nil
            renamed = []
        }
    }

    private static func claims(of thing: Thing) -> [String] {
        // Without the vocabulary, which would be made of every thing.
        let name = thing.name.folded
        let first = name.split(separator: " ").first.map(String.init) ?? ""
        if thing.has(.persona) { return [name, first] + thing.words.nouns }
        return thing[.article].isEmpty && !thing.has(.place) ? [name, first] : [name]
    }
}
