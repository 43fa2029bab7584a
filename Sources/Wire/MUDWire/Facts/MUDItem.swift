/// A thing in a list of things; `Char.Items.*` in GMCP.
package struct MUDItem: Hashable, Sendable {
    /// Where a list of things is.
    package enum Location: Hashable, Sendable {
        case inventory
        case room
        /// Inside the thing of this number.
        case container(Int)
    }

    /// What clients sort things by, each a letter in `attrib`.
    package enum Attribute: Character, CaseIterable, Hashable, Sendable {
        case worn = "w"
        case wearable = "W"
        case heldLeft = "l"
        case heldRight = "L"
        case groupable = "g"
        case container = "c"
        case fluid = "f"
        case edible = "e"
        case mobile = "m"
        case dead = "d"
        case takeable = "t"
    }

    /// Always the same for one thing.
    package var number: Int
    package var name: String
    package var attributes: Set<Attribute>
    /// The kind of picture a client may show; nil for none.
    package var icon: String?

    package init(number: Int, name: String, attributes: Set<Attribute> = [], icon: String? = nil) {
        self.number = number
        self.name = name
        self.attributes = attributes
        self.icon = icon
    }
}
