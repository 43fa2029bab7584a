/// Octets on their way out: one array and the position of the first unsent octet.
///
/// An empty queue holds no memory. An array appended to an empty queue is taken as it is, so that one
/// array may be queued on many connections without a copy.
package struct OutboundQueue {
    /// Below this many sent octets, moving the rest to the front is not worth it.
    private static let compactionThreshold = 65_536

    private var bytes: [UInt8] = []
    private var head = 0

    /// Makes an empty queue.
    package init() {}

    /// The number of unsent octets.
    package var count: Int { bytes.count - head }

    /// Whether everything was sent.
    package var isEmpty: Bool { head == bytes.count }

    /// Adds octets; an empty queue takes the array as it is.
    package mutating func append(_ more: [UInt8]) {
        if bytes.isEmpty { bytes = more } else { bytes.append(contentsOf: more) }
    }

    /// Adds a copy of octets.
    package mutating func append(_ more: Span<UInt8>) {
        unsafe more.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }

    /// Calls `body` with everything that waits, in one piece.
    package func withUnsent<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        unsafe bytes.withUnsafeBytes { unsafe body(UnsafeRawBufferPointer(rebasing: $0[head...])) }
    }

    /// Forgets the first `count` octets, which were sent.
    package mutating func removeFirst(_ count: Int) {
        head += count
        if head == bytes.count {
            bytes = []
            head = 0
        } else if head >= Self.compactionThreshold, head > bytes.count / 2 {
            bytes.removeFirst(head)
            head = 0
        }
    }

    /// Forgets everything.
    package mutating func removeAll() {
        bytes = []
        head = 0
    }
}
