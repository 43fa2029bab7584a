import Basics
import ReactorCore
import WorldLanguage
import WorldModel

/// The mind of a character in play: the doors its player sits at, and the log of what it was told.
///
/// A ``Session`` is one connection; several may be attached to one of these, and what the character is told goes to all of them.
/// Without any, the character stands in the world and its log fills.
///
/// Each door has a cursor of its own, the newest event that its peer has taken, and what is replayed at a door is what was
/// committed and not delivered there:
///
/// - *delivered* means that the peer's system has confirmed the last octet of a text; what was under way when a connection
///   broke comes again rather than not at all;
/// - a connection that was lost leaves its cursor at its place, which is the name of the door and the source of the peer. The
///   next one from there goes on from it, also when other doors have shown more meanwhile; of several that were lost at one
///   place, it goes on from the newest cursor. A cursor waits as long as a body without a player;
/// - any other connection goes on from the newest event that some door has delivered: to its player, the rest is no news;
/// - a door whose peer falls behind is not told what it has no room for. It reads that from the log as soon as it has caught
///   up, and its lines wait for that;
/// - each event is replayed whole and in order; what has fallen out of the log is counted. Who came and went is not replayed
///   to those who were away for more than ``trifleTime``, and what merely shows how things are is not in the log;
/// - what the archive keeps outlives the process: whatever a turn that changed something told, and whatever told others than
///   the one who acted, such as speech. It is the player's, not a door's: what some door has delivered is not kept. The
///   answer to a mere question is kept in memory alone, so that looking never writes;
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
    /// What was told to the character and by it, for clients that ask for it again.
    var privateTalk = PrivateTalk()
    /// Of connections that were lost.
    private var cursors: [DoorPlace: DoorCursor] = [:]
    /// When the last door was let go; nil when that is not known.
    private var leftAt: MonotonicInstant?
    /// How long the log may be before somebody asks what of it was delivered.
    private var patience = PlaySession.leastPatience

    private static let leastPatience = 64
    /// How long one may be away and still want to know who came and went.
    static let trifleTime = Duration.seconds(60)

    init(_ persona: Thing) {
        self.persona = persona
        log = EventLog(persona[.told])
        isKept = persona.value(of: PropertyKey(.told)) != nil
    }

    var isAttended: Bool { !doors.isEmpty }

    /// Attaches a door, which is to be shown what is behind its cursor.
    ///
    /// - Returns: The cursor.
    func attach(_ session: Session) -> DoorCursor {
        settle()
        let new = DoorCursor(event: log.delivered, since: isAttended ? nil : leftAt)
        let cursor = cursors.removeValue(forKey: DoorPlace(session)) ?? new
        if doors.isEmpty { arrival = session.number }
        doors.append(session)
        session.readOn(after: cursor.event)
        return cursor
    }

    /// Lets a door go; what its peer has taken stays delivered.
    ///
    /// - Parameters:
    ///   - session: The door.
    ///   - isLost: Whether nobody wanted it to end, so that its player may come back.
    ///   - now: The time.
    /// - Returns: Whether it was attached.
    func detach(_ session: Session, isLost: Bool, at now: MonotonicInstant) -> Bool {
        guard let index = doors.firstIndex(where: { $0 === session }) else { return false }
        settle()
        doors.remove(at: index)
        if isLost { keep(DoorCursor(event: session.newestTakenEvent(), since: now), for: DoorPlace(session)) }
        if doors.isEmpty { leftAt = now }
        return true
    }

    private func keep(_ cursor: DoorCursor, for place: DoorPlace) {
        let newest = max(cursor.event, cursors[place]?.event ?? 0)
        cursors[place] = DoorCursor(event: newest, since: cursor.since)
        if cursors.count <= SessionLimits.doorsPerCharacter { return }
        guard let oldest = cursors.min(by: { ($0.value.since ?? .zero) < ($1.value.since ?? .zero) }) else { return }
        cursors[oldest.key] = nil
    }

    /// Keeps the cursors no longer of connections that were lost longer ago than a time.
    func forgetCursors(olderThan limit: Duration, at now: MonotonicInstant) {
        if cursors.isEmpty { return }
        cursors = cursors.filter { ($0.value.since ?? .zero).duration(to: now) < limit }
        settle()
    }

    /// Adds an event to the log.
    ///
    /// - Returns: Its number; nil when it is not to be told later.
    func append(
        _ delivery: Delivery, after sequence: UInt64, at time: WallInstant, isKept: Bool
    ) -> UInt64? {
        if log.events.count >= patience {
            settle()
            patience = max(Self.leastPatience, log.events.count * 2)
        }
        return log.append(
            delivery.text, delivery.category, delivery.utterance, after: sequence, at: time, isKept: isKept)
    }

    /// The log with what the character was told apart from it, each in its place in time as far as no door is past that.
    func log(with others: [KeptEvent]) -> EventLog {
        settle()
        var log = log
        let shown = doors.map { $0.newestToldEvent } + cursors.values.map(\.event)
        log.merge(others, after: max(log.delivered, shown.max() ?? 0))
        return log
    }

    /// Puts what ``log(with:)`` gave in the place of the log.
    func use(_ log: EventLog) { self.log = log }

    /// Moves the cursors to what the doors have delivered, and forgets what is behind none of them.
    func settle() {
        if log.isEmpty, log.isDelivered { return }
        var wanted = UInt64.max
        for door in doors {
            let taken = door.newestTakenEvent()
            log.noteDelivered(upTo: taken)
            wanted = min(wanted, taken)
        }
        for cursor in cursors.values { wanted = min(wanted, cursor.event) }
        log.forget(upTo: min(wanted, log.delivered))
    }

    /// How long ago the player did something at any door.
    func idle(at now: MonotonicInstant) -> Duration {
        doors.map { $0.lastInputAt.duration(to: now) }.min() ?? .zero
    }

    /// The door that was used last.
    var latestDoor: Session? { doors.max { $0.lastInputAt < $1.lastInputAt } }
}
