import Basics

extension World {
    /// Who or what in the world would be confused with somebody of that name; players and accounts apart.
    ///
    /// A creature has its whole name, the first word of it and its nouns to itself; a thing with a name of its own the
    /// whole and the first word, anything else that is not a way or a place its whole name.
    /// - Complexity: O(1), but O(*n*) in all things the first time after a name was changed.
    package func namesake(of name: String) -> Thing? {
        if let known = namesakes { return known[name.folded] }
        var made: [String: Thing] = [:]
        let claimants = things.values.filter { !$0.hasAny(of: .unnamed) }
        for thing in claimants.sorted(by: { $0.id < $1.id }) {
            for name in Self.claims(of: thing) {
                if made[name]?.has(.persona) != true { made[name] = thing }
            }
        }
        namesakes = made
        return made[name.folded]
    }

    private static func claims(of thing: Thing) -> [String] {
        let words = thing.words
        let first = words.fullName.split(separator: " ").first.map(String.init) ?? ""
        if thing.has(.persona) { return [words.fullName, first] + words.nouns }
        return thing[.article].isEmpty && !thing.has(.place) ? [words.fullName, first] : [words.fullName]
    }
}
