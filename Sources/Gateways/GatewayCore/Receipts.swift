/// Which events the peer of one connection has taken, by the octets it has taken.
///
/// An event counts as delivered when the last octet of its text is.
///
/// - Isolation: none; a value type. With nothing under way it holds no memory of its own.
/// - SeeAlso: `GatewayCoreTests/EventLogTests`.
struct Receipts {
    /// An event and the octets of the connection up to the end of its text.
    private var underWay: [(event: UInt64, end: Int)] = []
    /// The newest event that was taken.
    private(set) var last: UInt64

    /// Begins behind an event.
    init(after event: UInt64 = 0) { last = event }

    var isEmpty: Bool { underWay.isEmpty }

    /// The newest event that was sent.
    var newest: UInt64 { underWay.last?.event ?? last }

    /// The text of an event ends behind `end` octets.
    mutating func expect(_ event: UInt64, at end: Int) { underWay.append((event, end)) }

    /// The peer has taken so many octets since the connection began.
    mutating func note(taken count: Int) {
        let done = underWay.prefix { $0.end <= count }
        guard let newest = done.last else { return }
        last = max(last, newest.event)
        if done.count == underWay.count { underWay = [] } else { underWay.removeFirst(done.count) }
    }
}
