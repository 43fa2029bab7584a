import Glibc
import ReactorCore
import Testing
import Transports

@Suite(.everyPoller) struct ListenerTests {
    @Test(arguments: SocketKind.allCases)
    func stopsListeningWhileConnectionsLiveOn(kind: SocketKind) throws {
        let harness = try Harness(kind)
        let (client, server) = try harness.connect()
        let listener = try harness.listener
        listener.stopListening()
        listener.stopListening()
        #expect(!listener.isListening)
        client.transport?.write("x")
        try harness.run { server.text == "x" }
        var failure: (any Error)?
        harness.reactor.connect(harness.endpoint, protocol: Recorder())
            .whenDone { if case .failure(let error) = $0 { failure = error } }
        try harness.run { failure != nil }
        guard case .refused(_, let cause)? = failure as? ConnectFailure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(cause.code == (kind == .unix ? ENOENT : ECONNREFUSED))
    }

    @Test(arguments: [false, true]) func aSocketThatIsShutDownByOthersIsGivenUp(isPaused: Bool) throws {
        let harness = try Harness(.tcp)
        let reactor = harness.reactor
        let shared = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(shared) }
        #expect(Glibc.listen(shared, 5) == 0)
        let port = try AdoptedEndpoint(descriptor: shared).listen(with: NewRecorders(), on: reactor)
        let listener = try #require(port as? Listener)
        if isPaused { port.pauseAccepting() }
        reactor.runOnePass(waitingAtMost: .zero)
        let before = harness.logLines.count
        #expect(shutdown(shared, Int32(SHUT_RDWR)) == 0)
        for _ in 0..<10 { reactor.runOnePass(waitingAtMost: .zero) }
        #expect(!listener.isListening && harness.logLines.count == before + 1)
    }

    @Test func listenersShareAPortWhenBothWantTo() throws {
        let harness = try Harness(.tcp)
        let factory = RecorderFactory()
        var wanted = EndpointDescription(.tcp(interface: .loopback, port: 0), sharesPort: true)
        let first = try harness.reactor.listen(wanted, factory: factory)
        wanted.kind = .tcp(interface: .loopback, port: UInt16(try #require(first.address.port)))
        let second = try harness.reactor.listen(wanted, factory: factory)
        #expect(first.address == second.address)
        wanted.sharesPort = false
        let failure = #expect(throws: ListenFailure.self) { try harness.reactor.listen(wanted, factory: factory) }
        #expect(failure?.cause.code == EADDRINUSE)
        first.stopListening()
        let client = Recorder()
        wanted.sharesPort = true
        harness.reactor.connect(wanted, protocol: client).whenDone { _ in }
        try harness.run { client.isMade && factory.made.count == 1 }
        second.stopListening()
    }

    @Test(arguments: SocketKind.allCases)
    func aFactorysNilTurnsThePeerAway(kind: SocketKind) throws {
        let harness = try Harness(kind)
        harness.turnsAway = true
        let client = Recorder()
        harness.reactor.connect(harness.endpoint, protocol: client).whenDone { _ in }
        try harness.run { client.isLost }
        #expect(harness.accepted.isEmpty)
    }

    @Test(arguments: SocketKind.allCases)
    func pausedAcceptingLeavesPeersWaiting(kind: SocketKind) throws {
        let harness = try Harness(kind)
        try harness.listener.pauseAccepting()
        let client = Recorder()
        harness.reactor.connect(harness.endpoint, protocol: client).whenDone { _ in }
        try harness.run { client.isMade }
        harness.idle()
        #expect(harness.accepted.isEmpty)
        try harness.listener.resumeAccepting()
        try harness.run { harness.accepted.count == 1 }
    }

    @Test func manyPeersAreAcceptedInBoundedPasses() throws {
        let harness = try Harness(.unix)
        let count = StreamLimits.acceptsPerPass * 2 + 1
        let clients = (0..<count).map { _ in Recorder() }
        for client in clients { harness.reactor.connect(harness.endpoint, protocol: client).whenDone { _ in } }
        try harness.run { harness.accepted.count == count }
        for recorder in harness.accepted { recorder.transport?.loseConnection() }
        try harness.run { clients.allSatisfy(\.isLost) }
    }

    @Test func aBusyAddressIsNamedInTheFailure() throws {
        let harness = try Harness(.tcp)
        #expect(throws: ListenFailure.self) {
            try harness.reactor.listen(harness.endpoint, factory: HarnessFactory(harness: harness))
        }
        do throws(ListenFailure) {
            _ = try harness.reactor.listen(harness.endpoint, factory: HarnessFactory(harness: harness))
        } catch {
            #expect(error.cause.code == EADDRINUSE)
            #expect(error.description.contains("tcp:"))
        }
    }

    @Test func aUnixSocketHasItsModeAndLeavesNoFile() throws {
        let harness = try Harness(.unix)
        let path = try harness.listener.address.host
        var status = stat()
        #expect(lstat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        try harness.listener.stopListening()
        #expect(lstat(path, &status) != 0)
    }

    @Test func onlyAStaleUnixSocketIsReplaced() throws {
        let directory = try temporaryDirectory()
        defer { rmdir(directory) }
        let path = directory + "/socket"
        defer { unlink(path) }
        let reactor = try Reactor()
        let endpoint = EndpointDescription(.unix(path: path, mode: nil))
        let harness = try Harness(.tcp)

        let live = try reactor.listen(endpoint, factory: HarnessFactory(harness: harness))
        #expect(throws: ListenFailure.self) { try reactor.listen(endpoint, factory: HarnessFactory(harness: harness)) }
        live.stopListening()

        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let abandoned = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(abandoned, $0, size) }
        }
        #expect(code == 0)
        close(abandoned)
        let replacing = try reactor.listen(endpoint, factory: HarnessFactory(harness: harness))
        replacing.stopListening()

        let file = open(path, O_CREAT | O_WRONLY, 0o600)
        close(file)
        #expect(throws: ListenFailure.self) { try reactor.listen(endpoint, factory: HarnessFactory(harness: harness)) }
        #expect(access(path, F_OK) == 0)
    }

    @Test func aRefusedConnectFailsInALaterPassAndCancelGivesUp() throws {
        let harness = try Harness(.tcp)
        var seen = 0
        let attempt = harness.reactor.connect(harness.endpoint, protocol: Recorder())
        attempt.whenDone { if case .failure(DeferredFailure.cancelled) = $0 { seen += 1 } }
        attempt.cancel()
        harness.idle()
        #expect(seen == 1)
        #expect(harness.accepted.isEmpty)
    }
}

private final class NewRecorders: ProtocolFactory {
    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { Recorder() }
}
