import Basics
import Testing

@testable import ChatPeers

struct IRCPaceTests {
    private func second(_ seconds: Double) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: Int64(seconds * 1_000_000_000))
    }

    @Test func aBurstIsTakenAtOnceAndThenTwoASecond() {
        let pace = IRCPace(burst: 5, perSecond: 2)
        var meter = IRCPaceMeter()
        for _ in 0..<4 { #expect(meter.count(pace, now: second(10)) == nil) }
        #expect(meter.count(pace, now: second(10)) == .milliseconds(500))
        #expect(meter.count(pace, now: second(10.5)) == .milliseconds(500))
        #expect(meter.count(pace, now: second(11.25)) == .milliseconds(250))
    }

    @Test func aSilenceSavesUpNoMoreThanABurst() {
        let pace = IRCPace(burst: 3, perSecond: 1)
        var meter = IRCPaceMeter()
        for start in [0, 1000] as [Double] {
            for _ in 0..<2 { #expect(meter.count(pace, now: second(start)) == nil) }
            #expect(meter.count(pace, now: second(start)) == .seconds(1))
        }
    }

    @Test func tenThousandRequestsTakeAsLongAsTheirRateSays() {
        let pace = IRCPace(burst: 5, perSecond: 2)
        var meter = IRCPaceMeter()
        var now = second(0)
        for _ in 0..<10_000 {
            if let wait = meter.count(pace, now: now) { now = now.advanced(by: wait) }
        }
        #expect(second(0).duration(to: now) == .milliseconds((10_000 - 4) * 500))
    }

    @Test func linesOfOneBatchCountTogether() {
        let pace = IRCPace(burst: 5, interval: .seconds(2))
        var meter = IRCPaceMeter()
        #expect(meter.wait(pace, now: second(1)) == nil && meter.isWhole(second(1)))
        #expect(meter.count(pace, lines: 7, now: second(1)) == .seconds(6))
        let allowed = [6.5, 7].map { meter.allows(pace, now: second($0)) }
        #expect(allowed == [false, true])
        #expect(meter.wait(pace, now: second(7)) == .seconds(2))
        meter.forgive()
        #expect(meter.wait(pace, now: second(7)) == nil)
    }

    @Test func whatHasNoLimitNeverWaits() {
        var meter = IRCPaceMeter()
        for _ in 0..<100 { #expect(meter.count(.unlimited, lines: .max, now: second(1)) == nil) }
    }

    @Test(arguments: [Int64.min, -1, 0, Int64.max - 1, .max])
    func noTimeTraps(nanoseconds: Int64) {
        var meter = IRCPaceMeter()
        for _ in 0..<10 { _ = meter.count(IRCPace(burst: .max, perSecond: 0), now: .init(nanoseconds: nanoseconds)) }
        _ = meter.count(IRCPace(burst: .min, perSecond: .max), now: .init(nanoseconds: .max))
    }
}
