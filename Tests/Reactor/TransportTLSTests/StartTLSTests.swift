import Glibc
import ReactorCore
import ReactorTesting
import Testing
import TransportTLS
import Transports

@Suite struct StartTLSTests {
    /// A server that knows lines, and begins TLS upon one of them.
    final class PlainServer: StreamProtocol {
        let successor = Recorder()
        let reactor: Reactor
        let context: TLSServerContext
        var rule = EarlyPlaintextRule.refused
        var refusal: (any Error)?
        private(set) var lines: [String] = []
        private(set) var reasons: [DisconnectReason] = []
        private var buffer: [UInt8] = []
        private var transport: (any Transport)?

        init(reactor: Reactor, context: TLSServerContext) {
            self.reactor = reactor
            self.context = context
        }

        func connectionMade(over transport: any Transport) { self.transport = transport }

        func dataReceived(_ bytes: Span<UInt8>) throws {
            for index in bytes.indices { buffer.append(bytes[index]) }
            while let end = buffer.firstIndex(of: 10) {
                lines.append(String(decoding: buffer[..<end], as: UTF8.self))
                buffer.removeFirst(end + 1)
                guard lines.last == "STARTTLS" else { continue }
                transport?.write("220 go\n")
                do {
                    try transport?.startTLS(
                        .server(context), from: self, to: successor, unusedByteCount: buffer.count,
                        earlyPlaintext: rule, reactor: reactor)
                } catch {
                    refusal = error
                    throw error
                }
                return
            }
        }

        func connectionLost(_ reason: DisconnectReason) { reasons.append(reason) }
    }

    static func client(_ test: TestReactor, _ recorder: Recorder) throws -> (MemoryTransport, TLSTransport) {
        let role = TLSRole.client(try TLSPair.clientContext(), serverName: "mud.example")
        return (
            MemoryTransport(reactor: test.reactor), try TLSTransport(role, protocol: recorder, reactor: test.reactor)
        )
    }

    private func pump(_ test: TestReactor, _ first: MemoryTransport, _ second: MemoryTransport) {
        for _ in 0..<20 {
            test.settle()
            first.deliver(second.takeWritten())
            second.deliver(first.takeWritten())
        }
    }

    @Test(arguments: [EarlyPlaintextRule.refused, .discarded])
    func beginsInTheMiddleOfAConnection(rule: EarlyPlaintextRule) throws {
        let test = try TestReactor()
        let plain = PlainServer(reactor: test.reactor, context: try TLSPair.serverContext())
        plain.rule = rule
        let wire = MemoryTransport(reactor: test.reactor)
        wire.connect(plain)
        wire.deliver("HELLO\nSTARTTLS\n" + (rule == .discarded ? "RSET\nMAIL" : ""))
        test.settle()
        #expect(wire.takeWrittenText() == "220 go\n")
        let recorder = Recorder()
        let (clientWire, clientTLS) = try Self.client(test, recorder)
        plain.successor.onData = { recorder, bytes in recorder.transport?.write(bytes) }
        clientWire.connect(clientTLS)
        clientTLS.write("protected")
        pump(test, wire, clientWire)
        #expect(recorder.text == "protected")
        #expect(plain.successor.text == "protected" && plain.successor.sessions.count == 1)
        #expect(plain.lines == ["HELLO", "STARTTLS"])
        clientTLS.loseConnection()
        pump(test, wire, clientWire)
        #expect(plain.successor.ending == "done" && plain.successor.lossCount == 1)
        #expect(plain.reasons.isEmpty)
    }

    @Test(arguments: ["RSET\n", "x", "\n", "\u{16}\u{3}\u{1}"])
    func refusesWhatCameBehindTheCommand(injected: String) throws {
        let test = try TestReactor()
        let plain = PlainServer(reactor: test.reactor, context: try TLSPair.serverContext())
        let wire = MemoryTransport(reactor: test.reactor)
        wire.connect(plain)
        wire.deliver("STARTTLS\n" + injected)
        test.settle()
        #expect((plain.refusal as? TLSFailure)?.kind == .plaintextBeforeTLS)
        #expect(plain.lines == ["STARTTLS"] && plain.successor.transport == nil)
        #expect(plain.reasons.count == 1 && !wire.isOpen)
    }

    @Test func refusesWhatTheTransportStillHolds() throws {
        let test = try TestReactor()
        let wire = MemoryTransport(reactor: test.reactor)
        let plain = Recorder()
        wire.connect(plain)
        wire.pauseProducing()
        wire.deliver("injected")
        #expect(throws: TLSFailure.self) {
            try wire.startTLS(
                .client(TLSPair.clientContext(), serverName: "mud.example"), from: plain, to: Recorder(),
                unusedByteCount: 0, reactor: test.reactor)
        }
        test.settle()
        #expect(plain.ending == "aborted")
    }

    @Test func refusesTheSameProtocolAndABusyProducer() throws {
        let test = try TestReactor()
        let wire = MemoryTransport(reactor: test.reactor)
        let plain = Recorder()
        wire.connect(plain)
        let role = TLSRole.client(try TLSPair.clientContext(), serverName: "mud.example")
        #expect(throws: TLSFailure.self) {
            try wire.startTLS(role, from: plain, to: plain, unusedByteCount: 0, reactor: test.reactor)
        }
        try wire.registerProducer(TLSStreamTests.Source(wire, left: 1, isStreaming: true), streaming: true)
        #expect(throws: TransportMisuse.producerRegisteredTwice) {
            try wire.startTLS(role, from: plain, to: Recorder(), unusedByteCount: 0, reactor: test.reactor)
        }
        wire.unregisterProducer()
        try wire.startTLS(role, from: plain, to: Recorder(), unusedByteCount: 0, reactor: test.reactor)
        #expect(wire.isOpen && plain.lossCount == 0)
    }

    /// Says `STARTTLS` and, when the server says to go, begins.
    private final class PlainClient: StreamProtocol {
        let successor = Recorder()
        let reactor: Reactor
        let context: TLSClientContext
        private var transport: (any Transport)?

        init(reactor: Reactor, context: TLSClientContext) {
            self.reactor = reactor
            self.context = context
        }

        func connectionMade(over transport: any Transport) {
            self.transport = transport
            transport.write("STARTTLS\n")
        }

        func dataReceived(_ bytes: Span<UInt8>) throws {
            try transport?.startTLS(
                .client(context, serverName: "mud.example"), from: self, to: successor, unusedByteCount: 0,
                reactor: reactor)
        }

        func connectionLost(_ reason: DisconnectReason) {}
    }

    private final class OneFactory: ProtocolFactory {
        private let one: any StreamProtocol

        init(_ one: any StreamProtocol) { self.one = one }

        func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { one }
    }

    /// Two pipes, one for each direction, in place of standard input and output.
    private final class Pipes {
        let toServer: [Int32]
        let toClient: [Int32]

        init() throws {
            var (first, second): ([Int32], [Int32]) = ([0, 0], [0, 0])
            try #require(pipe(&first) == 0 && pipe(&second) == 0)
            (toServer, toClient) = (first, second)
            for end in first + second { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        }

        /// The streams have copies of their own.
        deinit { for end in toServer + toClient { close(end) } }
    }

    @Test func beginsOverStandardInputAndOutput() throws {
        let reactor = try Reactor()
        let server = PlainServer(reactor: reactor, context: try TLSPair.serverContext())
        let client = PlainClient(reactor: reactor, context: try TLSPair.clientContext())
        server.successor.onData = { recorder, bytes in recorder.transport?.write(bytes) }
        do {
            let pipes = try Pipes()
            _ = try StandardEndpoint(input: pipes.toServer[0], output: pipes.toClient[1])
                .listen(with: OneFactory(server), on: reactor)
            _ = try StandardEndpoint(input: pipes.toClient[0], output: pipes.toServer[1])
                .listen(with: OneFactory(client), on: reactor)
        }
        #expect(reactor.run { client.successor.session != nil })
        client.successor.transport?.write("protected")
        #expect(reactor.run { client.successor.text == "protected" })
        #expect(server.lines == ["STARTTLS"] && server.successor.text == "protected")
        client.successor.transport?.loseConnection()
        #expect(reactor.run { client.successor.lossCount == 1 && server.successor.lossCount == 1 })
        #expect(client.successor.ending == "done")
        #expect(server.successor.ending == "done" && server.reasons.isEmpty)
        #expect(reactor.leftovers.isEmpty)
    }

    @Test func refusesWhatWaitsInStandardInput() throws {
        let reactor = try Reactor()
        let pipes = try Pipes()
        let plain = Recorder()
        _ = try StandardEndpoint(input: pipes.toServer[0], output: pipes.toClient[1])
            .listen(with: OneFactory(plain), on: reactor)
        #expect(write(pipes.toServer[1], "injected", 8) == 8)
        let refusal = #expect(throws: TLSFailure.self) {
            try plain.transport?.startTLS(
                .server(TLSPair.serverContext()), from: plain, to: Recorder(), unusedByteCount: 0, reactor: reactor)
        }
        #expect(refusal?.kind == .plaintextBeforeTLS)
        #expect(reactor.run { plain.lossCount == 1 })
        #expect(plain.ending == "aborted" && plain.received.isEmpty && reactor.leftovers.isEmpty)
    }

    @Test func beginsAnotherTLSInsideTLS() throws {
        let pair = try TLSPair()
        pair.connect()
        let (client, server) = (Recorder(), Recorder())
        let serverTransport = try #require(pair.server.transport)
        let clientTransport = try #require(pair.client.transport)
        try serverTransport.startTLS(
            .server(TLSPair.serverContext()), from: pair.server, to: server, unusedByteCount: 0,
            reactor: pair.test.reactor)
        try clientTransport.startTLS(
            .client(TLSPair.clientContext(), serverName: "mud.example"), from: pair.client, to: client,
            unusedByteCount: 0, reactor: pair.test.reactor)
        client.transport?.write("deep")
        pair.pump()
        #expect(server.text == "deep" && pair.server.received.isEmpty)
    }

    @Test func refusesProtectedOctetsThatWaitBeforeTheInnerTLS() throws {
        let pair = try TLSPair()
        pair.connect()
        pair.server.transport?.pauseProducing()
        pair.client.transport?.write("before")
        pair.test.settle()
        pair.serverTLS.dataReceived(pair.clientWire.takeWritten().span)
        #expect(throws: TLSFailure.self) {
            try pair.server.transport?.startTLS(
                .server(TLSPair.serverContext()), from: pair.server, to: Recorder(), unusedByteCount: 0,
                reactor: pair.test.reactor)
        }
        pair.test.settle()
        #expect(pair.server.ending == "aborted")
    }
}
