/// Text of one session that waits until the turns it tells of are durable.
///
/// - Isolation: none; a value type.
/// - Complexity: appending is amortised O(*n*) in the octets, releasing is O(*m*) in the marks.
/// - SeeAlso: `GatewayCoreTests/OutputQueueTests`.
package struct OutputQueue {
    /// Up to `end`, the text may be seen when `sequence` is durable.
    private struct Mark {
        var sequence: UInt64
        var end: Int
    }

    private var bytes: [UInt8] = []
    private var marks: [Mark] = []
    /// An emptied buffer larger than this is given back, so that idle sessions hold next to nothing.
    private static let keptCapacity = 512

    package init() {}

    package var isEmpty: Bool { bytes.isEmpty }
    package var count: Int { bytes.count }

    /// Whether something waits for a turn after `durable`.
    package func isHeld(above durable: UInt64) -> Bool {
        marks.last.map { $0.sequence > durable } ?? false
    }

    /// Adds text that may be seen when `sequence` is durable, and not before anything added earlier.
    package mutating func append(_ text: borrowing [UInt8], after sequence: UInt64) {
        bytes.append(contentsOf: copy text)
        mark(sequence)
    }

    /// Adds text written by `body` directly into the queue's buffer.
    package mutating func append(after sequence: UInt64, _ body: (inout [UInt8]) -> Void) {
        body(&bytes)
        mark(sequence)
    }

    private mutating func mark(_ sequence: UInt64) {
        if let last = marks.indices.last, marks[last].sequence >= sequence {
            marks[last].end = bytes.count
        } else {
            marks.append(Mark(sequence: sequence, end: bytes.count))
        }
    }

    /// Hands over everything that may be seen once `durable` is durable, in order.
    ///
    /// - Parameters:
    ///   - durable: The last durable turn.
    ///   - send: Called at most once, and not with an empty array.
    package mutating func release(upTo durable: UInt64, _ send: (borrowing [UInt8]) -> Void) {
        guard let last = marks.last else { return }
        if last.sequence <= durable {
            send(bytes)
            if bytes.capacity > Self.keptCapacity { bytes = [] } else { bytes.removeAll(keepingCapacity: true) }
            marks.removeAll(keepingCapacity: true)
            return
        }
        guard let blocked = marks.firstIndex(where: { $0.sequence > durable }), blocked > 0 else { return }
        let end = marks[blocked - 1].end
        send(Array(bytes[..<end]))
        bytes.removeSubrange(..<end)
        marks.removeSubrange(..<blocked)
        for index in marks.indices { marks[index].end -= end }
    }

    /// Forgets everything; for a session that is gone.
    package mutating func discard() {
        bytes = []
        marks = []
    }
}
