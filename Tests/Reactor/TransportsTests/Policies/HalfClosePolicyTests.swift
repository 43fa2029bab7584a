import ReactorCore
import ReactorTesting
import Testing
import Transports

/// Half-closing, water marks and options below every stack of policies.
@Suite struct HalfClosePolicyTests {
    final class Halves: StreamProtocol, HalfCloseableProtocol {
        var transport: (any Transport)?
        var events: [String] = []

        func connectionMade(over transport: any Transport) { self.transport = transport }

        func dataReceived(_ bytes: Span<UInt8>) { events.append("data \(bytes.count)") }

        func readConnectionLost() { events.append("read") }

        func writeConnectionLost() { events.append("write") }

        func connectionLost(_ reason: DisconnectReason) { events.append("lost: \(reason)") }
    }

    private func connect(
        _ upper: any StreamProtocol, under policies: [any ConnectionPolicy], _ test: TestReactor
    ) -> MemoryTransport {
        let transport = MemoryTransport(reactor: test.reactor)
        transport.connect(policies.reversed().reduce(upper) { $1.layer(below: $0, peer: transport.peer) })
        return transport
    }

    @Test(arguments: PolicyStackTests.Stack.allCases)
    func oneDirectionGoesOnWhenTheOtherIsClosed(stack: PolicyStackTests.Stack) throws {
        let test = try TestReactor()
        let (first, second) = (Halves(), Halves())
        let readClosed = connect(first, under: try stack.policies(test), test)
        readClosed.deliverEndOfFile()
        test.settle()
        first.transport?.write("still")
        test.settle()
        #expect(first.events == ["read"] && readClosed.takeWrittenText() == "still")
        first.transport?.loseConnection()
        test.settle()
        #expect(first.events == ["read", "lost: connection closed"])

        let writeClosed = connect(second, under: try stack.policies(test), test)
        second.transport?.write("last")
        second.transport?.loseWriteConnection()
        test.settle()
        second.transport?.write("ignored")
        writeClosed.deliver("abc")
        test.settle()
        #expect(second.events == ["write", "data 3"] && writeClosed.takeWrittenText() == "last")
        writeClosed.deliverEndOfFile()
        test.settle()
        #expect(second.events.last == "lost: connection closed" && test.reactor.delayedCallCount == 0)
    }

    @Test(arguments: PolicyStackTests.Stack.allCases)
    func aProtocolThatKnowsNoHalvesIsClosed(stack: PolicyStackTests.Stack) throws {
        let test = try TestReactor()
        let recorder = Recorder()
        let transport = connect(recorder, under: try stack.policies(test), test)
        transport.isPeerReading = false
        recorder.transport?.write("rest")
        transport.deliverEndOfFile()
        test.settle()
        #expect(!recorder.isLost)
        transport.isPeerReading = true
        test.settle()
        #expect(recorder.ending == "done" && recorder.lossCount == 1 && transport.takeWrittenText() == "rest")
    }

    @Test(arguments: PolicyStackTests.Stack.allCases)
    func waterMarksAndRefusalsArePassedOn(stack: PolicyStackTests.Stack) throws {
        let test = try TestReactor()
        let recorder = Recorder()
        let transport = connect(recorder, under: try stack.policies(test), test)
        let above = try #require(recorder.transport)
        above.waterMarks = WaterMarks(low: 0, high: 10)
        #expect(above.waterMarks.high == 10)
        #expect(throws: DescriptorPassingFailure.self) { try above.write([1], passing: [0]) }
        #expect(throws: SystemFailure.self) { try above.setOption(.noDelay(true)) }
        transport.loseFromPeer()
        test.settle()
        #expect(recorder.lossCount == 1)
    }

    @Test func closingTheWritingHalfWaitsForTheRate() throws {
        let test = try TestReactor()
        let halves = Halves()
        let rate = RateLimits.Rate(octetsPerSecond: 1000, burst: 1000)
        let transport = connect(halves, under: [RatePolicy(test.reactor, RateLimits(writing: rate))], test)
        halves.transport?.write([UInt8](repeating: 0, count: 3000))
        halves.transport?.loseWriteConnection()
        test.advance(by: .milliseconds(1999))
        #expect(halves.events.isEmpty)
        test.advance(by: .milliseconds(1))
        #expect(halves.events == ["write"] && transport.takeWritten().count == 3000)
    }

    @Test func aPacedProducerFollowsItsMarks() throws {
        let test = try TestReactor()
        let recorder = Recorder()
        let rate = RateLimits.Rate(octetsPerSecond: 1000, burst: 100)
        _ = connect(recorder, under: [RatePolicy(test.reactor, RateLimits(writing: rate))], test)
        let producer = CountingProducer()
        recorder.transport?.waterMarks = WaterMarks(low: 500, high: 1000)
        try recorder.transport?.registerProducer(producer, streaming: true)
        recorder.transport?.write([UInt8](repeating: 0, count: 1200))
        #expect(producer.pauses == 1)
        test.advance(by: .milliseconds(599))
        #expect(producer.resumes == 0)
        test.advance(by: .milliseconds(1))
        #expect(producer.resumes == 1)
        recorder.transport?.unregisterProducer()
    }
}
