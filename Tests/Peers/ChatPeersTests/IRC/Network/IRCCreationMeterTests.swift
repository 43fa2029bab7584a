import Basics
import Testing

@testable import ChatPeers

struct IRCCreationMeterTests {
    private func second(_ seconds: Int64) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: seconds * 1_000_000_000)
    }

    @Test func eachSourceMakesSoManyInAWhile() {
        var meter = IRCCreationMeter(limit: 2, window: .seconds(60))
        #expect(meter.charge("a", now: second(0)) && meter.charge("a", now: second(30)))
        #expect(!meter.charge("a", now: second(59)) && meter.charge("b", now: second(59)))
        #expect(meter.charge("a", now: second(60)) == true)
    }

    @Test func noMoreSourcesAreRememberedThanItHasRoomFor() {
        var meter = IRCCreationMeter(limit: 1, window: .seconds(60))
        for number in 0..<IRCCreationMeter.sourceLimit { #expect(meter.charge("\(number)", now: second(0)) == true) }
        #expect(!meter.charge("new", now: second(59)) && meter.charge("new", now: second(60)))
    }
}
