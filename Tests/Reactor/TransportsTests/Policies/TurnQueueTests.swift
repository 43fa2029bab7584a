import Basics
import ReactorCore
import ReactorTesting
import Testing

@testable import Transports

@Suite struct TurnQueueTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func keepsItsOrderWhenSomeLeave(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var queue = TurnQueue<Int>()
        var tags: [Int: UInt64] = [:]
        for element in 0..<100 {
            let tag = UInt64.random(in: 0..<1000, using: &generator)
            tags[element] = tag
            queue.append(element, tag: tag)
        }
        queue.removeAll { $0.isMultiple(of: 3) }
        #expect(queue.count == 66)
        var order: [Int] = []
        while let element = queue.popFirst() { order.append(element) }
        let wanted = (0..<100).filter { !$0.isMultiple(of: 3) }
            .sorted { (tags[$0, default: 0], $0) < (tags[$1, default: 0], $1) }
        #expect(order == wanted)
    }

    /// Peers that come and go while everybody waits leave nothing behind.
    @Test func whoLeavesIsSweptOut() throws {
        final class Waiter: RateSharer {
            var turnTag: UInt64 = 0
            var wantedCount = 1
            var isGone = false
            func takeTurn(_ count: Int) -> (used: Int, wantsMore: Bool) { (0, false) }
        }
        let test = try TestReactor()
        let rate = SharedRate(test.reactor, RateLimits.Rate(octetsPerSecond: 1), oneTurnPerPass: true)
        let first = Waiter()
        rate.charge(first, 1000)
        weak var last: Waiter?
        for _ in 0..<1000 {
            let waiter = Waiter()
            rate.wait(waiter)
            waiter.isGone = true
            rate.left()
            last = waiter
        }
        #expect(rate.waitingCount <= 32)
        for _ in 0..<40 {
            let waiter = Waiter()
            rate.wait(waiter)
            waiter.isGone = true
            rate.left()
        }
        #expect(last == nil)
        // One that wants nothing at present is not gone.
        let idle = Waiter()
        rate.wait(idle)
        idle.wantedCount = 0
        let count = rate.waitingCount
        for _ in 0..<100 {
            let waiter = Waiter()
            rate.wait(waiter)
            waiter.isGone = true
            rate.left()
        }
        #expect(count > 0 && rate.waitingCount > 0)
        weak var stillThere = idle
        #expect(stillThere != nil)
        stillThere = nil
    }
}
