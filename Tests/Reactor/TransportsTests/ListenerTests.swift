import FileAccessTesting
import Glibc
import ReactorCore
import ReactorTestingTraits
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
        let folder = try TemporaryFolder()
        let path = folder.path + "/socket"
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

    @Test(arguments: [SocketKind.tcp, .unix])
    func aRefusedConnectFailsInALaterPassAndCancelGivesUp(kind: SocketKind) throws {
        let harness = try Harness(kind)
        let reactor = harness.reactor
        var ends: [String] = []
        func note(_ result: Result<Recorder, any Error>) {
            switch result {
            case .success: ends.append("made")
            case .failure(ConnectFailure.refused(_, let cause)): ends.append("refused \(cause.code)")
            case .failure(let error): ends.append("\(error)")
            }
        }
        let attempt = reactor.connect(harness.endpoint, protocol: Recorder())
        attempt.whenDone(note)
        attempt.cancel()
        harness.idle()
        #expect(ends == ["cancelled"] && harness.accepted.isEmpty)

        ends = []
        try harness.listener.stopListening()
        let refused = reactor.connect(harness.endpoint, protocol: Recorder())
        #expect(!refused.isFired)
        refused.whenDone(note)
        #expect(ends.isEmpty, "not inside the call, and not at once")
        try harness.run { !ends.isEmpty }
        #expect(ends == ["refused \(kind == .unix ? ENOENT : ECONNREFUSED)"])
        #expect(reactor.leftovers.isEmpty)
    }

    /// An attempt that the kernel is busy with, because the peer's queue is full and answers nobody.
    @Test func cancellingAConnectUnderWayLetsGoOfItsSocket() throws {
        let harness = try Harness(.tcp)
        let reactor = harness.reactor
        try harness.listener.stopListening()
        let busy = try reactor.listen(
            EndpointDescription(.tcp(interface: .loopback, port: 0), backlog: 0), factory: NewRecorders())
        busy.pauseAccepting()
        let port = UInt16(try #require(busy.address.port))
        let endpoint = EndpointDescription(.tcp(interface: .loopback, port: port))
        let filling = try RawPeer(endpoint)
        let attempt = reactor.connect(endpoint, timeout: .seconds(3600), protocol: Recorder())
        var end: (any Error)?
        attempt.whenDone { if case .failure(let error) = $0 { end = error } }
        harness.idle()
        func underWay() -> [Leftover] { reactor.leftovers.filter { $0.what.contains("connecting to") } }
        try #require(underWay().count == 1 && !attempt.isFired)
        attempt.cancel()
        #expect(end as? DeferredFailure == .cancelled)
        #expect(underWay().isEmpty && reactor.delayedCallCount == 0)
        withExtendedLifetime(filling) { busy.stopListening() }
    }

    /// What a factory may do while a batch is being accepted.
    enum Interruption: CaseIterable {
        case stop
        case pause
    }

    @Test(arguments: SocketKind.allCases, Interruption.allCases)
    func aFactoryMayInterruptTheBatchItIsPartOf(kind: SocketKind, interruption: Interruption) throws {
        let harness = try Harness(kind)
        let listener = try harness.listener
        harness.onMaking = {
            switch interruption {
            case .stop: listener.stopListening()
            case .pause: listener.pauseAccepting()
            }
        }
        let peers = [try RawPeer(harness.endpoint), try RawPeer(harness.endpoint)]
        try harness.run { !harness.accepted.isEmpty }
        harness.idle()
        #expect(harness.accepted.count == 1 && harness.accepted[0].isMade && !harness.accepted[0].isLost)
        #expect(peers[0].send("x"))
        try harness.run { harness.accepted[0].text == "x" }
        switch interruption {
        case .stop:
            #expect(!listener.isListening)
            #expect(peers[1].receiveAll().isEmpty, "the queue went with the socket")
        case .pause:
            harness.onMaking = nil
            listener.resumeAccepting()
            try harness.run { harness.accepted.count == 2 }
        }
        #expect(harness.logLines.isEmpty)
    }

    /// What becomes of a listener when the kernel says something to `accept4`.
    struct Verdict: CustomTestStringConvertible, Sendable {
        enum Course: String, Sendable {
            /// The next one is accepted in the same pass.
            case goesOn
            /// Those that wait are turned away by means of the reserved descriptor.
            case turnsAway
            /// Nothing is accepted for a second.
            case pauses
            /// The socket is closed.
            case givesUp
        }

        let code: Int32
        let course: Course

        var testDescription: String { "\(SystemFailure(code: code, call: "accept4")) \(course)" }
    }

    @Test(arguments: [
        Verdict(code: ECONNABORTED, course: .goesOn), Verdict(code: EPERM, course: .goesOn),
        Verdict(code: EPROTO, course: .goesOn), Verdict(code: EMFILE, course: .turnsAway),
        Verdict(code: ENFILE, course: .turnsAway), Verdict(code: ENOBUFS, course: .pauses),
        Verdict(code: ENOMEM, course: .pauses), Verdict(code: EINVAL, course: .givesUp),
        Verdict(code: EBADF, course: .givesUp), Verdict(code: ENOTSOCK, course: .givesUp),
    ])
    func whatTheKernelSaysToAcceptingIsSurvived(verdict: Verdict) throws {
        let harness = try Harness(.tcp)
        let listener = try harness.listener
        var failures = 1
        listener.accept = { descriptor in
            guard failures > 0 else { return Socket.accept(descriptor) }
            failures -= 1
            return .failure(verdict.code)
        }
        let peer = try RawPeer(harness.endpoint)
        try harness.run { failures == 0 }
        let waits = harness.reactor.leftovers.filter { $0.kind == .delayedCall }
        switch verdict.course {
        case .goesOn:
            try harness.run { harness.accepted.count == 1 }
            #expect(harness.logLines.isEmpty && waits.isEmpty)
        case .turnsAway:
            #expect(peer.receiveAll().isEmpty)
            #expect(harness.accepted.isEmpty && harness.logLines.count == 1)
            #expect(harness.logLines.first?.contains("out of descriptors; connections are turned away (1)") == true)
        case .pauses:
            harness.idle()
            #expect(harness.accepted.isEmpty && !waits.isEmpty && harness.logLines.count == 1)
            #expect(harness.logLines.first?.contains("accepting pauses") == true)
            #expect(harness.reactor.runOnePass(waitingAtMost: .zero) == 0, "no spinning")
            // A second later, by itself.
            try harness.run { harness.accepted.count == 1 }
        case .givesUp:
            #expect(peer.receiveAll().isEmpty)
            #expect(!listener.isListening && harness.logLines.count == 1)
        }
        guard verdict.course != .givesUp else { return }
        let (client, server) = try harness.connect()
        client.transport?.write("alive")
        try harness.run { server.text == "alive" }
    }
}

private final class NewRecorders: ProtocolFactory {
    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { Recorder() }
}
