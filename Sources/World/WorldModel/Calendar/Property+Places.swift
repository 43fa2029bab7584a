/// What places, ways of moving and days need to be known of things.
extension Property where Content == Bool {
    /// Of a place: whether it lies under the sky, so that it has weather and the light of the hour.
    package static var isOutdoors: Self { Self(.outdoors, false) }
    /// Of a place: whether it is dark at night; others outdoors are dim then, but lit.
    package static var isNightDark: Self { Self(.nightDark, false) }
    /// Of a thing: whether it goes with whoever beckons it.
    package static var isTame: Self { Self(.tame, false) }
}

extension Property where Content == String {
    /// Of a place: the region whose weather it has; those without are ``World/usualClimate``.
    package static var climate: Self { Self(.climate, "") }
    /// Of a place: the name of the file with the sound that is heard there, for programs that play it; empty for silence.
    package static var ambience: Self { Self(.ambience, "") }
    /// Of a player: what they say of themself to those who finger them.
    package static var plan: Self { Self(.plan, "") }
}

extension Property where Content == [String: String] {
    /// Of a place: descriptions for a sky, a light (``Daylight``) or a season, which stand in place of the usual one.
    package static var descriptions: Self { Self(.descriptions, [:]) }
}

extension Property where Content == [Int] {
    /// Of a player: the numbers of places they have been to, the latest first seen last; numbers rather than references,
    /// because a place that is gone needs no care.
    package static var visited: Self { Self(.visited, []) }
    /// Of a player: those that are not among ``visited`` yet, so that one place more does not write all of them again.
    package static var visitedLately: Self { Self(.visitedLately, []) }
}

extension Property where Content == [String: [String: [String: Int]]] {
    /// Of the world's own thing: by climate and season, how apt what weather is; see ``Climate``.
    package static var climates: Self { Self(.climates, [:]) }
}
