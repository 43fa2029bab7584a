import Basics
import CredentialCore
import ReactorCore

/// How far a door has got in the log of a character.
struct DoorCursor {
    /// The newest event that it has delivered.
    var event: UInt64
    /// Since when nobody has read at it; nil when that is not known.
    var since: MonotonicInstant?
}

/// Where a connection comes from, as far as one that returns can be known by it.
struct DoorPlace: Hashable {
    private let door: String
    private let source: String

    init(_ session: Session) {
        door = session.door.name
        source = GuessBudget.sourceKey(session.door.source)
    }
}
