import Basics
import FileAccessTesting
import Glibc
import ReactorCore
import ReactorTesting
import ReactorTestingTraits
import Testing
import TransportTLS
import Transports

/// A real reactor and a listener whose protocols are recorded.
final class SocketHarness {
    let reactor: Reactor
    private(set) var accepted: [Recorder] = []
    private(set) var endpoint = EndpointDescription(.tcp(interface: .loopback, port: 0))
    var prepare: ((Recorder) -> Void)?
    private var listener: Listener?

    final class Factory: ProtocolFactory {
        weak var harness: SocketHarness?

        func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
            let made = Recorder()
            harness?.prepare?(made)
            harness?.accepted.append(made)
            return made
        }
    }

    init() throws { reactor = try Reactor() }

    deinit {
        reactor.disconnectAll()
        for _ in 0..<3 { reactor.runOnePass(waitingAtMost: .zero) }
        for line in Leftovers(of: reactor).lines { Issue.record("left over: \(line)") }
    }

    func listen(_ source: (any TLSServerContextSource)? = nil) throws {
        let factory = Factory()
        factory.harness = self
        let secure = TLSFactory(
            wrapping: factory, server: try source ?? TLSPair.serverContext(), reactor: reactor)
        let made = try reactor.listen(endpoint, factory: secure)
        listener = made
        endpoint.kind = .tcp(interface: .loopback, port: UInt16(made.address.port ?? 0))
    }

    var port: Int { Int(listener?.address.port ?? 0) }

    func run(sourceLocation: SourceLocation = #_sourceLocation, until condition: () -> Bool) throws {
        let start = reactor.now
        while !condition() {
            reactor.runOnePass(waitingAtMost: .milliseconds(5))
            try #require(
                start.duration(to: reactor.now) < .seconds(60), "still false after a minute",
                sourceLocation: sourceLocation)
        }
    }
}

@Suite(.leavesNothing) struct TLSSocketTests {
    private func outcome(
        _ harness: SocketHarness, _ client: Recorder, context: TLSClientContext? = nil, name: String = "127.0.0.1"
    ) throws -> Result<Recorder, any Error> {
        var result: Result<Recorder, any Error>?
        harness.reactor.connectTLS(
            harness.endpoint, serverName: name, context: try context ?? TLSPair.clientContext(), protocol: client
        ).whenDone { result = $0 }
        try harness.run { result != nil }
        return try #require(result)
    }

    @Test func connectsAndEchoes() throws {
        let harness = try SocketHarness()
        harness.prepare = { $0.onData = { recorder, bytes in recorder.transport?.write(bytes) } }
        try harness.listen()
        let client = Recorder()
        #expect(try outcome(harness, client).get() === client)
        #expect(client.session?.version == .tls13)
        client.transport?.write("hello")
        try harness.run { client.receivedCount == 5 }
        #expect(client.transport?.peer.port.map { Int($0) } == harness.port)
        client.transport?.loseConnection()
        try harness.run { client.lossCount == 1 && harness.accepted[0].lossCount == 1 }
        #expect(client.ending == "done" && harness.accepted[0].ending == "done")
    }

    @Test func tellsWhyAConnectionWasNotMade() throws {
        let harness = try SocketHarness()
        try harness.listen()
        let kinds: [(String, TLSFailure.Kind)] = [("other.example", .wrongName), ("", .configuration)]
        for (name, kind) in kinds {
            guard case .failure(let failure) = try outcome(harness, Recorder(), name: name) else {
                Issue.record("connected to \(name)")
                continue
            }
            #expect((failure as? TLSFailure)?.kind == kind)
        }
        let closed = try SocketHarness()
        var result: Result<Recorder, any Error>?
        let nowhere = EndpointDescription(.unix(path: "/nowhere/at/all", mode: nil))
        closed.reactor.connectTLS(
            nowhere, serverName: "mud.example", context: try TLSPair.clientContext(), protocol: Recorder()
        ).whenDone { result = $0 }
        try closed.run { result != nil }
        guard case .failure(let failure)? = result else { return #expect(Bool(false), "connected") }
        #expect(failure is ConnectFailure)
    }

    @Test func cancellingGivesUpDuringTheHandshake() throws {
        let harness = try SocketHarness()
        // A plain listener that never answers.
        let silent = Silent()
        let listener = try harness.reactor.listen(harness.endpoint, factory: silent)
        let endpoint = EndpointDescription(.tcp(interface: .loopback, port: UInt16(listener.address.port ?? 0)))
        let client = Recorder()
        let connecting = harness.reactor.connectTLS(
            endpoint, serverName: "mud.example", context: try TLSPair.clientContext(), protocol: client)
        var result: Result<Recorder, any Error>?
        connecting.whenDone { result = $0 }
        try harness.run { client.transport != nil && silent.made.count == 1 }
        connecting.cancel()
        try harness.run { client.lossCount == 1 && silent.made[0].lossCount == 1 }
        guard case .failure(DeferredFailure.cancelled)? = result else { return #expect(Bool(false), "not cancelled") }
        #expect(client.ending == "aborted")
    }

    final class Silent: ProtocolFactory {
        private(set) var made: [Recorder] = []

        func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
            made.append(Recorder())
            return made.last
        }
    }

    @Test func muchArrivesThroughASlowReader() throws {
        let harness = try SocketHarness()
        try harness.listen()
        let client = Recorder()
        client.keepsBytes = false
        _ = try outcome(harness, client).get()
        let server = harness.accepted[0]
        try harness.run { server.session != nil }
        let size = 32 << 20
        var piece = (0..<65_521).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        var bytes: [UInt8] = []
        while bytes.count < size { bytes += piece.prefix(size - bytes.count) }
        piece = []
        client.transport?.pauseProducing()
        server.transport?.write(bytes)
        for _ in 0..<50 { harness.reactor.runOnePass(waitingAtMost: .milliseconds(1)) }
        let waiting = try #require(server.transport?.bufferedByteCount)
        #expect(waiting > size / 2 && waiting < size)
        #expect(client.receivedCount == 0)
        server.transport?.loseConnection(within: .seconds(300))
        var position = 0
        var isRight = true
        var isPaused = false
        client.onData = { recorder, received in
            let isSame = bytes.withUnsafeBytes { expected in
                guard let start = expected.baseAddress, position + received.count <= size else { return false }
                return memcmp(start + position, received, received.count) == 0
            }
            isRight = isRight && isSame
            position += received.count
            recorder.transport?.pauseProducing()
            #expect(!isPaused)
            isPaused = true
        }
        client.transport?.resumeProducing()
        try harness.run {
            if isPaused {
                isPaused = false
                client.transport?.resumeProducing()
            }
            return client.lossCount == 1 && server.lossCount == 1
        }
        #expect(position == size && isRight)
        #expect(client.ending == "done" && server.ending == "done")
    }

    @Test func aResetBelowIsPassedOn() throws {
        let harness = try SocketHarness()
        try harness.listen()
        let client = Recorder()
        _ = try outcome(harness, client).get()
        client.transport?.abortConnection()
        try harness.run { harness.accepted[0].lossCount == 1 && client.lossCount == 1 }
        #expect(client.ending == "aborted" && harness.accepted[0].ending == "lost")
    }

    @Test func octetsInTheKernelCountAsInjected() throws {
        let harness = try SocketHarness()
        let silent = Silent()
        let listener = try harness.reactor.listen(harness.endpoint, factory: silent)
        let endpoint = EndpointDescription(.tcp(interface: .loopback, port: UInt16(listener.address.port ?? 0)))
        let client = Recorder()
        harness.reactor.connect(endpoint, protocol: client).whenDone { _ in }
        try harness.run { client.transport != nil && silent.made.first?.transport != nil }
        let server = silent.made[0]
        server.transport?.pauseProducing()
        client.transport?.write("STARTTLS\r\nRSET\r\n")
        for _ in 0..<20 { harness.reactor.runOnePass(waitingAtMost: .milliseconds(1)) }
        let failure = #expect(throws: TLSFailure.self) {
            try server.transport?.startTLS(
                .server(TLSPair.serverContext()), from: server, to: Recorder(), unusedByteCount: 0,
                reactor: harness.reactor)
        }
        #expect(failure?.detail.contains("16 octets") == true)
        try harness.run { server.lossCount == 1 && client.lossCount == 1 }
        listener.stopListening()
    }

    @Test func beginsTLSOnAPlainSocket() throws {
        let harness = try SocketHarness()
        let silent = Silent()
        let listener = try harness.reactor.listen(harness.endpoint, factory: silent)
        let endpoint = EndpointDescription(.tcp(interface: .loopback, port: UInt16(listener.address.port ?? 0)))
        let (client, secureClient, secureServer) = (Recorder(), Recorder(), Recorder())
        harness.reactor.connect(endpoint, protocol: client).whenDone { _ in }
        try harness.run { client.transport != nil && silent.made.first?.transport != nil }
        let server = silent.made[0]
        let context = try TLSPair.serverContext()
        let reactor = harness.reactor
        server.onData = { recorder, bytes in
            recorder.transport?.write("go")
            try recorder.transport?.startTLS(
                .server(context), from: recorder, to: secureServer, unusedByteCount: 0, reactor: reactor)
        }
        client.onData = { recorder, bytes in
            try recorder.transport?.startTLS(
                .client(TLSPair.clientContext(), serverName: "127.0.0.1"), from: recorder, to: secureClient,
                unusedByteCount: 0, reactor: reactor)
        }
        secureServer.onData = { recorder, bytes in recorder.transport?.write(bytes) }
        client.transport?.write("STARTTLS")
        try harness.run { !secureClient.sessions.isEmpty }
        secureClient.transport?.write("now in private")
        try harness.run { secureClient.receivedCount == 14 }
        #expect(secureClient.text == "now in private" && client.text == "go" && server.text == "STARTTLS")
        secureClient.transport?.loseConnection()
        try harness.run { secureClient.lossCount == 1 && secureServer.lossCount == 1 }
        #expect(secureClient.ending == "done" && secureServer.ending == "done")
        #expect(client.lossCount == 0 && server.lossCount == 0)
        server.onData = nil
        client.onData = nil
        listener.stopListening()
    }

    // MARK: OpenSSL's own programs

    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func servesTheOpenSSLClient(version: String) throws {
        let folder = try TemporaryFolder()
        let harness = try SocketHarness()
        harness.prepare = {
            $0.onData = { recorder, bytes in
                recorder.transport?.write(bytes.map { $0 &- (bytes.last == 10 && $0 >= 97 ? 32 : 0) })
                if bytes.last == 10 { recorder.transport?.loseConnection() }
            }
        }
        try harness.listen(TLSPair.serverContext { $0.applicationProtocols = ["shout"] })
        try folder.write("hello\n", to: "in")
        let root = try Certificates.path("root.pem")
        #expect(
            system(
                """
                cd '\(folder.path)' && (openssl s_client -connect 127.0.0.1:\(harness.port) \(version) -CAfile '\(root)' \
                -verify_return_error -verify_hostname mud.example -servername mud.example -alpn shout -quiet \
                <in >out 2>err; echo $? >code) &
                """) == 0)
        try harness.run { folder.read("code") != nil && harness.accepted.first?.lossCount == 1 }
        #expect(folder.read("out") == "HELLO\n")
        #expect(harness.accepted[0].session?.applicationProtocol == "shout")
        #expect(harness.accepted[0].session?.serverName == "mud.example")
        #expect(harness.accepted[0].ending == "done")
    }

    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func reachesTheOpenSSLServer(version: String) throws {
        let folder = try TemporaryFolder()
        let (chain, key) = (try Certificates.path("chain.pem"), try Certificates.path("leaf.key"))
        #expect(
            system(
                """
                cd '\(folder.path)' && openssl s_server -accept 127.0.0.1:0 \(version) -cert '\(chain)' \
                -cert_chain '\(chain)' -key '\(key)' -alpn turn -rev -naccept 1 >out 2>err </dev/null &
                echo $! >'\(folder.path)/pid'
                """) == 0)
        defer { _ = system("kill $(cat '\(folder.path)/pid') 2>/dev/null") }
        let harness = try SocketHarness()
        var port: UInt16?
        try harness.run {
            let line = (folder.read("out") ?? "").split(separator: "\n").first { $0.hasPrefix("ACCEPT ") }
            port = line.flatMap { $0.split(separator: ":").last }.flatMap { UInt16($0) }
            return port != nil
        }
        let client = Recorder()
        var result: Result<Recorder, any Error>?
        harness.reactor.connectTLS(
            EndpointDescription(.tcp(interface: .loopback, port: try #require(port))), serverName: "mud.example",
            context: try TLSPair.clientContext { $0.applicationProtocols = ["turn"] }, protocol: client
        ).whenDone { result = $0 }
        try harness.run { result != nil }
        _ = try #require(result).get()
        client.transport?.write("desserts\n")
        try harness.run { client.text.contains("stressed") }
        #expect(client.session?.applicationProtocol == "turn")
        client.transport?.loseConnection()
        try harness.run { client.lossCount == 1 }
        #expect(client.ending == "done")
    }
}
