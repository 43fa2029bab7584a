import Basics
import Testing

@testable import ChatPeers

@Suite("IRC send queue")
struct IRCSendQueueTests {
    private static func line(_ text: String) -> [UInt8] { Array("\(text)\r\n".utf8) }
    private static func at(_ milliseconds: Int64) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: milliseconds * 1_000_000)
    }

    /// Macros cannot call what changes a variable.
    private func put(
        _ line: [UInt8], _ priority: IRCClientPriority, in queue: inout IRCSendQueue, isTaken: Bool = true
    ) {
        let result = queue.append(line, priority)
        #expect(result == isTaken)
    }

    private func next(of queue: inout IRCSendQueue, _ now: MonotonicInstant) -> [UInt8]? { queue.next(at: now) }

    @Test("A burst goes at once, and the rest at the pace")
    func pace() {
        var queue = IRCSendQueue(pace: IRCPace(burst: 2, interval: .seconds(2)))
        for number in 0..<4 { put(Self.line("\(number)"), .message, in: &queue) }
        #expect(next(of: &queue, Self.at(0)) == Self.line("0"))
        #expect(next(of: &queue, Self.at(0)) == Self.line("1"))
        #expect(next(of: &queue, Self.at(0)) == nil)
        #expect(queue.delay(at: Self.at(500)) == .milliseconds(1500))
        #expect(next(of: &queue, Self.at(1999)) == nil)
        #expect(next(of: &queue, Self.at(2000)) == Self.line("2"))
        #expect(next(of: &queue, Self.at(3999)) == nil)
        #expect(next(of: &queue, Self.at(4000)) == Self.line("3"))
        #expect(queue.delay(at: Self.at(4000)) == nil)
        #expect(queue.isEmpty && queue.octetCount == 0)
    }

    @Test("Silence saves up no more than a burst")
    func silence() {
        var queue = IRCSendQueue(pace: IRCPace(burst: 2, interval: .seconds(2)))
        for number in 0..<4 { put(Self.line("\(number)"), .message, in: &queue) }
        #expect(next(of: &queue, Self.at(3_600_000)) != nil)
        #expect(next(of: &queue, Self.at(3_600_000)) != nil)
        #expect(next(of: &queue, Self.at(3_600_000)) == nil)
    }

    @Test("What matters more goes first")
    func priorities() {
        var queue = IRCSendQueue(pace: .ofClients)
        put(Self.line("reply"), .background, in: &queue)
        put(Self.line("hello"), .message, in: &queue)
        put(Self.line("there"), .message, in: &queue)
        put(Self.line("JOIN"), .command, in: &queue)
        put(Self.line("PONG"), .immediate, in: &queue)
        var sent: [[UInt8]] = []
        while let line = queue.next(at: Self.at(0)) { sent.append(line) }
        #expect(sent == ["PONG", "JOIN", "hello", "there", "reply"].map(Self.line))
    }

    @Test("An answer to PING does not wait, but counts")
    func immediate() {
        var queue = IRCSendQueue(pace: IRCPace(burst: 1, interval: .seconds(2)))
        put(Self.line("one"), .message, in: &queue)
        #expect(next(of: &queue, Self.at(0)) != nil)
        put(Self.line("two"), .message, in: &queue)
        put(Self.line("PONG"), .immediate, in: &queue)
        #expect(next(of: &queue, Self.at(0)) == Self.line("PONG"))
        #expect(next(of: &queue, Self.at(2000)) == nil)
        #expect(next(of: &queue, Self.at(4000)) == Self.line("two"))
    }

    @Test("It is bounded by lines and by octets")
    func bounds() {
        var queue = IRCSendQueue(pace: .ofClients)
        for _ in 0..<IRCSendQueue.mostLines { put([10], .message, in: &queue) }
        put([10], .immediate, in: &queue, isTaken: false)
        var other = IRCSendQueue(pace: .ofClients)
        put([UInt8](repeating: 65, count: IRCSendQueue.mostOctets + 1), .message, in: &other, isTaken: false)
        put([UInt8](repeating: 65, count: IRCSendQueue.mostOctets), .message, in: &other)
        put([65], .message, in: &other, isTaken: false)
    }

    @Test("Without a limit everything goes")
    func unlimited() {
        var queue = IRCSendQueue(pace: .unlimited)
        for _ in 0..<1000 { put([10], .message, in: &queue) }
        var count = 0
        while queue.next(at: .zero) != nil { count += 1 }
        #expect(count == 1000)
    }
}
