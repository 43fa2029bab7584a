import ReactorCore
import ReactorTesting
import Testing

@Suite struct ReactorCountersTests {
    @Test func everyKindOfCallIsCounted() throws {
        let test = try TestReactor()
        let reactor = test.reactor
        for _ in 0..<3 { reactor.callLater(.seconds(1)) {} }
        reactor.mailbox.callFromThread { _ in }
        reactor.spawn {}
        test.advance(by: .seconds(1))
        #expect(test.run { reactor.counters.taskPieces >= 1 })
        #expect(reactor.counters.delayedCalls == 3)
        #expect(reactor.counters.mailboxCalls == 1)
        #expect(reactor.counters.passes == reactor.counters.passTimes.counts.reduce(0, +))
    }

    static let classes: [(Duration, Int)] = [
        (.zero, 0), (.nanoseconds(999), 0), (.microseconds(1), 1), (.microseconds(2), 2), (.microseconds(3), 2),
        (.microseconds(4), 3), (.milliseconds(1), 10), (.seconds(1), 20), (.seconds(100_000), 31), (.seconds(-5), 0),
    ]

    @Test(arguments: classes) func durationsFallIntoClasses(duration: Duration, index: Int) {
        var histogram = DurationHistogram()
        histogram.record(duration)
        #expect(histogram.counts[index] == 1)
        #expect(DurationHistogram.bound(ofClass: index).map { max(.zero, duration) < $0 } ?? true)
        if index > 0, let lower = DurationHistogram.bound(ofClass: index - 1) { #expect(duration >= lower) }
    }

    @Test func quantilesAreUpperBounds() {
        var histogram = DurationHistogram()
        #expect(histogram.quantile(0.5) == nil)
        for _ in 0..<99 { histogram.record(.microseconds(3)) }
        histogram.record(.milliseconds(700))
        #expect(histogram.quantile(0.5) == .microseconds(4))
        #expect(histogram.quantile(0.99) == .microseconds(4))
        #expect(histogram.quantile(1) == .milliseconds(700))
        #expect(histogram.longest == .milliseconds(700))
        #expect(histogram.total == .microseconds(700_297))
    }
}
