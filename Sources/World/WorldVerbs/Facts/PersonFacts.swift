import WorldLanguage
package import WorldModel

/// Somebody who plays and is in sight.
package struct PersonFacts: Equatable, Sendable {
    /// The same as long as they play.
    package var number: UInt64
    package var name: String

    package init(number: UInt64, name: String) {
        self.number = number
        self.name = name
    }
}

extension Facts {
    /// The other players who are in sight where the player is, in the order they came.
    ///
    /// - Complexity: O(*n*) in what is in the place.
    package var people: [PersonFacts] {
        guard let surroundings = turn.perception.surroundings, turn.perception.isLit else { return [] }
        var people: [PersonFacts] = []
        for thing in surroundings.contents where thing.has(.player) {
            if people.count >= FactLimits.people { break }
            if let person = person(thing) { people.append(person) }
        }
        return people
    }

    /// Somebody as far as they are one of ``people``; nil when they are not.
    ///
    /// - Complexity: O(1), but for the light of the place.
    package func person(_ thing: Thing) -> PersonFacts? {
        guard thing.has(.player), thing !== persona, thing.exists, thing.location === turn.perception.surroundings,
            turn.perception.sees(thing)
        else { return nil }
        return PersonFacts(number: thing.id.number, name: cut(phrase("\(name: thing)")))
    }
}
