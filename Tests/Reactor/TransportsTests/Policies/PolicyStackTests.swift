import Basics
import Glibc
import ReactorCore
import ReactorTesting
import Testing
import Transports

/// What must hold below every policy, and below all of them together, as over a bare transport.
@Suite struct PolicyStackTests {
    enum Stack: CaseIterable {
        case none
        case plain
        case limit
        case timeout
        case rate
        case log
        case all

        func policies(_ test: TestReactor) throws -> [any ConnectionPolicy] {
            let rate = RateLimits.Rate(octetsPerSecond: 1 << 30)
            let limit = ConnectionLimitPolicy(ConnectionLimits(total: 100, perPeer: 100))
            let timeout = TimeoutPolicy(test.reactor, idle: .seconds(60), total: .seconds(600))
            let paced = RatePolicy(
                test.reactor, RateLimits(reading: rate, writing: rate, totalReading: rate, totalWriting: rate))
            let log = TrafficLog(test.reactor) { _ in }
            return switch self {
            case .none: []
            case .plain: [PlainPolicy(), PlainPolicy()]
            case .limit: [limit]
            case .timeout: [timeout]
            case .rate: [paced]
            case .log: [log]
            case .all: [limit, log, timeout, paced, PlainPolicy(), log, paced]
            }
        }

        func stage() throws -> PolicyStage { try PolicyStage(policies) }
    }

    final class PlainPolicy: ConnectionPolicy {
        func layer(below upper: any StreamProtocol, peer: SocketAddress) -> any StreamProtocol {
            TransportLayer(below: upper)
        }
    }

    struct Broken: Error {}

    @Test(arguments: Stack.allCases)
    func carriesEverythingBothWays(stack: Stack) throws {
        let stage = try stack.stage()
        let (transport, maybe) = try #require(stage.connect())
        let recorder = try #require(maybe)
        let above = try #require(recorder.transport)
        transport.peerCredentials = PeerCredentials(uid: 1, gid: 2, pid: 3)
        transport.deliver("hello")
        above.write("a")
        above.write([0x62].span)
        above.writeSequence([[0x63], [0x64]])
        #expect(recorder.text == "hello" && transport.takeWrittenText() == "abcd")
        #expect(above.peerCredentials?.pid == 3 && above.bufferedByteCount == 0)
        transport.loseFromPeer()
        stage.test.settle()
        #expect(above.peer == transport.peer && above.host == transport.host)
        #expect(recorder.ending == "done" && recorder.lossCount == 1)
        above.write("late")
        above.writeSequence([[1]])
        above.pauseProducing()
        above.resumeProducing()
        above.loseConnection()
        above.abortConnection()
        above.unregisterProducer()
        stage.test.settle()
        #expect(recorder.lossCount == 1 && transport.takeWritten().isEmpty)
        #expect(stage.test.reactor.delayedCallCount == 0 && stage.test.logLines.isEmpty)
    }

    @Test(arguments: Stack.allCases)
    func aThrowEndsTheConnectionWithItsError(stack: Stack) throws {
        for throwsWhenMade in [true, false] {
            let stage = try stack.stage()
            stage.inner.onMade = { _ in if throwsWhenMade { throw Broken() } }
            stage.inner.onData = { _, _ in throw Broken() }
            let (transport, maybe) = try #require(stage.connect())
            transport.deliver("x")
            transport.deliver("y")
            stage.test.settle()
            guard case .protocolFailure(let error) = maybe?.reason else {
                Issue.record("\(maybe?.ending ?? "nobody")")
                return
            }
            #expect(error is Broken && maybe?.lossCount == 1)
        }
    }

    @Test(arguments: Stack.allCases)
    func endingInsideACallIsToldAfterIt(stack: Stack) throws {
        for isAbort in [true, false] {
            for isInMade in [true, false] {
                let stage = try stack.stage()
                var lossesInside = -1
                let finish = { (recorder: Recorder) in
                    recorder.transport?.write("bye")
                    if isAbort { recorder.transport?.abortConnection() } else { recorder.transport?.loseConnection() }
                    lossesInside = recorder.lossCount
                }
                stage.inner.onMade = { if isInMade { finish($0) } }
                stage.inner.onData = { recorder, _ in if !isInMade { finish(recorder) } }
                let (transport, maybe) = try #require(stage.connect())
                transport.deliver("x")
                transport.deliver("y")
                stage.test.settle()
                #expect(lossesInside == 0 && maybe?.lossCount == 1)
                #expect(maybe?.ending == (isAbort ? "aborted" : "done"))
                if !isAbort { #expect(transport.takeWrittenText() == "bye") }
                #expect(stage.test.reactor.delayedCallCount == 0)
            }
        }
    }

    @Test(arguments: Stack.allCases)
    func pausingInsideACallStopsReading(stack: Stack) throws {
        let stage = try stack.stage()
        stage.inner.onData = { recorder, _ in recorder.transport?.pauseProducing() }
        stage.inner.onMade = { $0.transport?.pauseProducing() }
        let (transport, maybe) = try #require(stage.connect())
        let recorder = try #require(maybe)
        transport.deliver("a")
        #expect(recorder.received.isEmpty && transport.isReadingPaused)
        recorder.transport?.resumeProducing()
        stage.test.settle()
        #expect(recorder.text == "a" && transport.isReadingPaused)
        transport.deliver("b")
        recorder.transport?.resumeProducing()
        stage.test.settle()
        #expect(recorder.text == "ab")
    }

    @Test(arguments: Stack.allCases)
    func producersFeelThePeer(stack: Stack) throws {
        let stage = try stack.stage()
        let (transport, maybe) = try #require(stage.connect())
        let above = try #require(maybe?.transport)
        let producer = CountingProducer()
        try above.registerProducer(producer, streaming: true)
        #expect(throws: TransportMisuse.producerRegisteredTwice) {
            try above.registerProducer(CountingProducer(), streaming: true)
        }
        transport.isPeerReading = false
        above.write([UInt8](repeating: 1, count: StreamLimits.producerHighWater))
        #expect(producer.pauses == 0)
        above.write([1])
        #expect(producer.pauses == 1 && above.bufferedByteCount == StreamLimits.producerHighWater + 1)
        transport.isPeerReading = true
        stage.test.settle()
        #expect(producer.resumes == 1)
        transport.loseFromPeer()
        stage.test.settle()
        #expect(producer.stops == 1)
        let late = CountingProducer()
        try above.registerProducer(late, streaming: false)
        #expect(late.stops == 1 && late.resumes == 0)
    }

    @Test(arguments: Stack.allCases)
    func aPullingProducerKeepsAClosingConnectionOpen(stack: Stack) throws {
        let stage = try stack.stage()
        let (transport, maybe) = try #require(stage.connect())
        let above = try #require(maybe?.transport)
        let producer = CountingProducer()
        try above.registerProducer(producer, streaming: false)
        #expect(producer.resumes == 1)
        above.loseConnection()
        stage.test.settle()
        #expect(maybe?.lossCount == 0)
        above.write("more")
        above.unregisterProducer()
        stage.test.settle()
        #expect(maybe?.ending == "done" && transport.takeWrittenText() == "more" && producer.stops == 0)
    }

    @Test(arguments: Stack.allCases)
    func writingAndRegisteringInConnectionLostDoNothing(stack: Stack) throws {
        let stage = try stack.stage()
        let producer = CountingProducer()
        stage.inner.onMade = { recorder in
            recorder.onLost = { [unowned recorder] in
                recorder.transport?.write("x")
                recorder.transport?.loseConnection()
                recorder.transport?.abortConnection()
                recorder.transport?.pauseProducing()
                try? recorder.transport?.registerProducer(producer, streaming: true)
            }
        }
        let (transport, maybe) = try #require(stage.connect())
        transport.loseFromPeer(.aborted)
        stage.test.settle()
        #expect(maybe?.lossCount == 1 && maybe?.ending == "aborted" && producer.stops == 1)
        #expect(transport.takeWritten().isEmpty)
    }

    @Test(arguments: Stack.allCases)
    func nothingKeepsALostConnectionInMemory(stack: Stack) throws {
        let stage = try stack.stage()
        weak var layer: AnyObject?
        weak var recorder: Recorder?
        do {
            let made = Recorder()
            recorder = made
            let policies = try stack.policies(stage.test)
            let bottom = policies.reversed().reduce(made as any StreamProtocol) {
                $1.layer(below: $0, peer: address("10.0.0.1"))
            }
            layer = bottom
            let transport = MemoryTransport(reactor: stage.test.reactor)
            transport.connect(bottom)
            transport.isPeerReading = false
            made.transport?.write([UInt8](repeating: 0, count: 100_000))
            transport.deliver("x")
            transport.abortConnection()
            stage.test.settle()
            #expect(made.lossCount == 1)
        }
        #expect(stage.test.reactor.delayedCallCount == 0)
        #expect(layer == nil && recorder == nil)
    }

    @Test(arguments: Stack.allCases)
    func theProtocolCanBeReplaced(stack: Stack) throws {
        let stage = try stack.stage()
        let (transport, maybe) = try #require(stage.connect())
        let above = try #require(maybe?.transport as? any UpgradableTransport)
        try above.registerProducer(CountingProducer(), streaming: true)
        let other = Recorder()
        #expect(throws: TransportMisuse.producerRegisteredTwice) { try above.replaceProtocol(with: other) }
        above.unregisterProducer()
        try above.replaceProtocol(with: other)
        above.pauseProducing()
        transport.deliver("early")
        #expect(above.discardUndelivered() == 5)
        above.resumeProducing()
        transport.deliver("x")
        transport.loseFromPeer()
        stage.test.settle()
        #expect(other.text == "x" && other.ending == "done" && maybe?.receivedCount == 0 && maybe?.lossCount == 0)
    }

    @Test func theFirstPolicyIsTheNearestToTheNetwork() throws {
        var lines: [String] = []
        let stage = try PolicyStage { test in
            [
                TrafficLog(test.reactor) { lines.append("outer " + $0.suffix(3)) },
                RatePolicy(test.reactor, RateLimits(writing: RateLimits.Rate(octetsPerSecond: 1))),
                TrafficLog(test.reactor) { lines.append("inner " + $0.suffix(3)) },
            ]
        }
        let (transport, recorder) = try #require(stage.connect())
        lines = []
        transport.deliver("r")
        recorder?.transport?.write("w!")
        #expect(lines == ["outer |r|", "inner |r|", "inner w!|", "outer |w|"])
        stage.test.advance(by: .seconds(1))
        #expect(lines.last == "outer |!|" && transport.takeWrittenText() == "w!")
    }

    @Test func aTimeOutCutsThroughARateThatWouldTakeForEver() throws {
        let stage = try PolicyStage { test in
            [
                TimeoutPolicy(test.reactor, idle: .seconds(5)),
                RatePolicy(test.reactor, RateLimits(writing: RateLimits.Rate(octetsPerSecond: 1))),
            ]
        }
        let (_, maybe) = try #require(stage.connect())
        let recorder = try #require(maybe)
        let producer = CountingProducer()
        try recorder.transport?.registerProducer(producer, streaming: true)
        recorder.transport?.write([UInt8](repeating: 0, count: 100_000))
        recorder.transport?.loseConnection(within: .seconds(1000))
        stage.test.advance(by: .seconds(5))
        #expect(reason(recorder) == "the peer was silent for 5.0 seconds" && producer.stops == 1)
        #expect(stage.test.reactor.delayedCallCount == 0)
    }
}

/// Policies over real sockets.
@Suite struct PolicySocketTests {
    /// Sends back what it gets.
    final class Echo: ProtocolFactory {
        func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
            let recorder = Recorder()
            recorder.keepsBytes = false
            recorder.onData = { $0.transport?.write($1) }
            return recorder
        }
    }

    @Test func anEchoUnderAllPoliciesLosesNothing() throws {
        let reactor = try Reactor()
        let limit = ConnectionLimitPolicy(ConnectionLimits(total: 2, perPeer: 1))
        let rate = RateLimits.Rate(octetsPerSecond: 50_000_000, burst: 100_000)
        var logged = 0
        let factory = Echo().under(
            limit, TrafficLog(reactor) { _ in logged += 1 }, TimeoutPolicy(reactor, idle: .seconds(60)),
            RatePolicy(reactor, RateLimits(reading: rate, writing: rate, totalReading: rate, totalWriting: rate)))
        let listener = try reactor.listen(EndpointDescription(.tcp(interface: .loopback, port: 0)), factory: factory)
        let endpoint = EndpointDescription(.tcp(interface: .loopback, port: UInt16(listener.address.port ?? 0)))
        let data = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 / 256) }
        let client = Recorder()
        let refused = Recorder()
        client.onMade = { $0.transport?.write(data) }
        reactor.connect(endpoint, protocol: client).whenDone { _ in }
        try run(reactor) { client.receivedCount > 0 }
        reactor.connect(endpoint, protocol: refused).whenDone { _ in }
        try run(reactor) { refused.isLost && client.receivedCount == data.count }
        #expect(client.received == data && logged > 20)
        #expect(limit.refusedForPeerCount == 1 && limit.currentCount == 1)
        client.transport?.loseConnection()
        try run(reactor) { client.isLost && limit.currentCount == 0 }
        #expect(client.ending == "done" && limit.peerCount == 0)
        listener.stopListening()
    }

    @Test func whatWaitsForTheRateIsSentAfterThePeerHasClosedItsHalf() throws {
        let reactor = try Reactor()
        let rate = RateLimits.Rate(octetsPerSecond: 1_000_000, burst: 4096)
        let factory = Echo().under(RatePolicy(reactor, RateLimits(writing: rate)))
        let listener = try reactor.listen(EndpointDescription(.tcp(interface: .loopback, port: 0)), factory: factory)
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(listener.address.port ?? 0).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let connected = withUnsafeBytes(of: &address) {
            $0.baseAddress.map { connect(socket, $0.assumingMemoryBound(to: sockaddr.self), size) }
        }
        try #require(connected == 0)
        let sent = [UInt8](repeating: 7, count: 30_000)
        #expect(send(socket, sent, sent.count, Int32(MSG_NOSIGNAL)) == sent.count)
        shutdown(socket, Int32(SHUT_WR))
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var count = 0
        var isAtEnd = false
        try run(reactor) {
            let got = recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if got > 0 { count += got } else if got == 0 { isAtEnd = true }
            return isAtEnd
        }
        #expect(count == sent.count)
        listener.stopListening()
    }

    private func run(_ reactor: Reactor, until condition: () -> Bool) throws {
        for _ in 0..<20_000 {
            if condition() { return }
            reactor.runOnePass(waitingAtMost: .milliseconds(1))
        }
        try #require(condition(), "still false after many passes")
    }
}
