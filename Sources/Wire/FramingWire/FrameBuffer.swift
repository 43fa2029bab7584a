/// Octets that were received and not yet taken: one array and the position of the first of them.
///
/// Every octet is copied in once and moved at most a constant number of times on average, however the
/// input is cut. An empty buffer holds at most the octets of memory it is made for.
struct FrameBuffer: ~Copyable {
    /// The memory an empty buffer may keep unless told otherwise, in octets; our choice, so that idle connections stay small.
    static let idleCapacity = 1024

    /// The memory this one may keep while it is empty, in octets.
    private let idleCapacity: Int

    /// Below this many taken octets, moving the rest to the front is not worth it.
    private static let compactionThreshold = 4096

    private var storage: [UInt8] = []
    private var head = 0

    /// The octets copied into the buffer or moved within it so far, for proving that the cost is linear.
    private(set) var movedCount = 0

    init(idleCapacity: Int = Self.idleCapacity) { self.idleCapacity = idleCapacity }

    /// The number of octets that wait.
    var count: Int { storage.count - head }

    /// The octet `offset` after the first one that waits.
    subscript(offset: Int) -> UInt8 { storage[head + offset] }

    mutating func append(_ bytes: Span<UInt8>) {
        compact()
        movedCount &+= bytes.count
        bytes.withUnsafeBufferPointer { storage.append(contentsOf: $0) }
    }

    /// The offset of the first `octet` in `range`, or nil.
    func firstOffset(of octet: UInt8, in range: Range<Int>) -> Int? {
        storage.withUnsafeBytes { bytes in
            let place = head + range.lowerBound..<head + range.upperBound
            return OctetSearch.firstIndex(of: octet, in: bytes, place).map { $0 - head }
        }
    }

    /// Whether the octets just before `end` are these.
    func hasSuffix(_ suffix: [UInt8], before end: Int) -> Bool {
        guard end >= suffix.count else { return false }
        var place = head + end - suffix.count
        for octet in suffix {
            if storage[place] != octet { return false }
            place += 1
        }
        return true
    }

    /// A copy of the octets in `range`.
    func copy(_ range: Range<Int>) -> [UInt8] {
        Array(storage[head + range.lowerBound..<head + range.upperBound])
    }

    /// Calls `body` with the octets in `range`, where they are.
    func withOctets<Value>(_ range: Range<Int>, _ body: (Span<UInt8>) throws -> Value) rethrows -> Value {
        try body(storage.span.extracting(head + range.lowerBound..<head + range.upperBound))
    }

    mutating func removeFirst(_ count: Int) {
        head += count
        if head == storage.count { removeAll() }
    }

    mutating func removeAll() {
        storage.removeAll(keepingCapacity: storage.capacity <= idleCapacity)
        head = 0
    }

    private mutating func compact() {
        guard head >= Self.compactionThreshold, head > storage.count / 2 else { return }
        storage.removeFirst(head)
        head = 0
        movedCount &+= storage.count
    }
}
