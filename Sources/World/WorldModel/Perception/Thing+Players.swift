extension Thing {
    /// Goes through the players who are openly in here, or see out of what they are in.
    ///
    /// - Complexity: O(*n*) in what is in here and can be looked out of, ``Perception/maximumDepth`` deep.
    package func visitPlayers(_ visit: (Thing) -> Void) { visitPlayers(depth: 0, visit) }

    private func visitPlayers(depth: Int, _ visit: (Thing) -> Void) {
        for thing in contents {
            if thing.has(.player) {
                visit(thing)
            } else if !thing.contents.isEmpty, thing.isSeeThrough, depth < Perception.maximumDepth {
                thing.visitPlayers(depth: depth + 1, visit)
            }
        }
    }
}
