import Basics
import Glibc
import ReactorCore
import ReactorTesting
import ReactorTestingTraits
import Testing

/// What very many delayed calls cost; `MUD_TIMERS` sets how many a long run has, such as a million.
@Suite(.leavesNothing) struct TimerCostTests {
    /// In which order nine of ten are cancelled.
    enum Order: CaseIterable {
        case oldestFirst
        case newestFirst
        case atRandom
    }

    private static var count: Int { getenv("MUD_TIMERS").flatMap { Int(String(cString: $0)) } ?? 50_000 }

    /// The steps that one operation may cost: sifting looks at one entry for each level, and each entry that is thrown out
    /// of the queue, or copied into a smaller one, was put in once.
    private static func limit(_ operations: Int, among count: Int) -> Int {
        operations * 2 * (Int.bitWidth - count.leadingZeroBitCount)
    }

    @Test(arguments: Order.allCases) func manyTimersOfWhichMostAreCancelled(order: Order) throws {
        let test = try TestReactor()
        let reactor = test.reactor
        let count = Self.count
        var generator = SeededGenerator(seed: 7)
        var made = 0
        var calls = (0..<count).map { _ in
            reactor.callLater(.milliseconds(Int.random(in: 1...1_000_000, using: &generator))) { made += 1 }
        }
        let scheduling = reactor.timerStepCount
        #expect(scheduling <= Self.limit(count, among: count))
        #expect(reactor.timerCapacity >= count)

        switch order {
        case .oldestFirst: break
        case .newestFirst: calls.reverse()
        case .atRandom: calls.shuffle(using: &generator)
        }
        let cancelled = count / 10 * 9
        for call in calls[..<cancelled] { call.cancel() }
        calls = []
        let cancelling = reactor.timerStepCount - scheduling
        // A compaction costs the whole queue, so the cancels before it pay for it together.
        #expect(cancelling <= Self.limit(cancelled, among: count))
        #expect(reactor.delayedCallCount == count - cancelled)
        #expect(reactor.timerCapacity <= count / 2, "the memory of the cancelled is given back")

        test.advance(by: .seconds(1000))
        let making = reactor.timerStepCount - scheduling - cancelling
        #expect(made == count - cancelled)
        #expect(making <= Self.limit(count - cancelled, among: count))
        #expect(reactor.timerCapacity <= 2048 && test.leftovers.isEmpty)
    }

    /// As a time-out that every octet puts off.
    @Test func movingACallLaterCostsNothing() throws {
        let test = try TestReactor()
        let calls = (0..<1000).map { _ in test.reactor.callLater(.seconds(60)) {} }
        let before = test.reactor.timerStepCount
        for _ in 0..<100 { for call in calls { call.reset(.seconds(60)) } }
        #expect(test.reactor.timerStepCount == before)
        for call in calls { call.cancel() }
    }
}
