import WorldLanguage
import WorldModel

/// Where things are that a client shows in a pane.
package enum ItemPlace: Hashable, Sendable {
    /// What the player carries and wears.
    case inventory
    /// What lies and lives where the player is, but for other players.
    case room
    /// In something, by its number.
    case container(UInt64)
}

/// A thing in a list.
package struct ItemFacts: Equatable, Sendable {
    /// What is known of it at a glance.
    package struct Features: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let worn = Features(rawValue: 1)
        package static let wearable = Features(rawValue: 2)
        package static let container = Features(rawValue: 4)
        /// It lives.
        package static let creature = Features(rawValue: 8)
        package static let takeable = Features(rawValue: 16)
        package static let lit = Features(rawValue: 32)
    }

    package var number: UInt64
    package var name: String
    package var features: Features

    package init(number: UInt64, name: String, features: Features) {
        self.number = number
        self.name = name
        self.features = features
    }
}

extension Facts {
    /// The things in a place, in the order they came.
    ///
    /// - Returns: Nil when the player cannot see into it, or there is no such thing.
    /// - Complexity: O(*n*) in what is there.
    package func items(in place: ItemPlace) -> [ItemFacts]? {
        switch place {
        case .inventory: return persona.contents.prefix(FactLimits.items).map(item)
        case .room:
            guard let surroundings = turn.perception.surroundings else { return nil }
            if !turn.perception.isLit { return [] }
            return surroundings.contents.lazy.filter(isListed).prefix(FactLimits.items).map(item)
        case .container(let number):
            guard let container = world[ThingID(number)], container.has(.container), container.isSeeThrough,
                turn.perception.percept(of: container).map({ $0.unseen == nil }) == true
            else { return nil }
            return container.contents.prefix(FactLimits.items).map(item)
        }
    }

    /// Whether `look` tells of a thing where the player is; players are told of apart.
    private func isListed(_ thing: Thing) -> Bool {
        if thing === persona || thing.has(.player) { return false }
        if thing.has(.persona) { return true }
        if thing.hasAny(of: .toldApart) { return false }
        return thing[.fixed].isEmpty || !thing[.initial].isEmpty || thing.isSeeThrough && !thing.contents.isEmpty
    }

    private func item(_ thing: Thing) -> ItemFacts {
        var features: ItemFacts.Features = []
        if thing.has(.wearable) { features.insert(thing[.isWorn] ? .worn : .wearable) }
        if thing.has(.container) { features.insert(.container) }
        if thing.has(.persona) { features.insert(.creature) }
        if thing.has(.light), thing[.isLit] { features.insert(.lit) }
        if !thing.hasAny(of: .immovable), thing[.fixed].isEmpty { features.insert(.takeable) }
        return ItemFacts(number: thing.id.number, name: cut(phrase("\(a: thing)")), features: features)
    }
}
