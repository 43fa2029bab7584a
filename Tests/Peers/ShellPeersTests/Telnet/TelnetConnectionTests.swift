import Basics
import CharacterEncodings
import CompressionWire
import ReactorCore
import ReactorTesting
import ShellPeers
import TelnetWire
import Testing
import Transports

/// Notes what a connection tells.
final class NotingHandler: TelnetHandler {
    private(set) var connection: TelnetConnection?
    private(set) var actions: [TelnetAction] = []
    private(set) var lineCount = 0
    private(set) var hasEnded = false
    private(set) var reason: DisconnectReason?
    private(set) var received = 0
    private(set) var sent = 0
    private(set) var behind: [Bool] = []
    /// Lines after which the input is paused.
    var pausesAfter = Int.max

    var lines: [String] {
        actions.compactMap { if case .line(let octets) = $0 { String(decoding: octets, as: UTF8.self) } else { nil } }
    }

    var text: String {
        String(
            decoding: actions.flatMap { if case .octets(let octets) = $0 { octets } else { [UInt8]() } }, as: UTF8.self)
    }

    func connected(_ connection: TelnetConnection) { self.connection = connection }

    func received(_ action: TelnetAction) {
        actions.append(action)
        guard case .line = action else { return }
        lineCount += 1
        if lineCount % pausesAfter == 0 { connection?.pauseInput() }
    }

    func inputEnded() { hasEnded = true }
    func counted(received: Int, sent: Int) {
        self.received += received
        self.sent += sent
    }
    func peerFellBehind() { behind.append(true) }
    func peerCaughtUp() { behind.append(false) }
    func connectionLost(_ reason: DisconnectReason) { self.reason = reason }
}

/// Our server and our client, joined in memory.
final class TelnetStage {
    let test: TestReactor
    let pool: CompressorPool
    let server = NotingHandler()
    let client = NotingHandler()
    let pair: LoopbackPair
    private(set) var serverTrace = TraceBook()
    private(set) var clientTrace = TraceBook()

    final class TraceBook {
        var lines: [String] = []
    }

    init(compressors: Int = 10, piece: Int = 65_536, keepAlive: Duration? = nil) throws {
        test = try TestReactor()
        pool = CompressorPool(limit: compressors)
        let (serverBook, clientBook) = (TraceBook(), TraceBook())
        (serverTrace, clientTrace) = (serverBook, clientBook)
        var policy = TelnetPolicy.client
        policy.deliversOctets = true
        let serverSettings = TelnetSettings(
            role: .server, policy: .server, compressors: pool,
            inflatedOctetsPerSecond: CompressionLimits.inflatedOctetsPerSecond, keepAlive: keepAlive,
            trace: { serverBook.lines.append($0) })
        let clientSettings = TelnetSettings(
            role: .client, policy: policy, compressors: CompressorPool(limit: 1), trace: { clientBook.lines.append($0) }
        )
        pair = LoopbackPair(
            client: TelnetConnection(clientSettings, handler: client, on: test.reactor),
            server: TelnetConnection(serverSettings, handler: server, on: test.reactor), test: test)
        pair.octetsPerDelivery = piece
        pair.pump()
    }

    func say(_ text: String) {
        server.connection?.send(Array(text.utf8))
        pair.pump()
    }

    func type(_ text: String) {
        client.connection?.send(Array(text.utf8))
        pair.pump()
    }
}

@Suite struct TelnetConnectionTests {
    @Test(arguments: [1, 2, 3, 7, 65_536]) func ourClientAndOurServerTalkCompressedBothWays(piece: Int) throws {
        let stage = try TelnetStage(piece: piece)
        let (server, client) = (try #require(stage.server.connection), try #require(stage.client.connection))
        #expect(server.outputIsCompressed && server.inputIsCompressed)
        #expect(client.outputIsCompressed && client.inputIsCompressed)
        #expect(stage.pool.inUse == 1)
        for number in 0..<50 {
            stage.say("Line \(number) of the game.\r\n")
            stage.type("say line \(number)\r\n")
        }
        #expect(stage.client.text == (0..<50).map { "Line \($0) of the game.\r\n" }.joined())
        #expect(stage.server.lines == (0..<50).map { "say line \($0)" })
        client.close()
        stage.pair.pump()
        #expect(stage.server.hasEnded)
        server.close()
        stage.pair.pump()
        #expect(stage.server.reason != nil && stage.client.reason != nil)
        #expect(stage.pool.inUse == 0)
    }

    @Test func withoutRoomForCompressorsNoneIsOffered() throws {
        let stage = try TelnetStage(compressors: 0)
        #expect(stage.server.connection?.outputIsCompressed == false)
        #expect(!stage.serverTrace.lines.contains("SENT WILL MCCP2"))
        stage.say("plain\r\n")
        #expect(stage.client.text == "plain\r\n")
    }

    /// When the last place went to another one after the offer, the stream that is announced already ends at once.
    @Test func whoAgreesTooLateTalksPlain() throws {
        let test = try TestReactor()
        let pool = CompressorPool(limit: 1)
        let handlers = [NotingHandler(), NotingHandler()]
        let transports = handlers.map { handler in
            let transport = MemoryTransport(reactor: test.reactor)
            transport.connect(
                TelnetConnection(
                    TelnetSettings(role: .server, policy: .server, compressors: pool), handler: handler,
                    on: test.reactor))
            return transport
        }
        for transport in transports {
            #expect(Self.contains([255, 251, 86], in: transport.takeWritten()))
            transport.deliver([255, 253, 86])
        }
        #expect(pool.inUse == 1)
        #expect(handlers[0].connection?.outputIsCompressed == true)
        #expect(handlers[1].connection?.outputIsCompressed == false)
        let mark: [UInt8] = [255, 250, 86, 255, 240]
        let late = transports[1].takeWritten()
        #expect(late == mark + [0x78, 0x9C, 3, 0, 0, 0, 0, 1] + [255, 252, 86])
        var inflater = try Inflater()
        var text: [UInt8] = []
        let step = try inflater.inflate(Array(late.dropFirst(5)), into: &text)
        #expect(step.outcome == .ended && step.consumed == 8 && text.isEmpty)
        transports[0].loseFromPeer()
        test.settle()
        #expect(pool.inUse == 0)
    }

    @Test func ofTenThousandClientsThatAskForCompressionOnlySoManyGetIt() throws {
        let test = try TestReactor()
        let pool = CompressorPool(limit: 300)
        let settings = TelnetSettings(role: .server, policy: .server, compressors: pool)
        var served: [(transport: MemoryTransport, handler: NotingHandler)] = []
        for _ in 0..<10_000 {
            let (transport, handler) = (MemoryTransport(reactor: test.reactor), NotingHandler())
            transport.connect(TelnetConnection(settings, handler: handler, on: test.reactor))
            transport.deliver([255, 253, 86])
            served.append((transport, handler))
        }
        #expect(pool.inUse == 300)
        #expect(served.count { $0.handler.connection?.outputIsCompressed == true } == 300)
        #expect(!Self.contains([255, 251, 86], in: served[9_999].transport.takeWritten()))
        for client in served { client.transport.loseFromPeer() }
        test.settle()
        #expect(pool.inUse == 0)
    }

    @Test(arguments: [1, 65_536]) func compressionEndsAndBeginsAsWanted(piece: Int) throws {
        let stage = try TelnetStage(piece: piece)
        let server = try #require(stage.server.connection)
        for isWanted in [true, false, false] {
            server.setCompression(isWanted)
            stage.say("now \(isWanted)\r\n")
            #expect(server.outputIsCompressed == isWanted)
            #expect(stage.client.connection?.inputIsCompressed == isWanted)
        }
        #expect(stage.client.text == "now true\r\nnow false\r\nnow false\r\n")
        #expect(stage.pool.inUse == 0)
        let offers = stage.serverTrace.lines.count { $0 == "SENT WILL MCCP2" }
        server.setCompression(true)
        #expect(stage.serverTrace.lines.count { $0 == "SENT WILL MCCP2" } == offers + 1)
    }

    @Test func theTraceNamesEveryCommandBothWays() throws {
        let stage = try TelnetStage()
        for (sent, received) in [(stage.serverTrace, stage.clientTrace), (stage.clientTrace, stage.serverTrace)] {
            let commands = sent.lines.filter { $0.hasPrefix("SENT ") && !$0.contains("compressed") }
            #expect(commands.count > 5)
            #expect(
                received.lines.filter { $0.hasPrefix("RCVD ") && !$0.contains("compressed") }
                    == commands.map { "RCVD " + $0.dropFirst(5) })
        }
        #expect(stage.clientTrace.lines.contains("RCVD WILL EOR"))
        #expect(stage.clientTrace.lines.contains("SENT DO EOR"))
    }

    /// MCCP3: a thousand zeros for each octet are cut off at 100:1 after 64 KiB.
    @Test(arguments: [1, 500, 65_536]) func aBombIsCutOff(piece: Int) throws {
        let (transport, handler, test) = try Self.compressedServer()
        var deflater = try Deflater(level: 9)
        var bomb: [UInt8] = []
        deflater.compress([UInt8](repeating: 0, count: 8 << 20), into: &bomb)
        deflater.flush(into: &bomb)
        transport.deliver(bomb, inPiecesOf: piece)
        test.settle()
        guard case .protocolFailure(let error) = handler.reason else {
            Issue.record("\(String(describing: handler.reason))")
            return
        }
        #expect(error as? CompressionFailure == .bomb)
    }

    /// MCCP3: 1 MiB in a second and no more, though no ratio is exceeded; as much each second for ever.
    @Test func moreThanAMebibyteASecondIsCutOff() throws {
        let (transport, handler, test) = try Self.compressedServer()
        var deflater = try Deflater()
        var random = SeededGenerator(seed: 1)
        for second in 0..<4 {
            if second > 0 { test.advance(by: .seconds(1)) }
            for _ in 0..<4 {
                let text = (0..<256 * 1024).map { _ in UInt8.random(in: 0x61...0x64, using: &random) }
                var octets: [UInt8] = []
                deflater.compress(text, into: &octets)
                deflater.flush(into: &octets)
                transport.deliver(octets)
            }
            #expect(handler.reason == nil)
        }
        var octets: [UInt8] = []
        deflater.compress(Array("more".utf8), into: &octets)
        deflater.flush(into: &octets)
        transport.deliver(octets)
        test.settle()
        guard case .protocolFailure(let error) = handler.reason else {
            Issue.record("\(String(describing: handler.reason))")
            return
        }
        #expect(error as? TelnetFailure == .inflatedTooMuch(octetsPerSecond: 1024 * 1024))
    }

    @Test(arguments: [1, 3, 65_536]) func behindTheEndOfACompressedStreamTextIsPlain(piece: Int) throws {
        let (transport, handler, _) = try Self.compressedServer()
        var deflater = try Deflater()
        var octets: [UInt8] = []
        deflater.compress(Array("say deflated\r\n".utf8), into: &octets)
        deflater.finish(into: &octets)
        let mark: [UInt8] = [255, 250, 87, 255, 240]
        var again = try Deflater()
        var more: [UInt8] = []
        again.compress(Array("say once more\r\n".utf8), into: &more)
        again.flush(into: &more)
        transport.deliver(octets + Array("say plain\r\n\u{0}garbage\r\n".utf8) + mark + more, inPiecesOf: piece)
        #expect(handler.lines == ["say deflated", "say plain", "garbage", "say once more"])
        #expect(handler.reason == nil)
    }

    @Test func compressedGarbageEndsTheConnectionAndNothingElse() throws {
        for seed in 0..<UInt64(200) {
            let (transport, handler, test) = try Self.compressedServer()
            var random = SeededGenerator(seed: seed)
            transport.deliver(
                (0..<400).map { _ in UInt8.random(in: 0...255, using: &random) },
                inPiecesOf: Int.random(in: 1...400, using: &random))
            test.settle()
            if let reason = handler.reason, case .protocolFailure = reason { continue }
            #expect(handler.reason == nil)
        }
    }

    /// Operators read why, also where the damage is found only when the input is resumed.
    @Test(arguments: [false, true]) func damagedInputSaysSo(isPaused: Bool) throws {
        let (transport, handler, test) = try Self.compressedServer()
        if isPaused { handler.connection?.pauseInput() }
        transport.deliver([0x78, 0x9C, 0xFF, 0xFF, 0xFF])
        if isPaused { handler.connection?.resumeInput() }
        test.settle()
        #expect(handler.reason?.description == "protocol failure: the compressed octets are damaged")
    }

    /// A script in a single read, compressed and not, waits while the input is paused.
    @Test(arguments: [false, true]) func pausedInputWaits(isCompressed: Bool) throws {
        let (transport, handler, test) = isCompressed ? try Self.compressedServer() : try Self.plainServer()
        let script = Array((0..<5000).map { "say \($0)\r\n" }.joined().utf8)
        var octets = script
        if isCompressed {
            var deflater = try Deflater()
            octets = []
            deflater.compress(script, into: &octets)
            deflater.flush(into: &octets)
        }
        handler.pausesAfter = 10
        transport.deliver(octets)
        transport.deliverEndOfFile()
        for round in 1...500 {
            #expect(handler.lineCount == round * 10)
            #expect(transport.isReadingPaused && !handler.hasEnded)
            handler.connection?.resumeInput()
            test.settle()
        }
        #expect(handler.lines == (0..<5000).map { "say \($0)" })
        #expect(handler.hasEnded)
    }

    @Test func aSlowReaderIsToldOfAndCaughtUpWith() throws {
        let (transport, handler, _) = try Self.plainServer()
        transport.isPeerReading = false
        let connection = try #require(handler.connection)
        while handler.behind.isEmpty { connection.send([UInt8](repeating: 0x61, count: 1000)) }
        #expect(connection.bufferedByteCount > StreamLimits.producerHighWater)
        #expect(connection.untakenByteCount == connection.bufferedByteCount)
        transport.isPeerReading = true
        #expect(handler.behind == [true, false])
        #expect(connection.untakenByteCount == 0)
    }

    @Test func whatDidNotArriveIsCountedAsTextAlsoWhenItIsCompressed() throws {
        let (transport, handler, test) = try Self.compressingServer()
        let connection = try #require(handler.connection)
        transport.isPeerReading = false
        let lines = (0..<20).map { Array("This is line \($0), which nobody reads.\r\n".utf8) }
        for line in lines { connection.send(line) }
        let total = lines.map(\.count).reduce(0, +)
        #expect(connection.untakenByteCount == total)
        #expect(connection.bufferedByteCount < total)
        var inflater = try Inflater()
        var seen: [UInt8] = []
        while connection.bufferedByteCount > 40 {
            _ = try inflater.inflate(transport.take(atMost: 7), into: &seen)
            #expect(total - connection.untakenByteCount <= seen.count)
        }
        let untaken = connection.untakenByteCount
        #expect(untaken > 0 && untaken < total)
        transport.loseFromPeer(.aborted)
        test.settle()
        #expect(connection.untakenByteCount == untaken)
    }

    @Test func textIsRecodedAndCommandsAreNot() throws {
        let (transport, handler, _) = try Self.plainServer()
        let connection = try #require(handler.connection)
        _ = transport.takeWritten()
        connection.use(.latin1)
        let fact = TelnetOption.gmcp.subnegotiation(Array("x \"\u{E9}\"".utf8))
        connection.send(
            Array("caf\u{E9} \u{FF}\u{4F60}".utf8) + [255, 251, 1] + fact + Array("\u{E9}".utf8) + [255, 249])
        #expect(
            transport.takeWritten() == [0x63, 0x61, 0x66, 0xE9, 0x20, 255, 255, 0x3F, 255, 251, 1] + fact
                + [0xE9, 255, 249])
        transport.deliver([0x73, 0x61, 0x79, 0x20, 0xE9, 255, 255, 13, 10])
        #expect(handler.lines == ["say \u{E9}\u{FF}"])
        connection.use(.gbk)
        transport.deliver([0xC4], inPiecesOf: 1)
        transport.deliver([0xE3, 0xBA, 0xC3, 13, 10], inPiecesOf: 1)
        #expect(handler.lines.last == "\u{4F60}\u{597D}")
        connection.send(Array("\u{4F60}\u{597D}".utf8))
        #expect(transport.takeWritten() == [0xC4, 0xE3, 0xBA, 0xC3])
        connection.use(nil)
        connection.send(Array("\u{4F60}".utf8))
        #expect(transport.takeWritten() == Array("\u{4F60}".utf8))
    }

    @Test func anAgreedCharacterSetIsUsed() throws {
        let (transport, handler, _) = try Self.plainServer()
        transport.deliver([255, 253, 42])
        _ = transport.takeWritten()
        transport.deliver([255, 250, 42, 2] + Array("ISO-8859-1".utf8) + [255, 240])
        #expect(handler.connection?.encoding == .latin1)
        handler.connection?.send(Array("\u{E9}".utf8))
        #expect(transport.takeWritten() == [0xE9])
        #expect(handler.actions.contains(.characterSet("ISO-8859-1")))
    }

    @Test func aSilentConnectionIsKeptAliveIfWanted() throws {
        let stage = try TelnetStage(keepAlive: .seconds(60))
        let before = stage.serverTrace.lines.count
        stage.test.advance(by: .seconds(30))
        stage.say("not silent\r\n")
        stage.test.advance(by: .seconds(59))
        #expect(stage.serverTrace.lines.count == before)
        stage.test.advance(by: .seconds(2))
        #expect(stage.serverTrace.lines.dropFirst(before) == ["SENT NOP"])
        stage.test.advance(by: .seconds(60))
        #expect(stage.serverTrace.lines.dropFirst(before) == ["SENT NOP", "SENT NOP"])
        stage.client.connection?.abort()
        stage.pair.pump()
        stage.test.advance(by: .seconds(600))
        #expect(stage.test.leftovers.isEmpty)
    }

    // MARK: Stages

    private typealias Served = (MemoryTransport, NotingHandler, TestReactor)

    private static func plainServer(_ pool: CompressorPool? = nil) throws -> Served {
        let (test, handler) = (try TestReactor(), NotingHandler())
        let transport = MemoryTransport(reactor: test.reactor)
        let settings = TelnetSettings(
            role: .server, policy: .server, compressors: pool,
            inflatedOctetsPerSecond: CompressionLimits.inflatedOctetsPerSecond)
        transport.connect(TelnetConnection(settings, handler: handler, on: test.reactor))
        return (transport, handler, test)
    }

    /// A server whose client has begun to compress.
    private static func compressedServer() throws -> Served {
        let served = try plainServer(CompressorPool(limit: 1))
        served.0.deliver([255, 253, 87, 255, 250, 87, 255, 240])
        #expect(served.1.connection?.inputIsCompressed == true)
        return served
    }

    /// A server that compresses; what it has said so far is taken.
    private static func compressingServer() throws -> Served {
        let served = try plainServer(CompressorPool(limit: 1))
        served.0.deliver([255, 253, 86])
        #expect(served.1.connection?.outputIsCompressed == true)
        _ = served.0.takeWritten()
        return served
    }

    private static func contains(_ part: [UInt8], in octets: [UInt8]) -> Bool {
        octets.indices.contains { octets[$0...].starts(with: part) }
    }
}
