/// Why the world does not let somebody see, reach or hear something.
package enum Objection: Hashable {
    case tooDark
    /// It is inside this, which is closed.
    case closed(Thing)
    /// Somebody else holds it.
    case heldBy(Thing)
    /// Somebody else wears it.
    case wornBy(Thing)
    /// It is worn under this.
    case coveredBy(Thing)
    /// It is in another place, beyond this way.
    case beyond(Thing)
}

/// A thing as somebody perceives it.
package struct Percept {
    package let thing: Thing
    /// Why it cannot be seen; nil when it can.
    package let unseen: Objection?
    /// Why it cannot be touched; nil when it can.
    package let unreached: Objection?
    /// The way out through which it is seen; nil when it is in the same place.
    package let way: Thing?
    /// Whether it is known by touch alone, because it is carried in the dark.
    package let isFelt: Bool

    init(thing: Thing, unseen: Objection?, unreached: Objection?, way: Thing? = nil, isFelt: Bool = false) {
        self.thing = thing
        self.unseen = unseen
        self.unreached = unreached
        self.way = way
        self.isFelt = isFelt
    }
}
