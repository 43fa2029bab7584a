import Basics
import WorldLanguage
import WorldModel

/// One text that a character in play was told.
struct PlayEvent {
    /// Counts up by one from 1, for each character.
    fileprivate(set) var number: UInt64
    /// The turn that has to be durable before anybody sees it.
    let sequence: UInt64
    let time: WallInstant
    let category: MessageCategory
    let text: StyledText
    /// Whose words it tells, apart from the text; nil when it is nobody's.
    let utterance: Utterance?
    /// Whether the archive keeps it, so that it outlives the process.
    let isKept: Bool
}

/// What a character was told and some door has not delivered yet: a bounded ring.
///
/// Doors read it from where they are, and their numbers outlive what falls out of it. What merely shows how things are, as
/// a room or a list, has no place in it: whoever missed that looks again.
///
/// - Isolation: none; a value type. Empty, it holds no memory of its own.
/// - Limits: as ``KeptEvents``; the oldest go first and are counted.
/// - Complexity: appending is amortised O(1), reading from a number on is O(1).
/// - SeeAlso: `GatewayCoreTests/EventLogTests`.
struct EventLog {
    /// Their numbers follow one another without gaps.
    private(set) var events: [PlayEvent] = []
    /// The number of the newest event.
    private(set) var last: UInt64 = 0
    /// The newest event that was delivered at some door.
    private(set) var delivered: UInt64 = 0
    private var byteCount = 0

    init() {}

    /// Takes up what a store has kept; all of it is durable, and none of it delivered.
    init(_ kept: KeptEvents) {
        last = UInt64(clamping: kept.missing)
        for event in kept.events { append(event) }
    }

    /// Whether nothing is here any more that a door might want.
    var isEmpty: Bool { events.isEmpty }

    /// Whether each event was delivered at some door.
    var isDelivered: Bool { delivered >= last }

    /// What is here of the events behind one.
    func events(after number: UInt64) -> ArraySlice<PlayEvent> {
        guard let first = events.first?.number, number >= first else { return events[...] }
        return events.dropFirst(min(Int(clamping: number - first), events.count) + 1)
    }

    /// How many events behind one are not here any more.
    func missingCount(after number: UInt64) -> Int {
        let before = events.first.map { $0.number - 1 } ?? last
        return before > number ? Int(clamping: before - number) : 0
    }

    /// Adds an event, unless it is of a kind that nobody wants to be told later.
    ///
    /// - Returns: Its number; nil when it was not added.
    @discardableResult
    mutating func append(
        _ text: StyledText, _ category: MessageCategory, _ utterance: Utterance? = nil, after sequence: UInt64,
        at time: WallInstant, isKept: Bool
    ) -> UInt64? {
        guard category.isRepeated else { return nil }
        last += 1
        add(
            PlayEvent(
                number: last, sequence: sequence, time: time, category: category, text: text, utterance: utterance,
                isKept: isKept))
        if events.count > KeptEvents.capacity || byteCount > KeptEvents.byteCapacity { shed() }
        return last
    }

    private mutating func append(_ event: KeptEvent) {
        append(event.text, Self.category(of: event), event.utterance, after: 0, at: event.time, isKept: true)
    }

    /// Of one that this version does not know, that of the server's words.
    private static func category(of event: KeptEvent) -> MessageCategory {
        MessageCategory(rawValue: event.category) ?? .system
    }

    private mutating func add(_ event: PlayEvent) {
        events.append(event)
        byteCount += event.text.byteCount
    }

    /// Puts in what the character was told apart from this, each in its place in time behind an event.
    ///
    /// - Parameters:
    ///   - others: They are durable already, and the oldest is first. However many, none falls out for another until
    ///     something is appended.
    ///   - number: Those up to it keep their numbers, because doors have them.
    mutating func merge(_ others: [KeptEvent], after number: UInt64) {
        if others.isEmpty { return }
        let later = events(after: number)
        events.removeLast(later.count)
        for event in later { byteCount -= event.text.byteCount }
        last -= UInt64(later.count)
        var rest = others.map {
            PlayEvent(
                number: 0, sequence: 0, time: $0.time, category: Self.category(of: $0), text: $0.text,
                utterance: $0.utterance, isKept: true)
        }[...]
        var merged: [PlayEvent] = []
        for event in later {
            let earlier = rest.prefix { $0.time < event.time }
            rest = rest.dropFirst(earlier.count)
            merged += earlier
            merged.append(event)
        }
        for var event in merged + rest {
            last += 1
            event.number = last
            add(event)
        }
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
        delivered = max(delivered, min(number, last))
    }

    /// No door wants the events up to one any more.
    mutating func forget(upTo number: UInt64) {
        let count = events.count - events(after: number).count
        if count == events.count {
            events = []
            byteCount = 0
        } else if count > 0 {
            for event in events.prefix(count) { byteCount -= event.text.byteCount }
            events.removeFirst(count)
        }
    }

    /// What of it a store keeps: what no door has delivered.
    var kept: KeptEvents {
        var kept = KeptEvents()
        kept.miss(missingCount(after: delivered))
        for event in events(after: delivered) where event.isKept {
            kept.append(
                KeptEvent(
                    time: event.time, category: event.category.rawValue, text: event.text, utterance: event.utterance))
        }
        return kept
    }
}
