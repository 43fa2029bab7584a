import Basics
import WorldLanguage
import WorldModel

/// One text that a character in play was told.
struct PlayEvent {
    /// Counts up by one from 1, for each character.
    let number: UInt64
    /// The turn that has to be durable before anybody sees it.
    let sequence: UInt64
    let time: WallInstant
    let category: MessageCategory
    let text: StyledText
    /// Whether the archive keeps it, so that it outlives the process.
    let isKept: Bool
}

/// What a character was told and no door has delivered yet: a bounded ring with a read cursor.
///
/// The cursor is the player's, not a door's: it stands behind the newest event that the peer of any door has taken. What one
/// door has shown is not shown again by another.
///
/// - Isolation: none; a value type. Empty, it holds no memory of its own.
/// - Limits: as ``KeptEvents``; the oldest go first and are counted.
/// - Complexity: appending is amortised O(1).
/// - SeeAlso: `GatewayCoreTests/EventLogTests`.
struct EventLog {
    private(set) var events: [PlayEvent] = []
    /// The number of the newest event.
    private(set) var last: UInt64 = 0
    /// The newest event that was delivered.
    private(set) var delivered: UInt64 = 0
    private var byteCount = 0

    init() {}

    /// Takes up what a store has kept; all of it is durable, and none of it delivered.
    init(_ kept: KeptEvents) {
        last = UInt64(clamping: kept.missing)
        for event in kept.events {
            append(
                event.text, MessageCategory(rawValue: event.category) ?? .system, after: 0, at: event.time, isKept: true
            )
        }
    }

    var isEmpty: Bool { events.isEmpty }

    /// How many events were neither delivered nor are here any more.
    var missingCount: Int { Int(clamping: (events.first?.number ?? last + 1) - 1 - delivered) }

    /// Adds an event.
    ///
    /// - Returns: Its number.
    @discardableResult
    mutating func append(
        _ text: StyledText, _ category: MessageCategory, after sequence: UInt64, at time: WallInstant, isKept: Bool
    ) -> UInt64 {
        last += 1
        events.append(
            PlayEvent(number: last, sequence: sequence, time: time, category: category, text: text, isKept: isKept))
        byteCount += text.byteCount
        if events.count > KeptEvents.capacity || byteCount > KeptEvents.byteCapacity { shed() }
        return last
    }

    /// Drops the oldest, some at a time, so that a flood does not move all of them for each.
    private mutating func shed() {
        var count = 0
        while count < events.count, count < events.count / 8 || byteCount > KeptEvents.byteCapacity {
            byteCount -= events[count].text.byteCount
            count += 1
        }
        events.removeFirst(count)
    }

    /// The peer of some door has everything up to an event.
    mutating func noteDelivered(upTo number: UInt64) {
        guard number > delivered else { return }
        delivered = min(number, last)
        let count = events.prefix { $0.number <= delivered }.count
        if count == events.count {
            events = []
            byteCount = 0
        } else if count > 0 {
            for event in events.prefix(count) { byteCount -= event.text.byteCount }
            events.removeFirst(count)
        }
    }

    /// What of it a store keeps.
    var kept: KeptEvents {
        var kept = KeptEvents()
        kept.miss(missingCount)
        for event in events where event.isKept {
            kept.append(KeptEvent(time: event.time, category: event.category.rawValue, text: event.text))
        }
        return kept
    }
}
