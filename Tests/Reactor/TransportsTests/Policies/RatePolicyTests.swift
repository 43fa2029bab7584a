import Basics
import ReactorCore
import ReactorTesting
import Testing
import Transports

@Suite struct RatePolicyTests {
    private func stage(_ limits: RateLimits) throws -> PolicyStage {
        try PolicyStage { [RatePolicy($0.reactor, limits)] }
    }

    private func rate(_ octetsPerSecond: Int, _ burst: Int) -> RateLimits.Rate {
        RateLimits.Rate(octetsPerSecond: octetsPerSecond, burst: burst)
    }

    private func octets(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / 256) } }

    // MARK: Reading

    @Test func readingPausesUntilTheDebtIsPaid() throws {
        let stage = try stage(RateLimits(reading: rate(1000, 1000)))
        let (transport, maybe) = try #require(stage.connect())
        let recorder = try #require(maybe)
        transport.deliver(octets(500))
        #expect(!transport.isReadingPaused)
        transport.deliver(octets(1500))
        #expect(recorder.receivedCount == 2000 && transport.isReadingPaused)
        transport.deliver(octets(100))
        stage.test.advance(by: .milliseconds(999))
        #expect(recorder.receivedCount == 2000)
        stage.test.advance(by: .milliseconds(1))
        #expect(recorder.receivedCount == 2100 && transport.isReadingPaused)
        stage.test.advance(by: .milliseconds(100))
        #expect(!transport.isReadingPaused && stage.test.reactor.delayedCallCount == 0)
    }

    /// A peer that always has `chunk` octets more, and when each of them is let in, in milliseconds.
    @Test(arguments: [
        (100, [0, 0, 0, 100, 200, 300]), (250, [0, 50, 300, 550]), (1, [0, 0, 0]), (1000, [0, 800, 1800, 2800]),
    ])
    func readsKeepToTheRate(chunk: Int, times: [Int64]) throws {
        let stage = try stage(RateLimits(reading: rate(1000, 200)))
        var seen: [Int64] = []
        var pending: MemoryTransport?
        stage.inner.onData = { _, _ in
            seen.append(stage.test.time.now().nanoseconds / 1_000_000)
            guard seen.count < times.count else { return }
            stage.test.reactor.callLater(.zero) { pending?.deliver([UInt8](repeating: 0, count: chunk)) }
        }
        let (transport, _) = try #require(stage.connect())
        pending = transport
        transport.deliver([UInt8](repeating: 0, count: chunk))
        stage.test.advance(by: .seconds(10))
        #expect(seen == times)
    }

    @Test func theProtocolsPauseAndOursAreApart() throws {
        let stage = try stage(RateLimits(reading: rate(100, 100)))
        let (transport, maybe) = try #require(stage.connect())
        let recorder = try #require(maybe)
        transport.deliver(octets(200))
        recorder.transport?.pauseProducing()
        stage.test.advance(by: .seconds(2))
        #expect(transport.isReadingPaused)
        recorder.transport?.resumeProducing()
        #expect(!transport.isReadingPaused)
        transport.deliver(octets(300))
        recorder.transport?.pauseProducing()
        recorder.transport?.resumeProducing()
        #expect(transport.isReadingPaused)
        stage.test.advance(by: .seconds(2))
        #expect(!transport.isReadingPaused)
    }

    @Test func theCommonReadingRateServesFirstWhoHadLeast() throws {
        let stage = try stage(RateLimits(totalReading: rate(1000, 1000)))
        let (heavy, heavyMaybe) = try #require(stage.connect(address("10.0.0.1")))
        let (light, lightMaybe) = try #require(stage.connect(address("10.0.0.2")))
        let heavyRecorder = try #require(heavyMaybe)
        let lightRecorder = try #require(lightMaybe)
        heavy.deliver(octets(2000))
        light.deliver(octets(10))
        #expect(heavy.isReadingPaused && light.isReadingPaused && lightRecorder.receivedCount == 10)
        heavy.deliver(octets(500))
        light.deliver(octets(500))
        stage.test.advance(by: .milliseconds(1010))
        #expect(lightRecorder.receivedCount == 10)
        stage.test.advance(by: .milliseconds(1))
        #expect(lightRecorder.receivedCount == 510 && heavyRecorder.receivedCount == 2000)
        stage.test.advance(by: .milliseconds(500))
        #expect(heavyRecorder.receivedCount == 2500)
        stage.test.advance(by: .seconds(2))
        #expect(!heavy.isReadingPaused && !light.isReadingPaused && stage.test.reactor.delayedCallCount == 0)
    }

    /// Whoever is left does not wait until the debt of those who are gone is paid.
    @Test func aCommonDebtIsBoundedAndNewcomersWait() throws {
        let stage = try stage(RateLimits(totalReading: rate(100_000, 100_000)))
        var crowd: [MemoryTransport] = []
        for index in 0..<50 { crowd.append(try #require(stage.connect(address("10.0.1.\(index + 1)"))).0) }
        for transport in crowd { transport.deliver(octets(65_536)) }
        var newcomers: [(transport: MemoryTransport, recorder: Recorder)] = []
        for index in 0..<50 {
            let (transport, maybe) = try #require(stage.connect(address("10.0.2.\(index + 1)")))
            newcomers.append((transport, try #require(maybe)))
            transport.deliver(octets(65_536))
            #expect(transport.isReadingPaused)
        }
        for transport in crowd { transport.loseFromPeer() }
        #expect(newcomers.allSatisfy { $0.recorder.receivedCount == 0 })
        stage.test.advance(by: .milliseconds(1001))
        #expect(newcomers.filter { $0.recorder.receivedCount > 0 }.count == 1)
        stage.test.advance(by: .seconds(40))
        #expect(newcomers.allSatisfy { $0.recorder.receivedCount == 65_536 && !$0.transport.isReadingPaused })
        #expect(stage.test.reactor.delayedCallCount == 0)
    }

    @Test func manyReadersShareEvenly() throws {
        let stage = try stage(RateLimits(totalReading: rate(10_000, 1000)))
        var pairs: [(transport: MemoryTransport, recorder: Recorder)] = []
        for index in 0..<10 {
            let (transport, maybe) = try #require(stage.connect(address("10.0.0.\(index + 1)")))
            let recorder = try #require(maybe)
            let piece = [UInt8](repeating: 0, count: 100 * (1 + index % 3))
            recorder.onData = { _, _ in stage.test.reactor.callLater(.zero) { transport.deliver(piece) } }
            transport.deliver(piece)
            pairs.append((transport, recorder))
        }
        stage.test.advance(by: .seconds(20))
        let counts = pairs.map { $0.recorder.receivedCount }
        let total = counts.reduce(0, +)
        #expect((200_000...204_000).contains(total), "\(total)")
        #expect(counts.allSatisfy { abs($0 - total / 10) <= 600 }, "\(counts)")
    }

    // MARK: Writing

    /// What a writer of `count` octets has sent at some times, in milliseconds.
    struct Pace: Sendable {
        var rate: Int
        var burst: Int
        var count: Int
        var table: [(Int64, Int)]
    }

    static let paces = [
        Pace(
            rate: 1000, burst: 500, count: 2000,
            table: [(0, 500), (499, 500), (500, 1000), (1000, 1500), (1499, 1500), (1500, 2000)]),
        Pace(rate: 1000, burst: 5000, count: 2000, table: [(0, 2000)]),
        Pace(rate: 10, burst: 1, count: 3, table: [(0, 1), (99, 1), (100, 2), (200, 3)]),
        Pace(rate: 100_000, burst: 8192, count: 16_384, table: [(0, 8192), (40, 8192), (41, 12_288), (82, 16_384)]),
    ]

    @Test(arguments: paces)
    func writesKeepToTheRate(pace: Pace) throws {
        for isShared in [false, true] {
            let limit = rate(pace.rate, pace.burst)
            let stage = try stage(isShared ? RateLimits(totalWriting: limit) : RateLimits(writing: limit))
            let (transport, recorder) = try #require(stage.connect())
            recorder?.transport?.write(octets(pace.count))
            var sent: [UInt8] = []
            for (milliseconds, expected) in pace.table {
                let target = MonotonicInstant(nanoseconds: milliseconds * 1_000_000)
                stage.test.advance(by: stage.test.time.now().duration(to: target))
                sent += transport.takeWritten()
                #expect(sent.count == expected, "at \(milliseconds) ms")
                #expect(recorder?.transport?.bufferedByteCount == pace.count - expected)
            }
            #expect(sent == octets(pace.count))
            #expect(stage.test.reactor.delayedCallCount == 0)
        }
    }

    @Test func bothRatesHoldAtOnce() throws {
        let stage = try stage(RateLimits(writing: rate(1000, 100), totalWriting: rate(1500, 100)))
        var pairs: [(transport: MemoryTransport, recorder: Recorder)] = []
        for index in 0..<2 {
            let (transport, recorder) = try #require(stage.connect(address("10.0.0.\(index + 1)")))
            pairs.append((transport, try #require(recorder)))
        }
        for pair in pairs { pair.recorder.transport?.write(octets(10_000)) }
        stage.test.advance(by: .seconds(4))
        let counts = pairs.map { $0.transport.takeWritten().count }
        #expect(
            (5900...6100).contains(counts[0] + counts[1]) && counts.allSatisfy { (2800...3200).contains($0) },
            "\(counts)")
        stage.test.advance(by: .seconds(20))
        #expect(pairs.allSatisfy { $0.recorder.transport?.bufferedByteCount == 0 })
    }

    @Test func theCommonWritingRateIsSharedEvenlyAndSmallWritersAreNotBlocked() throws {
        let stage = try stage(RateLimits(totalWriting: rate(10_000, 4096)))
        var pairs: [(transport: MemoryTransport, recorder: Recorder)] = []
        for index in 0..<5 {
            let (transport, recorder) = try #require(stage.connect(address("10.0.0.\(index + 1)")))
            pairs.append((transport, try #require(recorder)))
        }
        for pair in pairs.dropLast() { pair.recorder.transport?.write(octets(500_000)) }
        stage.test.advance(by: .seconds(100))
        let counts = pairs.map { $0.transport.takeWritten().count }
        #expect(counts.dropLast().allSatisfy { abs($0 - 250_000) <= 8192 }, "\(counts)")
        pairs[4].recorder.transport?.write("look\r\n")
        stage.test.advance(by: .milliseconds(900))
        #expect(pairs[4].transport.takeWrittenText() == "look\r\n")
    }

    @Test func lostConnectionsDoNotBlockTheQueue() throws {
        let stage = try stage(RateLimits(totalReading: rate(1000, 1000), totalWriting: rate(1000, 1000)))
        let (gone, goneRecorder) = try #require(stage.connect(address("10.0.0.1")))
        let (transport, recorder) = try #require(stage.connect(address("10.0.0.2")))
        goneRecorder?.transport?.write(octets(50_000))
        gone.deliver(octets(1100))
        recorder?.transport?.write(octets(500))
        transport.deliver(octets(100))
        gone.loseFromPeer()
        stage.test.settle()
        #expect(goneRecorder?.lossCount == 1)
        stage.test.advance(by: .seconds(1))
        #expect(transport.takeWritten() == octets(500) && !transport.isReadingPaused)
        #expect(stage.test.reactor.delayedCallCount == 0)
    }

    @Test func closingWaitsForTheRateUpToItsDeadline() throws {
        for (deadline, ending, count): (Duration, String, Int) in [
            (.seconds(3), "done", 3000), (.seconds(1), "timedOut", 2000),
        ] {
            let stage = try stage(RateLimits(writing: rate(1000, 1000)))
            let (transport, maybe) = try #require(stage.connect())
            let recorder = try #require(maybe)
            recorder.transport?.write(octets(3000))
            recorder.transport?.loseConnection(within: deadline)
            recorder.transport?.loseConnection(within: .seconds(60))
            transport.deliver("ignored")
            stage.test.advance(by: .milliseconds(999))
            #expect(!recorder.isLost)
            stage.test.advance(by: .seconds(3))
            #expect(recorder.ending == ending && recorder.lossCount == 1 && recorder.received.isEmpty)
            #expect(transport.takeWritten().count >= count - 1000)
            #expect(stage.test.reactor.delayedCallCount == 0)
        }
    }

    // MARK: Producers

    @Test func aStreamingProducerFollowsTheRate() throws {
        let stage = try stage(RateLimits(writing: rate(65_536, 65_536)))
        let (transport, maybe) = try #require(stage.connect())
        let above = try #require(maybe?.transport)
        let producer = CountingProducer()
        try above.registerProducer(producer, streaming: true)
        #expect(throws: TransportMisuse.producerRegisteredTwice) {
            try above.registerProducer(producer, streaming: true)
        }
        above.write(octets(131_072))
        #expect(producer.pauses == 0)
        above.write([1])
        #expect(producer.pauses == 1)
        above.write([1])
        #expect(producer.pauses == 1)
        stage.test.advance(by: .milliseconds(999))
        #expect(producer.resumes == 0)
        stage.test.advance(by: .milliseconds(2))
        #expect(producer.resumes == 1)
        above.unregisterProducer()
        #expect(transport.takeWritten().count == 131_074)
    }

    @Test func aPullingProducerIsAskedOncePerPieceAndAtTheRate() throws {
        let stage = try stage(RateLimits(writing: rate(1000, 100)))
        let (transport, maybe) = try #require(stage.connect())
        let above = try #require(maybe?.transport)
        let producer = CountingProducer()
        producer.onResume = { [weak producer] in
            if producer?.resumes == 5 { return above.unregisterProducer() }
            above.write([UInt8](repeating: 0, count: 100))
        }
        try above.registerProducer(producer, streaming: false)
        above.loseConnection(within: .seconds(60))
        stage.test.settle()
        #expect(producer.resumes == 2 && transport.takeWritten().count == 100)
        stage.test.advance(by: .milliseconds(100))
        #expect(producer.resumes == 3 && transport.takeWritten().count == 100)
        stage.test.advance(by: .milliseconds(200))
        #expect(producer.resumes == 5 && maybe?.ending == "done" && producer.stops == 0)
    }

    @Test func aPeerThatDoesNotReadHoldsTheProducerBack() throws {
        let stage = try stage(RateLimits(writing: rate(1_000_000, 1_000_000)))
        let (transport, maybe) = try #require(stage.connect())
        let above = try #require(maybe?.transport)
        let producer = CountingProducer()
        try above.registerProducer(producer, streaming: true)
        transport.isPeerReading = false
        above.write(octets(70_000))
        #expect(producer.pauses == 1 && above.bufferedByteCount == 70_000)
        above.write(octets(10))
        #expect(transport.bufferedByteCount == 70_000 && above.bufferedByteCount == 70_010)
        transport.isPeerReading = true
        stage.test.settle()
        #expect(producer.resumes == 1 && transport.takeWritten().count == 70_010)
        transport.loseFromPeer()
        stage.test.settle()
        #expect(producer.stops == 1 && maybe?.lossCount == 1)
    }
}
