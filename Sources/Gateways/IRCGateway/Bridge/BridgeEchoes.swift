import Basics

/// The lines that bridges have sent of late, so that one that comes round is known for what it is.
///
/// Whatever another relay puts before a line, the line itself still begins with `<name>` or `* name`, or stands behind a name of
/// its own when it is the rest of a long one. Each place in a text that arrives where it may begin is looked up, so that it is
/// enough for the end of the text to be the whole of a line that was sent.
///
/// - Isolation: none; a value type. Time is a parameter.
/// - Limits: ``most`` lines, each for ``age``; ``mostBeginnings`` of a text are looked at.
/// - Complexity: linear in the text.
struct BridgeEchoes {
    /// Lines that are remembered.
    static let most = 2000
    /// How long a line can be on its way round.
    static let age = Duration.seconds(120)
    /// Places in a text where a line may begin.
    static let mostBeginnings = 8
    /// Octets that the rest of a long line has at least to be remembered: shorter ones anybody may say.
    static let leastRest = 16

    private var times: [String: MonotonicInstant] = [:]
    private var order: [(essence: String, at: MonotonicInstant)] = []
    private var first = 0

    /// Remembers a line that is sent.
    mutating func note(_ line: String, at now: MonotonicInstant) {
        let essence = BridgeText.essence(line)
        let isWhole = essence.hasPrefix("<") || essence.hasPrefix("*")
        guard isWhole || essence.utf8.count >= Self.leastRest else { return }
        times[essence] = now
        order.append((essence, now))
        while first < order.count, order.count - first > Self.most || order[first].at.duration(to: now) > Self.age {
            let old = order[first]
            if times[old.essence] == old.at { times[old.essence] = nil }
            first += 1
        }
        if first * 2 > order.count {
            order.removeFirst(first)
            first = 0
        }
    }

    /// Whether a text that arrives is a line that was sent, with or without something before it.
    func contains(_ text: String, at now: MonotonicInstant) -> Bool {
        if times.isEmpty { return false }
        var places: [String.Index] = [text.startIndex]
        var place = text.startIndex
        while place < text.endIndex, places.count < Self.mostBeginnings {
            let next = text.index(after: place)
            if place > text.startIndex, text[place] == "<" || text[place] == "*" { places.append(place) }
            if text[place] == ">", next < text.endIndex { places.append(next) }
            place = next
        }
        return places.contains { place in
            guard let sent = times[BridgeText.essence(text[place...])] else { return false }
            return sent.duration(to: now) <= Self.age
        }
    }
}
