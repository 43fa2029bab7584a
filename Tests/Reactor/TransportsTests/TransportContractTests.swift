import ReactorCore
import ReactorTestingTraits
import Testing
import Transports

/// The contract of ``Transport``, written once and proven over every kind.
@Suite(.everyPoller) struct TransportContractTests {
    struct Broken: Error {}

    /// Ways to end a connection from the client's side, with what each end is told.
    enum Ending: CaseIterable {
        case lose
        case abort
        case throwing
        case loseThenAbort
        case serverLoses

        var clientReason: String {
            switch self {
            case .lose, .serverLoses: "done"
            case .abort, .loseThenAbort: "aborted"
            case .throwing: "protocolFailure"
            }
        }
    }

    @Test(arguments: ContractKind.available, Ending.allCases)
    func eachEndIsToldOnceAndTheRightReason(kind: ContractKind, ending: Ending) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        client.onData = { _, _ in throw Broken() }
        switch ending {
        case .lose: client.transport?.loseConnection()
        case .abort: client.transport?.abortConnection()
        case .throwing: server.transport?.write("x")
        case .loseThenAbort:
            client.transport?.loseConnection()
            client.transport?.abortConnection()
        case .serverLoses: server.transport?.loseConnection()
        }
        #expect(client.lossCount == 0 && server.lossCount == 0, "never inside the call")
        try harness.run { client.isLost && server.isLost }
        harness.idle()
        #expect(client.lossCount == 1 && server.lossCount == 1)
        #expect(client.ending == ending.clientReason)
        let isReset = ending.clientReason == "aborted" && kind != .unix && kind != .abstract
        #expect(server.ending == (isReset ? "lost" : "done"))
        client.onData = nil
    }

    @Test(arguments: ContractKind.available)
    func writesAreCarriedFromEveryCall(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = (Recorder(), Recorder())
        client.onMade = { $0.transport?.write("made;") }
        server.onMade = { $0.transport?.write("greeting;") }
        server.onData = { recorder, bytes in recorder.transport?.write(bytes) }
        try harness.connect(client: client, server: server)
        client.transport?.writeSequence([Array("se".utf8), [], Array("quence".utf8)])
        try harness.run { client.text == "greeting;made;sequence" }
        #expect(server.text == "made;sequence")
        #expect(client.transport?.peer == server.transport?.host || kind.isTCP)
        server.onData = nil
    }

    /// What the peer has not confirmed counts while it is under way, and is still known when the connection is lost.
    @Test(arguments: ContractKind.available)
    func whatThePeerHasNotTakenIsKnownAfterTheLoss(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        client.keepsBytes = false
        // More than any socket's buffers; those in memory hold everything.
        let size = kind.isMemory ? 4096 : 8 << 20
        server.transport?.write([UInt8](repeating: 7, count: size))
        try harness.run { client.receivedCount == size }
        try harness.run { server.transport?.untakenByteCount == 0 }
        client.transport?.pauseProducing()
        server.transport?.write([UInt8](repeating: 7, count: size))
        harness.idle()
        client.transport?.abortConnection()
        try harness.run { server.isLost }
        let untaken = try #require(server.transport?.untakenByteCount)
        // Records are a little longer than what is in them.
        #expect(untaken > 0 || kind.isMemory)
        #expect(untaken <= size + size / 16)
        #expect(server.transport?.bufferedByteCount == 0)
    }

    @Test(arguments: ContractKind.available)
    func nothingComesOfCallsAfterTheLoss(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        let producer = CountingProducer()
        client.onLost = {
            client.transport?.write("too late")
            client.transport?.loseConnection()
            client.transport?.loseWriteConnection()
            client.transport?.abortConnection()
            client.transport?.pauseProducing()
            client.transport?.resumeProducing()
            try? client.transport?.registerProducer(producer, streaming: false)
        }
        client.transport?.loseConnection()
        try harness.run { client.isLost && server.isLost }
        client.onLost?()
        harness.idle()
        #expect(client.lossCount == 1 && server.lossCount == 1)
        #expect(server.received.isEmpty)
        #expect(producer.stops == 2 && producer.resumes == 0)
        #expect(client.transport?.bufferedByteCount == 0)
        client.onLost = nil
    }

    @Test(arguments: ContractKind.available)
    func losingSendsEverythingAlsoWhatThePassStillWrites(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        let check = SequenceCheck(client)
        server.transport?.write(SequenceProducer.octets(0..<kind.bigSize - 1))
        server.transport?.loseConnection()
        server.transport?.write(SequenceProducer.octets(kind.bigSize - 1..<kind.bigSize))
        try harness.run { client.isLost && server.isLost }
        #expect(check.count == kind.bigSize && check.isRight)
        #expect(client.ending == "done" && server.ending == "done")
    }

    @Test(arguments: ContractKind.available)
    func abortingSendsNoMore(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        client.keepsBytes = false
        client.transport?.pauseProducing()
        server.transport?.write([UInt8](repeating: 1, count: kind.bigSize))
        harness.idle()
        server.transport?.abortConnection()
        server.transport?.abortConnection()
        client.transport?.resumeProducing()
        try harness.run { client.isLost && server.isLost }
        #expect(client.receivedCount < kind.bigSize)
        #expect(server.ending == "aborted" && server.lossCount == 1)
    }

    @Test(arguments: ContractKind.available)
    func aResetWhileFlushingEndsInOneLoss(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        client.transport?.pauseProducing()
        server.transport?.write([UInt8](repeating: 1, count: kind.bigSize))
        server.transport?.loseConnection()
        harness.idle()
        #expect(!server.isLost)
        client.transport?.abortConnection()
        try harness.run { client.isLost && server.isLost }
        harness.idle()
        #expect(server.ending == "lost" && server.lossCount == 1 && client.lossCount == 1)
    }

    @Test(arguments: ContractKind.available)
    func pausingInsideDataReceivedHoldsTheRestBack(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        server.onData = { recorder, _ in recorder.transport?.pauseProducing() }
        client.transport?.write("a")
        try harness.run { server.text == "a" }
        client.transport?.write("b")
        harness.idle()
        #expect(server.text == "a")
        server.transport?.resumeProducing()
        try harness.run { server.text == "ab" }
        server.onData = { recorder, _ in
            recorder.transport?.pauseProducing()
            recorder.transport?.resumeProducing()
        }
        server.transport?.resumeProducing()
        client.transport?.write("cd")
        try harness.run { server.text == "abcd" }
        server.onData = nil
    }

    @Test(arguments: ContractKind.available)
    func resumingDoesNotReopenAClosingConnection(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        server.transport?.loseConnection()
        server.transport?.resumeProducing()
        client.transport?.write("not to be read")
        try harness.run { server.isLost && client.isLost }
        #expect(server.received.isEmpty)
    }

    @Test(arguments: ContractKind.available)
    func aPausedReaderGetsWhatCameBeforeTheEnd(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        client.transport?.pauseProducing()
        server.transport?.write("goodbye")
        server.transport?.loseConnection()
        harness.idle()
        #expect(!client.isLost)
        client.transport?.resumeProducing()
        try harness.run { client.isLost && server.isLost }
        #expect(client.text == "goodbye" && client.ending == "done" && server.ending == "done")
    }

    @Test(arguments: ContractKind.available, [true, false])
    func producersFillBothDirectionsInStep(kind: ContractKind, isStreaming: Bool) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        let checks = [SequenceCheck(client), SequenceCheck(server)]
        let transports = try [client, server].map { try #require($0.transport) }
        let producers = try transports.map { try SequenceProducer(kind.bigSize, over: $0, streaming: isStreaming) }
        for transport in transports { transport.loseWriteConnection() }
        try harness.run { client.isLost && server.isLost }
        for (check, producer) in zip(checks, producers) {
            #expect(check.count == kind.bigSize && check.isRight)
            #expect(producer.stops == 0)
            #expect(producer.mostBuffered <= (isStreaming ? StreamLimits.producerHighWater + 8_192 : 8_192))
            #expect(producer.pauses > 0 || !isStreaming)
        }
        #expect(client.ending == "done" && server.ending == "done")
    }

    @Test(arguments: ContractKind.available)
    func waterMarksDecideWhenAProducerPauses(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        let transport = try #require(server.transport)
        let check = SequenceCheck(client)
        #expect(transport.waterMarks == .standard)
        let unit = kind.bigSize / 8
        transport.waterMarks = WaterMarks(low: unit, high: 2 * unit)
        client.transport?.pauseProducing()
        let producer = CountingProducer()
        try transport.registerProducer(producer, streaming: true)
        transport.write(SequenceProducer.octets(0..<2 * unit))
        #expect(producer.pauses == 0)
        transport.write(SequenceProducer.octets(2 * unit..<8 * unit))
        #expect(producer.pauses == 1 && producer.resumes == 0)
        var bufferedAtResume = -1
        producer.onResume = { bufferedAtResume = transport.bufferedByteCount }
        client.transport?.resumeProducing()
        try harness.run { producer.resumes == 1 && check.count == 8 * unit }
        #expect(bufferedAtResume <= unit)
        #expect(check.isRight)
        transport.unregisterProducer()
        harness.idle()
        #expect(WaterMarks(low: 9, high: -1) == WaterMarks(low: 0, high: 0))
        let narrow = WaterMarks(low: 9, high: 8, limit: 7)
        #expect(narrow.low == 7 && narrow.high == 7)
    }

    @Test(arguments: ContractKind.available)
    func aPeerThatLeavesTooMuchWaitingIsCutOff(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        let transport = try #require(server.transport)
        let limit = kind.bigSize / 4
        transport.waterMarks = WaterMarks(low: 0, high: 1, limit: limit)
        client.transport?.pauseProducing()
        for _ in 0..<64 {
            transport.write([UInt8](repeating: 1, count: limit / 2))
            harness.idle()
            #expect(transport.bufferedByteCount <= limit + limit / 2)
        }
        try harness.run { server.lossCount == 1 }
        #expect(server.ending == "outboundOverflow")
        if case .outboundOverflow(let told)? = server.reason { #expect(told == limit) }
    }

    /// The limit is on what was left waiting: a write of any size is taken while nothing else waits.
    @Test(arguments: ContractKind.available)
    func oneWriteMayExceedTheLimit(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        let transport = try #require(server.transport)
        transport.waterMarks = WaterMarks(low: 0, high: 1, limit: 1000)
        let check = SequenceCheck(client)
        transport.write(SequenceProducer.octets(0..<kind.bigSize))
        try harness.run { check.count == kind.bigSize }
        #expect(check.isRight && !server.isLost)
    }

    @Test(arguments: ContractKind.available)
    func aCloseWaitsForTheProducerAndALossStopsIt(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        let producer = CountingProducer()
        try server.transport?.registerProducer(producer, streaming: true)
        #expect(throws: TransportMisuse.producerRegisteredTwice) {
            try server.transport?.registerProducer(producer, streaming: false)
        }
        server.transport?.loseConnection()
        harness.idle()
        #expect(!server.isLost)
        server.transport?.write("the producer's last")
        server.transport?.unregisterProducer()
        try harness.run { client.isLost && server.isLost }
        #expect(client.text == "the producer's last" && producer.stops == 0)

        let (second, secondServer) = try harness.connect()
        let stopped = CountingProducer()
        try secondServer.transport?.registerProducer(stopped, streaming: true)
        second.transport?.abortConnection()
        try harness.run { second.isLost && secondServer.isLost }
        #expect(stopped.stops == 1)
    }

    @Test(arguments: ContractKind.available)
    func aDeadlineCutsOffAndCanOnlyComeNearer(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        client.transport?.pauseProducing()
        server.transport?.write([UInt8](repeating: 1, count: kind.bigSize))
        server.transport?.loseConnection(within: .seconds(600))
        harness.idle()
        #expect(!server.isLost)
        server.transport?.loseConnection(within: .milliseconds(5))
        server.transport?.loseConnection(within: .seconds(600))
        try harness.run { server.isLost }
        #expect(server.ending == "timedOut" && server.lossCount == 1)
        client.transport?.resumeProducing()
        client.keepsBytes = false
        try harness.run { client.isLost }
    }

    // MARK: The scope

    @Test(arguments: ContractKind.available, [true, false])
    func theScopeEndsWhenTheProtocolHasHeardOfTheLoss(kind: ContractKind, isAbort: Bool) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        var heard: [String] = []
        let scopes = try [client, server].map { try #require($0.transport).scope }
        let waiting = scopes.map { $0.add(Deferred<Void>()) }
        waiting[0].whenDone { _ in heard.append("cancelled after \(client.lossCount) loss") }
        scopes[1].callLater(.seconds(3_600), on: harness.reactor) { heard.append("called") }
        scopes[1].spawn(on: harness.reactor) { try await waiting[1].value }.whenDone { _ in heard.append("task ended") }
        harness.idle()
        #expect(client.transport?.scope === scopes[0] && heard.isEmpty)
        if isAbort { client.transport?.abortConnection() } else { client.transport?.loseConnection() }
        try harness.run { heard.count == 2 }
        #expect(heard.sorted() == ["cancelled after 1 loss", "task ended"])
        #expect(scopes.allSatisfy { $0.isEnded && $0.count == 0 })
        #expect(client.transport?.scope.isEnded == true && server.transport?.scope.isEnded == true)
        #expect(client.transport?.scope.add(Deferred<Void>()).isFired == true)
    }

    // MARK: Half-close

    @Test(arguments: ContractKind.available)
    func eachHalfClosesByItself(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = (HalfCloseRecorder(), HalfCloseRecorder())
        try harness.connect(client: client, server: server)
        client.transport?.write("request")
        client.transport?.loseWriteConnection()
        client.transport?.loseWriteConnection()
        #expect(client.writeLosses == 0, "never inside the call")
        try harness.run { server.readLosses == 1 && client.writeLosses == 1 }
        client.transport?.write("dropped")
        #expect(server.text == "request")
        for part in ["an", "sw", "er"] {
            server.transport?.write(part)
            harness.idle()
        }
        #expect(client.text == "answer")
        server.transport?.pauseProducing()
        server.transport?.resumeProducing()
        harness.idle()
        #expect(!client.isLost && !server.isLost)
        server.transport?.loseWriteConnection()
        try harness.run { client.isLost && server.isLost }
        harness.idle()
        #expect(server.text == "request" && server.readLosses == 1)
        for end in [client, server] { #expect(end.ending == "done" && end.lossCount == 1) }
    }

    @Test(arguments: ContractKind.available)
    func aRequestThatEndsWithHalfCloseIsAnsweredByAnyProtocol(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = (Recorder(), Recorder())
        server.onData = { recorder, bytes in recorder.transport?.write(bytes + bytes) }
        try harness.connect(client: client, server: server)
        client.transport?.write("ab")
        client.transport?.loseWriteConnection()
        try harness.run { client.isLost && server.isLost }
        #expect(client.received.sorted() == Array("aabb".utf8))
        #expect(client.ending == "done" && server.ending == "done")
        server.onData = nil
    }

    @Test(arguments: ContractKind.available)
    func aHalfClosedConnectionStillEndsAtOnce(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        for isAbort in [false, true] {
            let (client, server) = (HalfCloseRecorder(), HalfCloseRecorder())
            try harness.connect(client: client, server: server)
            client.transport?.loseWriteConnection()
            try harness.run { server.readLosses == 1 && client.writeLosses == 1 }
            if isAbort { client.transport?.abortConnection() } else { client.transport?.loseConnection() }
            try harness.run { client.isLost }
            #expect(client.ending == (isAbort ? "aborted" : "done"))
            // Only writing shows a half-closed end that nobody is there any more.
            try harness.run {
                server.transport?.write("x")
                return server.isLost
            }
            harness.idle()
            #expect(client.lossCount == 1 && server.lossCount == 1)
        }
    }

    @Test(arguments: ContractKind.available, [true, false])
    func anErrorInAHalfCloseEndsTheConnection(kind: ContractKind, whenReading: Bool) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = (HalfCloseRecorder(), HalfCloseRecorder())
        if whenReading {
            server.onReadLost = { _ in throw Broken() }
        } else {
            client.onWriteLost = { _ in throw Broken() }
        }
        try harness.connect(client: client, server: server)
        client.transport?.loseWriteConnection()
        let failing = whenReading ? server : client
        try harness.run { failing.isLost }
        harness.idle()
        #expect(failing.ending == "protocolFailure" && failing.lossCount == 1)
    }

    @Test(arguments: ContractKind.available)
    func halfClosingInsideTheNotificationEndsBoth(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = (HalfCloseRecorder(), HalfCloseRecorder())
        server.onReadLost = { recorder in
            recorder.transport?.write("last")
            recorder.transport?.loseWriteConnection()
        }
        try harness.connect(client: client, server: server)
        client.transport?.loseWriteConnection()
        try harness.run { client.isLost && server.isLost }
        #expect(client.text == "last" && client.ending == "done" && server.ending == "done")
    }

    // MARK: Errors and re-entrancy

    @Test(arguments: ContractKind.available, [true, false])
    func aThrowSendsWhatWasWrittenAndHarmsNoNeighbour(kind: ContractKind, whileConnecting: Bool) throws {
        let harness = try ContractHarness(kind)
        let (bystander, other) = try harness.connect()
        let (client, server) = (Recorder(), Recorder())
        let fail: (Recorder) throws -> Void = { recorder in
            recorder.transport?.write("sorry")
            throw Broken()
        }
        if whileConnecting { server.onMade = fail } else { server.onData = { recorder, _ in try fail(recorder) } }
        try harness.connect(client: client, server: server)
        client.transport?.write("x")
        try harness.run { client.isLost && server.isLost }
        // A secure connection has no way to say anything before its handshake.
        #expect(client.text == (whileConnecting && kind.secureLayers > 0 ? "" : "sorry") && client.lossCount == 1)
        #expect(server.ending == "protocolFailure" && server.lossCount == 1)
        bystander.transport?.write("still here")
        try harness.run { other.text == "still here" }
    }

    @Test(arguments: ContractKind.available, [true, false])
    func endingInsideConnectionMade(kind: ContractKind, isAbort: Bool) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = (Recorder(), Recorder())
        var lossesInside = -1
        server.onMade = { recorder in
            recorder.transport?.write("hello")
            if isAbort { recorder.transport?.abortConnection() } else { recorder.transport?.loseConnection() }
            lossesInside = recorder.lossCount
        }
        // A reset may overtake the client, which then was never connected.
        try harness.connect(client: client, server: server, until: { server.isLost })
        try harness.run { client.isLost || isAbort && !client.isMade }
        #expect(lossesInside == 0 && server.lossCount == 1 && client.lossCount == (client.isMade ? 1 : 0))
        #expect(client.text == (isAbort ? "" : "hello"))
        #expect(server.ending == (isAbort ? "aborted" : "done"))
    }

    @Test(arguments: ContractKind.available, [true, false])
    func endingInsideDataReceived(kind: ContractKind, isAbort: Bool) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        server.onData = { recorder, _ in
            recorder.transport?.write("answer")
            if isAbort { recorder.transport?.abortConnection() } else { recorder.transport?.loseConnection() }
        }
        client.transport?.write("x")
        try harness.run { client.isLost && server.isLost }
        harness.idle()
        #expect(client.text == (isAbort ? "" : "answer"))
        #expect(server.text == "x" && server.lossCount == 1)
        server.onData = nil
    }

    @Test(arguments: ContractKind.available)
    func aProducerMayAbortWhenItIsPaused(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        let producer = CountingProducer()
        producer.onPause = { server.transport?.abortConnection() }
        try server.transport?.registerProducer(producer, streaming: true)
        for _ in 0..<64 where producer.pauses == 0 {
            server.transport?.write([UInt8](repeating: 1, count: 1 << 20))
        }
        #expect(!server.isLost)
        try harness.run { client.isLost && server.isLost }
        #expect(producer.stops == 1 && server.ending == "aborted")
        producer.onPause = nil
    }

    @Test(arguments: ContractKind.available)
    func octetsArriveOneByOne(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, server) = try harness.connect()
        for byte in UInt8(0)..<100 {
            client.transport?.write([byte].span)
            try harness.run { server.receivedCount == Int(byte) + 1 }
        }
        #expect(server.received == Array(0..<100))
    }

    @Test(arguments: ContractKind.available)
    func optionsAreTakenOrRefusedBySocketsOnly(kind: ContractKind) throws {
        let harness = try ContractHarness(kind)
        let (client, _) = try harness.connect()
        let transport = try #require(client.transport)
        let options: [StreamOption] = [
            .noDelay(false), .keepAlive(KeepAlive(idleSeconds: 60, intervalSeconds: 10, probes: 3)), .keepAlive(nil),
            .unacknowledgedLimit(.seconds(20)), .unacknowledgedLimit(nil),
        ]
        for option in options where kind.isTCP { try transport.setOption(option) }
        if !kind.isTCP {
            #expect(throws: SystemFailure.self) { try transport.setOption(.noDelay(true)) }
        }
        if kind.isMemory || kind.secureLayers > 0 {
            #expect(throws: DescriptorPassingFailure.notAUnixSocket) { try transport.write([1], passing: [0]) }
        }
        if !kind.isMemory {
            try transport.setOption(.sendBufferSize(32_768))
            try transport.setOption(.receiveBufferSize(32_768))
        }
        transport.abortConnection()
        #expect(throws: SystemFailure.self) { try transport.setOption(.noDelay(true)) }
    }
}
