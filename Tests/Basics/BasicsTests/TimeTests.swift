import Basics
import Testing

@Suite struct TimeTests {
    @Test(arguments: [
        (Int64(0), "1970-01-01T00:00:00Z"), (951_782_400_000, "2000-02-29T00:00:00Z"),
        (1_795_412_460_000, "2026-11-23T05:41:00Z"), (-1, "1969-12-31T23:59:59Z"),
        (4_107_542_399_000, "2100-02-28T23:59:59Z"), (4_107_542_400_000, "2100-03-01T00:00:00Z"),
    ])
    func civilDates(_ milliseconds: Int64, _ text: String) {
        let instant = WallInstant(milliseconds: milliseconds)
        #expect(instant.description == text)
        #expect(instant.timeOfDay == text.dropFirst(11).prefix(5))
    }

    @Test(arguments: [
        (0, "a moment"), (1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (61, "1 minute 1 second"),
        (3600, "1 hour"), (3_660, "1 hour 1 minute"), (90_061, "1 day 1 hour"), (3605, "1 hour"),
    ])
    func spokenDurations(_ seconds: Int, _ text: String) {
        #expect(Duration.seconds(seconds).spoken == text)
    }

    @Test func instantsClampInsteadOfOverflowing() {
        let late = MonotonicInstant(nanoseconds: .max - 1)
        #expect(late.advanced(by: .seconds(10)).nanoseconds == .max)
        #expect(MonotonicInstant.zero.advanced(by: .seconds(Int64.max)).nanoseconds == .max)
        #expect(MonotonicInstant.zero.advanced(by: .milliseconds(3)).nanoseconds == 3_000_000)
        #expect(MonotonicInstant(nanoseconds: 5).duration(to: .zero) == .nanoseconds(-5))
        let (first, last) = (WallInstant(milliseconds: .min), WallInstant(milliseconds: .max))
        #expect(first.duration(to: last) == .milliseconds(Int64.max))
        #expect(last.duration(to: first) == .milliseconds(Int64.min))
    }
}
