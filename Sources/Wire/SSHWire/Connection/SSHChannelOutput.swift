/// Octets that wait on one channel until the peer takes them, in runs of the same stream.
///
/// - Complexity: amortised O(1) for each octet, however small the pieces are in which it leaves.
struct SSHChannelOutput {
    private struct Run {
        var stream: SSHChannelStream
        var end: Int
    }

    /// Below this many octets that have left, moving the rest to the front is not worth it.
    private static let compactionThreshold = 65_536

    private var octets: [UInt8] = []
    private var head = 0
    /// Where runs end in `octets`; the last one is where all of it ends.
    private var runs: [Run] = []
    private var firstRun = 0

    var count: Int { octets.count - head }
    var isEmpty: Bool { head == octets.count }

    mutating func append(_ more: Span<UInt8>, stream: SSHChannelStream) {
        if more.isEmpty { return }
        more.withUnsafeBufferPointer { octets.append(contentsOf: $0) }
        if let last = runs.last, last.stream == stream, runs.count > firstRun {
            runs[runs.count - 1].end = octets.count
        } else {
            runs.append(Run(stream: stream, end: octets.count))
        }
    }

    /// The stream of the next octets, and how many there are of it; nil when nothing waits.
    var next: (stream: SSHChannelStream, count: Int)? {
        if isEmpty { return nil }
        let run = runs[firstRun]
        return (run.stream, run.end - head)
    }

    func withFirst<Value>(_ count: Int, _ body: (Span<UInt8>) -> Value) -> Value {
        body(octets.span.extracting(head..<head + count))
    }

    /// Forgets octets of the next run.
    mutating func removeFirst(_ count: Int) {
        head += count
        if firstRun < runs.count, runs[firstRun].end <= head { firstRun += 1 }
        if head == octets.count { return removeAll() }
        if head < Self.compactionThreshold || head <= octets.count / 2 { return }
        octets.removeFirst(head)
        runs.removeFirst(firstRun)
        for index in runs.indices { runs[index].end -= head }
        (head, firstRun) = (0, 0)
    }

    mutating func removeAll() {
        octets = []
        runs = []
        (head, firstRun) = (0, 0)
    }
}
