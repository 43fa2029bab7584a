package import Basics

/// Something a character in play was told, as the store keeps it.
package struct KeptEvent: Hashable, Sendable {
    package var time: WallInstant
    /// The stored name of its kind; one that this version does not know is nobody's loss.
    package var category: String
    package var text: StyledText
    /// Whose words it tells, apart from the text; nil when it is nobody's, or was kept by a version that did not have this.
    package var utterance: Utterance?

    package init(time: WallInstant, category: String, text: StyledText, utterance: Utterance? = nil) {
        self.time = time
        self.category = category
        self.text = text
        self.utterance = utterance
    }
}

/// What a character was told while nobody read it: the content of the property `told`.
///
/// ```text
///   list: number of earlier ones that are gone · events
///   event: list: milliseconds since 1970 · category · styled text · utterance, if it tells somebody's words
/// ```
///
/// A character that has this property, however empty, misses nothing of what is kept: the store appends to it whatever the
/// turns of the log told the character, when it folds them. One that has it not has a reader, and the log alone will do.
///
/// - Limits: ``capacity`` events of ``byteCapacity`` octets together; the oldest go first and are counted.
/// - SeeAlso: `WorldModelTests/KeptEventsTests`.
package struct KeptEvents: Hashable, Sendable {
    package static let capacity = 1000
    /// In octets of their texts.
    package static let byteCapacity = 256 * 1024
    /// How long a peer may take to confirm what it was sent before the store is to keep it; it takes up to twice as long to
    /// be seen, so that the store folds what was told no sooner than in ``foldDelay``.
    package static let confirmationTime = Duration.milliseconds(100)
    /// How long turns stay in the log alone, from which a crash still tells what was told: twice ``confirmationTime``, and
    /// half of it for a loop that is late.
    package static let foldDelay = confirmationTime * 5 / 2

    package private(set) var events: [KeptEvent] = []
    /// How many were told before those, and are gone.
    package private(set) var missing = 0
    private var byteCount = 0

    package init() {}

    package mutating func append(_ event: KeptEvent) {
        events.append(event)
        byteCount += event.text.byteCount
        if events.count <= Self.capacity, byteCount <= Self.byteCapacity { return }
        var count = 0
        // Some at a time, so that a flood does not move all of them for each.
        while count < events.count, count < events.count / 8 || byteCount > Self.byteCapacity {
            byteCount -= events[count].text.byteCount
            count += 1
        }
        events.removeFirst(count)
        miss(count)
    }

    package mutating func append(_ others: KeptEvents) {
        if others.missing > 0 {
            miss(events.count)
            miss(others.missing)
            events = []
            byteCount = 0
        }
        for event in others.events { append(event) }
    }

    /// Counts some that are gone before all others.
    package mutating func miss(_ count: Int) {
        let (sum, overflow) = missing.addingReportingOverflow(count)
        missing = overflow ? .max : sum
    }
}

extension KeptEvents: PropertyContent {
    /// What is of another form is left out.
    package init?(_ value: Value) {
        guard case .list(let values) = value, case .int(let missing)? = values.first else { return nil }
        self.missing = max(0, Int(clamping: missing))
        for case .list(let parts) in values.dropFirst() {
            guard (3...4).contains(parts.count), case .int(let time) = parts[0], case .text(let category) = parts[1],
                let text = StyledText(parts[2])
            else { continue }
            let utterance = parts.count > 3 ? Utterance(parts[3], beside: text) : nil
            append(
                KeptEvent(
                    time: WallInstant(milliseconds: time), category: category, text: text, utterance: utterance))
        }
    }

    package var value: Value {
        .list([.int(Int64(missing))] + events.map(\.value))
    }
}

extension KeptEvent {
    fileprivate var value: Value {
        let event: [Value] = [.int(time.milliseconds), .text(category), .styled(text)]
        return .list(utterance.map { event + [$0.value(beside: text)] } ?? event)
    }
}

extension StyledText {
    /// The octets of its text, and some for what holds them.
    package var byteCount: Int { runs.reduce(16) { $0 + $1.text.utf8.count + 8 } }
}

extension Property where Content == KeptEvents {
    /// Of a character whose player may not read what it is told: that; see ``KeptEvents``.
    package static var told: Self { Self(.told, KeptEvents()) }
}
