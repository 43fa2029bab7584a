import Basics
import WorldLanguage
import WorldModel

/// The mind of a character in play: the doors its player sits at, and the log of what it was told.
///
/// A ``Session`` is one connection; several may be attached to one of these, and what the character is told goes to all of them.
/// Without any, the character stands in the world and its log fills.
///
/// What is replayed at the next door is what was committed and not delivered:
///
/// - *delivered* means that the peer's system has confirmed the last octet of a text, at whichever door was first; what was under
///   way when a connection broke comes again rather than not at all;
/// - each event is replayed whole and in order, once; one that was cut by the loss of a connection comes again;
/// - what the archive keeps outlives the process: whatever a turn that changed something told, and whatever told others than
///   the one who acted, such as speech. The answer to a mere look is kept in memory alone, so that looking never writes;
/// - after a crash the log cannot tell what was read in its last moments, so that some of it may come twice, and says so.
///
/// - Isolation: belongs to the reactor's thread.
final class PlaySession {
    let persona: Thing
    private(set) var doors: [Session] = []
    private(set) var log: EventLog
    /// Whether the store keeps what the player does not read: the character has the property `told`.
    var isKept: Bool
    /// Whether some of the log may have been read before a crash.
    var mayRepeat = false
    /// The number of the last event that a door was shown again and has not confirmed yet, while the store keeps it.
    var replayed: UInt64?
    /// The number of the first session of those that are attached now; orders players by arrival.
    private(set) var arrival: UInt64 = 0
    /// How long the log may be before somebody asks what of it was delivered.
    private var patience = PlaySession.leastPatience

    private static let leastPatience = 64

    init(_ persona: Thing) {
        self.persona = persona
        log = EventLog(persona[.told])
        isKept = persona.value(of: PropertyKey(.told)) != nil
    }

    var isAttended: Bool { !doors.isEmpty }

    func attach(_ session: Session) {
        if doors.isEmpty { arrival = session.number }
        doors.append(session)
    }

    /// Lets a door go; what its peer has taken stays delivered.
    ///
    /// - Returns: Whether it was attached.
    func detach(_ session: Session) -> Bool {
        guard let index = doors.firstIndex(where: { $0 === session }) else { return false }
        settle()
        doors.remove(at: index)
        return true
    }

    /// Adds an event to the log.
    ///
    /// - Returns: Its number.
    func append(
        _ delivery: Delivery, after sequence: UInt64, at time: WallInstant, isKept: Bool
    ) -> UInt64 {
        if log.events.count >= patience {
            settle()
            patience = max(Self.leastPatience, log.events.count * 2)
        }
        return log.append(delivery.text, delivery.category, after: sequence, at: time, isKept: isKept)
    }

    /// Moves the cursor to the newest event that a door has delivered.
    func settle() {
        if log.isEmpty { return }
        for door in doors { log.noteDelivered(upTo: door.newestTakenEvent()) }
    }

    /// How long ago the player did something at any door.
    func idle(at now: MonotonicInstant) -> Duration {
        doors.map { $0.lastInputAt.duration(to: now) }.min() ?? .zero
    }

    /// The door that was used last.
    var latestDoor: Session? { doors.max { $0.lastInputAt < $1.lastInputAt } }
}
