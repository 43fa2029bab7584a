/// The directions of the compass and the rest, with their short forms.
package enum Direction: String, CaseIterable, Sendable {
    case north, northeast, east, southeast, south, southwest, west, northwest, up, down
    case inside = "in"
    case outside = "out"

    /// What a player may type for it instead.
    package var shortForm: String? {
        switch self {
        case .north: "n"
        case .northeast: "ne"
        case .east: "e"
        case .southeast: "se"
        case .south: "s"
        case .southwest: "sw"
        case .west: "w"
        case .northwest: "nw"
        case .up: "u"
        case .down: "d"
        case .inside, .outside: nil
        }
    }

    package var opposite: Direction {
        switch self {
        case .north: .south
        case .northeast: .southwest
        case .east: .west
        case .southeast: .northwest
        case .south: .north
        case .southwest: .northeast
        case .west: .east
        case .northwest: .southeast
        case .up: .down
        case .down: .up
        case .inside: .outside
        case .outside: .inside
        }
    }

    /// How somebody leaves by this direction's exit: `north`, `upwards`, `inside`.
    package var departurePhrase: String {
        switch self {
        case .up: "upwards"
        case .down: "downwards"
        case .inside: "inside"
        case .outside: "outside"
        default: rawValue
        }
    }

    /// Where somebody who came by this direction's exit arrives from: `from the south`, `from below`.
    package var arrivalPhrase: String {
        switch self {
        case .up: "from above"
        case .down: "from below"
        case .inside: "from inside"
        case .outside: "from outside"
        default: "from the \(rawValue)"
        }
    }

    /// Where what lies in this direction is: `to the north`, `above`.
    package var placePhrase: String {
        switch self {
        case .up: "above"
        case .down: "below"
        case .inside: "inside"
        case .outside: "outside"
        default: "to the \(rawValue)"
        }
    }

    package init?(word: String) {
        guard let match = Self.byWord[word] else { return nil }
        self = match
    }

    /// Every word that means a direction.
    package static var words: Set<String> { Set(byWord.keys) }

    private static let byWord: [String: Direction] = {
        var words: [String: Direction] = [:]
        for direction in allCases {
            words[direction.rawValue] = direction
            if let short = direction.shortForm { words[short] = direction }
        }
        return words
    }()
}
