import ReactorCore
import ReactorTesting
import Testing
import TransportTLS
import Transports

@Suite struct TLSStreamTests {
    static func connected(_ version: TLSVersion = .tls13) throws -> TLSPair {
        let pair = try TLSPair(client: TLSPair.clientContext { $0.versions = version...version })
        pair.connect()
        try #require(pair.client.sessions.count == 1 && pair.server.sessions.count == 1)
        return pair
    }

    /// The code of the article on testing: TLS over a pair in memory.
    @Test func aPairMayBeJoinedThroughTLS() throws {
        let serverContext = try TLSPair.serverContext()
        let clientContext = try TLSPair.clientContext()
        // snippet: testing-tls
        let test = try TestReactor()
        let (caller, answerer) = (Recorder(), Recorder())
        let role = TLSRole.client(clientContext, serverName: "mud.example")
        let pair = LoopbackPair(
            client: try TLSTransport(role, protocol: caller, reactor: test.reactor),
            server: try TLSTransport(.server(serverContext), protocol: answerer, reactor: test.reactor), test: test)
        caller.transport?.write("secret")
        pair.pump()
        #expect(answerer.text == "secret")
        pair.cut(after: 10, from: .server)
        answerer.transport?.write("an answer that arrives in part")
        pair.pump()
        #expect(caller.text.isEmpty && caller.lossCount == 1)
        // snippet ends
        #expect(test.leftovers.isEmpty)
    }

    @Test func aPassesWritesLeaveInOneRecord() throws {
        let pair = try Self.connected()
        let before = pair.toServer.count
        for _ in 0..<100 { pair.client.transport?.write([7]) }
        #expect(pair.client.transport?.bufferedByteCount == 100)
        pair.pump()
        #expect(pair.server.receivedCount == 100 && pair.server.deliveries == 1)
        #expect(pair.toServer.count - before == 100 + 22)
    }

    @Test func anAnswersWritesLeaveInOneRecord() throws {
        let pair = try Self.connected()
        let before = pair.toClient.count
        pair.server.onData = { recorder, _ in
            for _ in 0..<100 { recorder.transport?.write([7]) }
        }
        pair.client.transport?.write("?")
        pair.pump()
        #expect(pair.client.receivedCount == 100 && pair.toClient.count - before == 100 + 22)
    }

    @Test(arguments: [true, false], [16_384, 100_000])
    func aLargeWriteKeepsItsPlace(isAnswer: Bool, count: Int) throws {
        let pair = try Self.connected()
        let large = [UInt8](repeating: 2, count: count)
        let writeAll = { (transport: (any Transport)?) in
            for bytes in [large, [1], large, large, [3]] { transport?.write(bytes.span) }
        }
        if isAnswer {
            pair.server.onData = { recorder, _ in writeAll(recorder.transport) }
            pair.client.transport?.write("?")
        } else {
            writeAll(pair.server.transport)
        }
        pair.pump()
        #expect(pair.client.received == large + [1] + large + large + [3])
    }

    @Test(arguments: [1, 100, 16_383, 16_384, 16_385, 65_535, 65_536, 65_537, 1_000_000], [1000, Int.max])
    func sizesAroundTheLimitsArrive(count: Int, step: Int) throws {
        let pair = try Self.connected()
        pair.step = step
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        pair.client.transport?.write(bytes)
        pair.server.transport?.write(bytes.span)
        pair.pump()
        #expect(pair.server.received == bytes && pair.client.received == bytes)
    }

    // MARK: Closing

    @Test(arguments: [TLSVersion.tls12, .tls13])
    func losingSendsTheRestAndTellsBothOnce(version: TLSVersion) throws {
        let pair = try Self.connected(version)
        pair.server.transport?.write("goodbye")
        pair.server.transport?.loseConnection()
        pair.server.transport?.loseConnection()
        #expect(pair.server.lossCount == 0)
        pair.pump()
        pair.server.transport?.write("too late")
        pair.server.transport?.loseConnection()
        pair.server.transport?.abortConnection()
        pair.pump()
        #expect(pair.client.text == "goodbye")
        #expect(pair.client.ending == "done" && pair.server.ending == "done")
        #expect(pair.client.lossCount == 1 && pair.server.lossCount == 1)
        #expect(pair.test.reactor.delayedCallCount == 0)
    }

    @Test func whatWasWrittenIsSentAfterThePeersGoodbye() throws {
        let pair = try Self.connected()
        pair.client.onData = { _, _ in }
        pair.server.transport?.write("answer")
        pair.client.transport?.loseConnection()
        pair.pump()
        #expect(pair.server.ending == "done" && pair.client.ending == "done")
        #expect(pair.client.received.isEmpty)
    }

    @Test func anEndWithoutGoodbyeIsATruncation() throws {
        let pair = try Self.connected()
        pair.serverWire.loseFromPeer()
        pair.test.settle()
        #expect(pair.server.ending == "truncated" && pair.server.lossCount == 1)
        pair.clientWire.loseFromPeer(.lost(SystemFailure(code: 104, call: "recv")))
        pair.test.settle()
        #expect(pair.client.ending == "lost")
    }

    @Test func aCutInAnyPlaceIsATruncation() throws {
        let pair = try Self.connected()
        pair.client.transport?.write("balance: 1000")
        pair.test.settle()
        let records = pair.clientWire.takeWritten()
        pair.serverWire.deliver(Array(records.dropLast()))
        pair.serverWire.loseFromPeer()
        pair.test.settle()
        #expect(pair.server.received.isEmpty && pair.server.ending == "truncated")
    }

    @Test func aDamagedRecordEndsTheConnectionWithAnAlert() throws {
        let pair = try Self.connected()
        pair.client.transport?.write("abc")
        pair.test.settle()
        var records = pair.clientWire.takeWritten()
        records[records.count - 1] ^= 1
        pair.serverWire.deliver(records)
        pair.pump()
        #expect(pair.server.received.isEmpty && pair.server.ending == "corrupted")
        #expect(pair.client.ending == "refusedByPeer(alert: 20)")
    }

    @Test func aPeerThatNeverSaysGoodbyeIsNotWaitedFor() throws {
        let pair = try Self.connected()
        pair.client.transport?.write("rest")
        pair.client.transport?.loseConnection()
        pair.test.advance(by: .milliseconds(4_999))
        #expect(pair.client.lossCount == 0)
        pair.test.advance(by: .milliseconds(1))
        #expect(pair.client.ending == "done" && pair.client.lossCount == 1)
    }

    @Test func aPeerThatDoesNotTakeTheRestIsCutOff() throws {
        for size in [10, 200_000] {
            let pair = try Self.connected()
            pair.clientWire.isPeerReading = false
            pair.client.transport?.write([UInt8](repeating: 1, count: size))
            pair.client.transport?.loseConnection(within: .seconds(20))
            pair.test.advance(by: .milliseconds(19_999))
            #expect(pair.client.lossCount == 0)
            pair.test.advance(by: .milliseconds(2))
            #expect(pair.client.ending == "timedOut" && pair.client.lossCount == 1)
        }
    }

    @Test func abortingDropsTheRest() throws {
        let pair = try Self.connected()
        let before = pair.toServer.count
        pair.client.transport?.write("never sent")
        pair.client.transport?.abortConnection()
        #expect(pair.client.lossCount == 0)
        pair.pump()
        #expect(pair.client.ending == "aborted" && pair.client.lossCount == 1)
        #expect(pair.toServer.count == before)
    }

    // MARK: What a protocol may do inside its calls

    @Test func aThrowSendsWhatWasWrittenAndGivesTheError() throws {
        let pair = try Self.connected()
        pair.server.onData = { recorder, _ in
            recorder.transport?.write("last words")
            throw Broken()
        }
        pair.client.transport?.write("x")
        pair.pump()
        #expect(pair.client.text == "last words" && pair.client.ending == "done")
        #expect(pair.server.ending == "protocolFailure" && pair.server.lossCount == 1)
    }

    @Test func throwsBeforeDataEndTheConnectionToo() throws {
        let atOnce = try TLSPair()
        atOnce.server.onMade = { _ in throw Broken() }
        atOnce.connect()
        #expect(atOnce.server.ending == "protocolFailure" && atOnce.server.lossCount == 1)
        #expect(atOnce.client.ending == "handshakeInterrupted")

        let later = try TLSPair()
        later.server.onSession = { _ in throw Broken() }
        later.connect()
        #expect(later.server.ending == "protocolFailure" && later.server.lossCount == 1)
        #expect(later.client.lossCount == 1)
    }

    enum Deed: CaseIterable {
        case lose
        case abort
        case pause
        case writeAndLose
        case loseAndAbort
        case pauseAndAbort
        case pauseAndLose
    }

    static func perform(_ deed: Deed, on transport: (any Transport)?) {
        switch deed {
        case .lose: transport?.loseConnection()
        case .abort: transport?.abortConnection()
        case .pause: transport?.pauseProducing()
        case .writeAndLose:
            transport?.write("answer")
            transport?.loseConnection()
        case .loseAndAbort:
            transport?.loseConnection()
            transport?.abortConnection()
        case .pauseAndAbort:
            transport?.pauseProducing()
            transport?.abortConnection()
        case .pauseAndLose:
            transport?.pauseProducing()
            transport?.loseConnection()
        }
    }

    @Test(arguments: Deed.allCases, [100, 5000, Int.max])
    func anythingGoesInsideACall(deed: Deed, step: Int) throws {
        for moment in 0..<3 {
            let pair = try TLSPair()
            pair.step = step
            switch moment {
            case 0: pair.server.onMade = { Self.perform(deed, on: $0.transport) }
            case 1: pair.server.onSession = { Self.perform(deed, on: $0.transport) }
            default: pair.server.onData = { recorder, _ in Self.perform(deed, on: recorder.transport) }
            }
            pair.client.onMade = { $0.transport?.write([UInt8](repeating: 5, count: 100_000)) }
            pair.connect()
            let deliveries = pair.server.deliveries
            if deed == .pause {
                #expect(pair.server.lossCount == 0)
                #expect(deliveries == (moment == 2 ? 1 : 0))
                pair.server.onData = nil
                pair.server.transport?.resumeProducing()
                pair.pump()
                #expect(pair.server.receivedCount == 100_000)
            } else {
                #expect(deliveries == (moment == 2 ? 1 : 0))
                #expect(pair.server.lossCount == 1 && pair.client.lossCount == 1)
                if deed == .writeAndLose, moment > 0 { #expect(pair.client.text == "answer") }
            }
        }
    }

    // MARK: Reading with pauses

    @Test func aPauseHoldsBackWhatIsDecryptedAlready() throws {
        let pair = try Self.connected()
        pair.server.transport?.pauseProducing()
        #expect(pair.serverWire.isReadingPaused)
        for _ in 0..<50 {
            pair.client.transport?.write("0123456789")
            pair.test.settle()
        }
        pair.pump()
        #expect(pair.server.receivedCount == 0)
        pair.server.onData = { recorder, _ in recorder.transport?.pauseProducing() }
        var rounds = 0
        while pair.server.receivedCount < 500, rounds < 1000 {
            pair.server.transport?.resumeProducing()
            #expect(pair.server.deliveries == rounds)
            pair.pump()
            rounds += 1
        }
        #expect(pair.server.text == String(repeating: "0123456789", count: 50))
    }

    @Test func aPausedProtocolHearsOfAGoodbyeWhenItReadsAgain() throws {
        let pair = try Self.connected()
        pair.server.onData = { recorder, _ in recorder.transport?.pauseProducing() }
        pair.client.transport?.write("x")
        pair.client.transport?.loseConnection()
        pair.test.settle()
        pair.serverWire.deliver(pair.clientWire.takeWritten())
        pair.test.settle()
        #expect(pair.server.text == "x" && pair.server.lossCount == 0)
        pair.server.transport?.resumeProducing()
        pair.pump()
        #expect(pair.server.ending == "done" && pair.client.ending == "done")
    }

    // MARK: Writing with pauses

    final class Source: Producer {
        let transport: any Transport
        let isStreaming: Bool
        var left: Int
        var pauses = 0
        var resumes = 0
        var isStopped = false
        private var isPaused = false

        init(_ transport: any Transport, left: Int, isStreaming: Bool) {
            self.transport = transport
            self.left = left
            self.isStreaming = isStreaming
        }

        func pauseProducing() {
            pauses += 1
            isPaused = true
        }

        func resumeProducing() {
            resumes += 1
            isPaused = false
            repeat {
                let count = min(left, 10_000)
                left -= count
                transport.write([UInt8](repeating: 9, count: count))
            } while isStreaming && left > 0 && !isPaused
            if left == 0 { transport.unregisterProducer() }
        }

        func stopProducing() { isStopped = true }
    }

    @Test(arguments: [true, false])
    func producersFollowTheReader(isStreaming: Bool) throws {
        let pair = try Self.connected()
        let transport = try #require(pair.server.transport)
        let source = Source(transport, left: 1_000_000, isStreaming: isStreaming)
        pair.serverWire.isPeerReading = false
        try transport.registerProducer(source, streaming: isStreaming)
        #expect(throws: TransportMisuse.producerRegisteredTwice) {
            try transport.registerProducer(source, streaming: isStreaming)
        }
        if isStreaming { source.resumeProducing() }
        transport.loseConnection()
        pair.test.settle()
        var rounds = 0
        var most = 0
        while pair.server.lossCount == 0, rounds < 1000 {
            most = max(most, transport.bufferedByteCount)
            pair.serverWire.drain()
            pair.pump()
            rounds += 1
        }
        #expect(isStreaming ? most > 60_000 && most < 160_000 : most > 10_000 && most < 10_100)
        #expect(pair.client.receivedCount == 1_000_000)
        #expect(pair.server.ending == "done" && pair.client.ending == "done")
        #expect(!isStreaming || source.pauses > 5)
        #expect(!source.isStopped)
    }

    @Test func aProducerIsStoppedWithTheConnection() throws {
        let pair = try Self.connected()
        let transport = try #require(pair.server.transport)
        let source = Source(transport, left: 100, isStreaming: true)
        try transport.registerProducer(source, streaming: true)
        transport.abortConnection()
        pair.pump()
        #expect(source.isStopped && pair.server.ending == "aborted")
        let late = Source(transport, left: 100, isStreaming: true)
        try transport.registerProducer(late, streaming: true)
        #expect(late.isStopped)
    }

    @Test func encryptedOctetsDoNotPileUpForASlowReader() throws {
        let pair = try Self.connected()
        pair.serverWire.isPeerReading = false
        pair.server.transport?.write([UInt8](repeating: 3, count: 10_000_000))
        pair.test.settle()
        #expect(pair.serverWire.bufferedByteCount < 150_000)
        #expect(try #require(pair.server.transport).bufferedByteCount > 9_900_000)
        pair.server.transport?.loseConnection()
        for _ in 0..<1000 where pair.server.lossCount == 0 {
            pair.serverWire.drain()
            pair.pump()
        }
        #expect(pair.client.receivedCount == 10_000_000 && pair.client.ending == "done")
    }

    @Test func aPeerThatLeavesWhileMuchWaitsIsNoticed() throws {
        let pair = try Self.connected()
        pair.serverWire.isPeerReading = false
        pair.server.transport?.write([UInt8](repeating: 3, count: 1_000_000))
        pair.test.settle()
        pair.serverWire.loseFromPeer()
        pair.test.settle()
        #expect(pair.server.ending == "truncated" && pair.server.lossCount == 1)
    }

    @Test func moreThanTheLimitCutsThePeerOff() throws {
        let pair = try Self.connected()
        pair.serverWire.isPeerReading = false
        pair.server.transport?.write([UInt8](repeating: 3, count: StreamLimits.outboundByteCount + 1))
        pair.test.settle()
        #expect(pair.server.lossCount == 0)
        pair.server.transport?.write([1])
        pair.test.settle()
        #expect(pair.server.ending == "outboundOverflow" && pair.server.lossCount == 1)
    }

    // MARK: TLS inside TLS

    @Test(arguments: [1, 777, Int.max])
    func worksInsideItself(step: Int) throws {
        let test = try TestReactor()
        let (client, server) = (Recorder(), Recorder())
        let clientContext = try TLSPair.clientContext()
        let serverContext = try TLSPair.serverContext()
        let wires = (MemoryTransport(reactor: test.reactor), MemoryTransport(reactor: test.reactor))
        let role = TLSRole.client(clientContext, serverName: "mud.example")
        let inner = try TLSTransport(role, protocol: client, reactor: test.reactor)
        let outer = try TLSTransport(role, protocol: inner, reactor: test.reactor)
        let answering = TLSRole.server(serverContext)
        let innerServer = try TLSTransport(answering, protocol: server, reactor: test.reactor)
        let outerServer = try TLSTransport(answering, protocol: innerServer, reactor: test.reactor)
        server.onData = { recorder, bytes in recorder.transport?.write(bytes) }
        wires.1.connect(outerServer)
        wires.0.connect(outer)
        let bytes = (0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        client.transport?.write(bytes)
        var (up, down): ([UInt8], [UInt8]) = ([], [])
        func pump() {
            repeat {
                test.settle()
                up += wires.0.takeWritten()
                down += wires.1.takeWritten()
                let (first, second) = (Array(up.prefix(step)), Array(down.prefix(step)))
                up.removeFirst(first.count)
                down.removeFirst(second.count)
                wires.1.deliver(first)
                wires.0.deliver(second)
                test.settle()
            } while !up.isEmpty || !down.isEmpty || test.reactor.hasImmediateWork
        }
        for _ in 0..<20 { pump() }
        #expect(client.received == bytes)
        #expect(client.session?.version == .tls13 && outer.session?.version == .tls13)
        client.transport?.loseConnection()
        for _ in 0..<20 { pump() }
        #expect(client.lossCount == 1 && client.ending == "done")
        #expect(server.lossCount == 1 && server.ending == "done")
    }
}
