package import WorldModel

/// What one can look at.
package enum Sight {
    case thing(Thing)
    /// A way out.
    case exit(Thing)
    /// Something a place's description speaks of, with its own description.
    case scenery(String)
    /// Where one is.
    case here
}

/// Where one can go.
package enum Way {
    case direction(Direction)
    case exit(Thing)
    /// Somewhere farther, where one has been before.
    case place(Thing)
}
