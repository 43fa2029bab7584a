import Basics
import WorldLanguage
import WorldModel

/// What is known of where somebody is.
package struct PlaceFacts: Equatable, Sendable {
    /// What kind of surroundings these are.
    package enum Environment: String, Sendable {
        case indoors, outdoors
        /// In something that is no place, such as a cart.
        case enclosed
        /// It is too dark to tell.
        case darkness
    }

    /// Where a place lies in its area, in steps from a place of it that stays the same.
    package struct Coordinates: Equatable, Sendable {
        package var x: Int
        package var y: Int
        package var z: Int
        /// The number of the area, which is that of the place at 0, 0, 0.
        package var area: UInt64

        package init(x: Int, y: Int, z: Int, area: UInt64) {
            self.x = x
            self.y = y
            self.z = z
            self.area = area
        }
    }

    /// A way out.
    package struct Exit: Equatable, Sendable {
        /// The short form of a direction such as `n`, else what the way is called.
        package var way: String
        /// The number of the place it leads to.
        package var number: UInt64

        package init(way: String, number: UInt64) {
            self.way = way
            self.number = number
        }
    }

    /// The same for ever; nil while it is too dark to tell places apart.
    package var number: UInt64?
    package var name: String
    /// The title of the area; empty when there is none, or it is dark.
    package var area = ""
    package var environment: Environment
    package var coordinates: Coordinates?
    /// In the order `look` tells them.
    package var exits: [Exit] = []
    /// What one can use there: `board`.
    package var details: [String] = []

    package init(number: UInt64?, name: String, environment: Environment) {
        self.number = number
        self.name = name
        self.environment = environment
    }
}

extension Facts {
    /// Where the player is; nil when that is nowhere.
    ///
    /// - Parameter chart: Where the places of areas lie.
    /// - Returns: The same for all who stand openly in one place and read one language, in the light and in the dark.
    /// - Complexity: O(*n*) in what is in the place.
    package func place(_ chart: AreaChart) -> PlaceFacts? {
        let perception = turn.perception
        guard let surroundings = perception.surroundings else { return nil }
        guard perception.isLit else {
            return PlaceFacts(number: nil, name: phrase("darkness"), environment: .darkness)
        }
        let isPlace = surroundings.has(.place)
        let environment: PlaceFacts.Environment =
            !isPlace ? .enclosed : surroundings[.isOutdoors] ? .outdoors : .indoors
        var facts = PlaceFacts(
            number: surroundings.id.number, name: cut(turn.content(surroundings.name)), environment: environment)
        guard isPlace else { return facts }
        let area = surroundings[.area]
        facts.area = area.isEmpty ? "" : cut(turn.content(area))
        facts.coordinates = chart.coordinates(of: surroundings, in: world)
        facts.exits = exits(of: surroundings)
        if surroundings.contents.contains(where: { $0.has(.board) }) { facts.details.append("board") }
        return facts
    }

    /// The file with the sound of where the player is; nil where nothing is heard, or they have not set that they want sounds.
    package var sound: String? {
        guard world.setting(.sounds, of: persona) == "on", let ambience = turn.perception.surroundings?[.ambience],
            World.isSoundName(ambience)
        else { return nil }
        return ambience
    }

    private func exits(of place: Thing) -> [PlaceFacts.Exit] {
        var exits: [PlaceFacts.Exit] = []
        for exit in world.exits(of: place).prefix(FactLimits.exits) where exit[.impassable].isEmpty {
            guard let beyond = world.thing(exit, .destination), beyond.has(.place) else { continue }
            let direction = Direction(rawValue: exit[.direction])
            let way = direction.map { $0.shortForm ?? $0.rawValue } ?? cut(phrase(exit.wayName))
            if way.isEmpty || exits.contains(where: { $0.way == way }) { continue }
            exits.append(PlaceFacts.Exit(way: way, number: beyond.id.number))
        }
        return exits
    }

    /// A name no longer than a pane can take.
    func cut(_ text: String) -> String {
        text.count > FactLimits.name ? String(text.prefix(FactLimits.name)) : text
    }
}
