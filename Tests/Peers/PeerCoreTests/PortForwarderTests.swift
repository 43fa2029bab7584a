import FileAccessTesting
import Glibc
import PeerCore
import ReactorCore
import ReactorTesting
import Testing
import TransportTLS
import Transports

/// Connects to a transport in memory as soon as the test says so.
private final class ScriptedEndpoint: ClientEndpoint {
    let transport = MemoryTransport(peer: .ipv4(.loopback, port: 80))
    let description = "scripted"
    private(set) var isAsked = false
    private(set) var wasCancelled = false
    private var answer: ((Result<Void, any Error>) -> Void)?

    func connect<Connected: StreamProtocol>(
        _ streamProtocol: Connected, on reactor: Reactor
    ) -> Deferred<Connected> {
        isAsked = true
        let connecting = Deferred<Connected> { [weak self] in self?.wasCancelled = true }
        answer = { [transport] result in
            switch result {
            case .success:
                transport.connect(streamProtocol)
                connecting.succeed(streamProtocol)
            case .failure(let error): connecting.fail(error)
            }
        }
        return connecting
    }

    func finish(_ result: Result<Void, any Error> = .success(())) { answer?(result) }
}

private struct Refused: Error, Hashable {}

@Suite struct PortForwarderTests {
    private let test: TestReactor
    private let target = ScriptedEndpoint()
    private let client = MemoryTransport()
    private var far: MemoryTransport { target.transport }

    init() throws { test = try TestReactor() }

    private func connect(onFailure: @escaping (SocketAddress, any Error) -> Void = { _, _ in }) throws {
        let forwarder = PortForwarder(to: target, on: test.reactor, onFailure: onFailure)
        client.connect(try #require(forwarder.makeProtocol(for: client.peer)))
    }

    @Test func bothHearEachOther() throws {
        try connect()
        client.deliver("early ")
        #expect(client.isReadingPaused && target.isAsked)
        target.finish()
        client.deliver("words")
        far.deliver("answer")
        #expect(far.takeWrittenText() == "early words" && client.takeWrittenText() == "answer")
    }

    @Test func neitherSendsFasterThanTheOtherReads() throws {
        try connect()
        target.finish()
        far.isPeerReading = false
        let piece = [UInt8](repeating: 7, count: 65_536)
        for _ in 0..<64 { client.deliver(piece) }
        #expect(client.isReadingPaused && !far.isReadingPaused && far.bufferedByteCount < 1 << 20)
        far.isPeerReading = true
        var received = 0
        for _ in 0..<1000 where received < 64 * piece.count {
            far.drain()
            received += far.takeWritten().count
        }
        #expect(received == 64 * piece.count)
    }

    @Test func aHalfThatIsClosedIsClosedOnTheOtherSide() throws {
        try connect()
        target.finish()
        client.deliver("a request")
        client.deliverEndOfFile()
        far.settle()
        #expect(far.takeWrittenText() == "a request" && far.hasEndedWriting && far.isOpen)
        far.deliver("a long answer")
        #expect(client.takeWrittenText() == "a long answer")
        far.deliverEndOfFile()
        client.settle()
        far.settle()
        #expect(isDone(client) && isDone(far))
    }

    @Test(arguments: [true, false]) func oneThatIsLostTakesTheOtherAlong(isClient: Bool) throws {
        try connect()
        target.finish()
        far.deliver("last words")
        client.deliver("last words")
        (isClient ? client : far).loseFromPeer(.aborted)
        let other = isClient ? far : client
        other.settle()
        #expect(other.takeWrittenText() == "last words" && isDone(other))
    }

    @Test func aTargetThatCannotBeReachedIsReported() throws {
        var failures: [(SocketAddress, any Error)] = []
        try connect { failures.append(($0, $1)) }
        target.finish(.failure(Refused()))
        client.settle()
        #expect(client.lostReason != nil && failures.count == 1 && failures.first?.0 == client.peer)
    }

    @Test func aClientThatLeavesIsNotConnected() throws {
        var failures = 0
        try connect { _, _ in failures += 1 }
        client.loseFromPeer(.aborted)
        #expect(target.wasCancelled && failures == 0)
    }

    /// Moves octets between two ends until nothing moves any more.
    private func pump(_ left: MemoryTransport, _ right: MemoryTransport) {
        var hasMoved = true
        while hasMoved {
            test.settle()
            let (toRight, toLeft) = (left.takeWritten(), right.takeWritten())
            hasMoved = !toRight.isEmpty || !toLeft.isEmpty
            right.deliver(toRight)
            left.deliver(toLeft)
        }
    }

    @Test(arguments: [true, false]) func theTargetHearsOnlyOfWhoHasShakenHands(hasLayer: Bool) throws {
        let folder = try TemporaryFolder()
        let command = """
            cd '\(folder.path)' && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
            -subj /CN=mud.example -addext subjectAltName=DNS:mud.example -keyout key -out certificate 2>log
            """
        try #require(system(command) == 0)
        let (certificate, key) = (folder.path + "/certificate", folder.path + "/key")
        let context = try TLSServerContext(identity: TLSIdentity(certificateFile: certificate, keyFile: key))
        let near = MemoryTransport(reactor: test.reactor)
        var factory: any ProtocolFactory = PortForwarder(to: target, on: test.reactor)
        if hasLayer { factory = factory.under(ConnectionLimitPolicy(ConnectionLimits(total: 1))) }
        let secured = TLSFactory(wrapping: factory, server: context, reactor: test.reactor)
        near.connect(try #require(secured.makeProtocol(for: near.peer)))
        test.settle()
        #expect(!target.isAsked)

        var options = TLSClientOptions()
        options.verification = .full(try .file(certificate))
        let wire = MemoryTransport(reactor: test.reactor)
        let talker = Talker()
        let tls = try TLSTransport(
            .client(TLSClientContext(options), serverName: "mud.example"), protocol: talker, reactor: test.reactor)
        wire.connect(tls)
        pump(wire, near)
        #expect(target.isAsked && far.takeWrittenText().isEmpty)
        target.finish()
        pump(wire, near)
        #expect(far.takeWrittenText() == "early words")
        far.deliver("answer")
        pump(wire, near)
        #expect(talker.received == "answer")
        wire.abortConnection()
        near.loseFromPeer()
        test.settle()
    }
}

/// Says something at once and keeps what it is told.
private final class Talker: StreamProtocol {
    private(set) var received = ""

    func connectionMade(over transport: any Transport) { transport.write("early words") }

    func dataReceived(_ bytes: Span<UInt8>) {
        for index in bytes.indices { received.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
    }

    func connectionLost(_ reason: DisconnectReason) {}
}
