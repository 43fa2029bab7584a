/// Octets on their way out: one array and the position of the first unsent octet.
///
/// An empty queue holds no memory. An array appended to an empty queue is taken as it is, so that one
/// array may be queued on many connections without a copy.
struct OutboundQueue {
    /// Below this many sent octets, moving the rest to the front is not worth it.
    private static let compactionThreshold = 65_536

    private var bytes: [UInt8] = []
    private var head = 0

    var count: Int { bytes.count - head }

    var isEmpty: Bool { head == bytes.count }

    mutating func append(_ more: [UInt8]) {
        if bytes.isEmpty { bytes = more } else { bytes.append(contentsOf: more) }
    }

    mutating func append(_ more: Span<UInt8>) {
        unsafe more.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }

    /// Calls `body` with everything that waits, in one piece.
    func withUnsent<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        unsafe bytes.withUnsafeBytes { unsafe body(UnsafeRawBufferPointer(rebasing: $0[head...])) }
    }

    /// Forgets the first `count` octets, which were sent.
    mutating func removeFirst(_ count: Int) {
        head += count
        if head == bytes.count {
            bytes = []
            head = 0
        } else if head >= Self.compactionThreshold, head > bytes.count / 2 {
            bytes.removeFirst(head)
            head = 0
        }
    }

    mutating func removeAll() {
        bytes = []
        head = 0
    }
}
