import Basics
import Glibc
import ReactorCore
import ReactorTesting
import ReactorTestingTraits
import Testing

@testable import Transports

@Suite(.everyPoller) struct HostClientEndpointTests {
    private let resolver = ScriptedResolver()

    private func v4(_ number: UInt32) -> SocketAddress { .ipv4(IPv4Host(bits: number), port: 1) }
    private func v6(_ number: UInt64) -> SocketAddress { .ipv6(IPv6Host(high: 0, low: number), port: 1) }

    @Test func familiesTakeTurns() {
        #expect(ConnectionRace.takingTurns([]) == [])
        #expect(
            ConnectionRace.takingTurns([v6(1), v6(2), v6(3), v4(1), v4(2)]) == [v6(1), v4(1), v6(2), v4(2), v6(3)])
        #expect(ConnectionRace.takingTurns([v4(1), v6(1), v6(2), v6(3)]) == [v4(1), v6(1), v6(2), v6(3)])
    }

    /// A port of this machine that is taken and not listened on, so that nobody else can answer there meanwhile.
    private func deadPort() throws -> UInt16 {
        let taken = try Socket.make(family: AF_INET)
        holder.descriptors.append(taken)
        try Socket.bind(taken, to: .ipv4(.any, port: 0))
        return UInt16(Socket.ownAddress(taken)?.port ?? 0)
    }

    private final class Holder {
        var descriptors: [Int32] = []
        deinit { for descriptor in descriptors { close(descriptor) } }
    }

    private let holder = Holder()

    @Test func theNextAddressIsTriedWhenOneRefuses() throws {
        let harness = try Harness(.tcp)
        let port = UInt16(try harness.listener.address.port ?? 0)
        let endpoint = HostClientEndpoint(host: "mud.example.org", port: port, resolver: resolver)
        let client = Recorder()
        var connected: Recorder?
        endpoint.connect(client, on: harness.reactor).whenDone { connected = try? $0.get() }
        #expect(resolver.questions == ["mud.example.org:\(port)"])
        resolver.answers[0].succeed([.ipv4(.loopback, port: try deadPort()), .ipv4(.loopback, port: port)])
        try harness.run { connected === client && client.isMade && harness.accepted.count == 1 }
        #expect(harness.accepted.count == 1)
    }

    @Test func allFailuresAreReported() throws {
        let reactor = try Reactor()
        let port = try deadPort()
        let endpoint = HostClientEndpoint(host: "mud.example.org", port: port, resolver: resolver)
        var failure: HostConnectFailure?
        endpoint.connect(Recorder(), on: reactor).whenDone {
            if case .failure(let error) = $0 { failure = error as? HostConnectFailure }
        }
        let (first, second) = (
            SocketAddress.ipv4(.loopback, port: port), SocketAddress.ipv4(IPv4Host(bits: 0x7F00_0002), port: port)
        )
        resolver.answers[0].succeed([first, second])
        for _ in 0..<1000 where failure == nil { reactor.runOnePass(waitingAtMost: .milliseconds(5)) }
        #expect(failure?.attempts.count == 2)
        #expect(failure?.description.contains("127.0.0.2") == true)
        #expect(failure?.host == "mud.example.org:\(port)")
    }

    @Test func anUnknownNameAndABadOneFailWithoutConnecting() throws {
        let reactor = try Reactor()
        var failures: [NameFailure] = []
        for host in ["gone.example.org", "not a name"] {
            HostClientEndpoint(host: host, port: 1, resolver: resolver).connect(Recorder(), on: reactor).whenDone {
                if case .failure(let error as NameFailure) = $0 { failures.append(error) }
            }
        }
        resolver.answers[0].fail(NameFailure.unknown("gone.example.org"))
        #expect(failures == [.badName("not a name"), .unknown("gone.example.org")])
        #expect(resolver.questions.count == 1)
    }

    /// A listener whose queue is full: whoever connects then hears nothing.
    private final class SilentPort {
        let port: UInt16
        private let listener: Int32
        private var fillers: [Int32] = []

        init() throws {
            listener = try Socket.make(family: AF_INET)
            try Socket.bind(listener, to: .ipv4(.loopback, port: 0))
            try Socket.listen(listener, backlog: 0)
            port = UInt16(Socket.ownAddress(listener)?.port ?? 0)
            for _ in 0..<4 {
                let filler = try Socket.make(family: AF_INET)
                _ = try Socket.connect(filler, to: .ipv4(.loopback, port: port))
                fillers.append(filler)
            }
        }

        deinit { for descriptor in fillers + [listener] { close(descriptor) } }
    }

    @Test func aSilentAddressDelaysTheNextByAQuarterOfASecond() throws {
        let silent = try SilentPort()
        let harness = try Harness(.tcp)
        let time = ManualTime()
        let reactor = try Reactor(time: time)
        let endpoint = HostClientEndpoint(host: "h", port: 1, resolver: resolver)
        let client = Recorder()
        var isConnected = false
        endpoint.connect(client, on: reactor).whenDone { if case .success = $0 { isConnected = true } }
        let good = UInt16(try harness.listener.address.port ?? 0)
        resolver.answers[0].succeed([.ipv4(.loopback, port: silent.port), .ipv4(.loopback, port: good)])
        for _ in 0..<20 { reactor.runOnePass(waitingAtMost: .milliseconds(1)) }
        #expect(!isConnected)
        time.advance(by: HostClientEndpoint.attemptDelay)
        for _ in 0..<1000 where !isConnected { reactor.runOnePass(waitingAtMost: .milliseconds(1)) }
        #expect(isConnected)
        try harness.run { harness.accepted.count == 1 }
        reactor.disconnectAll()
        reactor.runOnePass(waitingAtMost: .zero)
    }

    @Test func aSilentHostAndASilentResolverAreGivenUpInTime() throws {
        let silent = try SilentPort()
        let time = ManualTime()
        let reactor = try Reactor(time: time)
        let endpoint = HostClientEndpoint(host: "h", port: 1, timeout: .seconds(7), resolver: resolver)
        var failures: [any Error] = []
        for _ in 0..<2 {
            endpoint.connect(Recorder(), on: reactor).whenDone {
                if case .failure(let error) = $0 { failures.append(error) }
            }
        }
        resolver.answers[0].succeed([.ipv4(.loopback, port: silent.port)])
        for _ in 0..<10 { reactor.runOnePass(waitingAtMost: .milliseconds(1)) }
        #expect(failures.isEmpty)
        time.advance(by: .seconds(7))
        for _ in 0..<10 { reactor.runOnePass(waitingAtMost: .milliseconds(1)) }
        let attempt = failures.compactMap { $0 as? HostConnectFailure }.first?.attempts.first
        guard case .timedOut? = attempt else { return #expect(Bool(false), "\(failures)") }
        #expect(attempt?.kind == .timedOut)
        #expect(failures.contains { $0 as? NameFailure == .unavailable("h", reason: "no answer in time") })
        #expect(reactor.delayedCallCount == 0)
    }

    @Test func onlyTheWantedFamilyIsTried() throws {
        let reactor = try Reactor()
        let port = try deadPort()
        var endpoint = HostClientEndpoint(host: "h", port: port, resolver: resolver)
        endpoint.family = .ipv6
        var failures: [HostConnectFailure] = []
        endpoint.connect(Recorder(), on: reactor).whenDone {
            if case .failure(let error as HostConnectFailure) = $0 { failures.append(error) }
        }
        resolver.answers[0].succeed([.ipv4(.loopback, port: port)])
        #expect(failures.map(\.description) == ["cannot connect to h:\(port): no address of the wanted family"])
    }

    @Test func connectsFromTheAddressThatWasAskedFor() throws {
        let harness = try Harness(.tcp)
        let port = UInt16(try harness.listener.address.port ?? 0)
        var endpoint = HostClientEndpoint(host: "127.0.0.1", port: port, resolver: resolver)
        endpoint.localAddress = .ipv4(IPv4Host(bits: 0x7F00_0003), port: 0)
        let client = Recorder()
        endpoint.connect(client, on: harness.reactor).whenDone { _ in }
        try harness.run { client.isMade && harness.accepted.count == 1 }
        #expect(client.transport?.host.host == "127.0.0.3")
    }

    @Test(
        arguments: [
            (ECONNREFUSED, "connect", .nobodyListens), (ENOENT, "connect", .nobodyListens),
            (EHOSTUNREACH, "connect", .unreachable),
            (ENETUNREACH, "connect", .unreachable), (ETIMEDOUT, "connect", .timedOut),
            (EACCES, "connect", .notPermitted),
            (EADDRNOTAVAIL, "bind", .badLocalAddress), (EADDRINUSE, "bind", .badLocalAddress),
            (EADDRNOTAVAIL, "connect", .exhausted), (EMFILE, "socket", .exhausted), (ECANCELED, "connect", .shutDown),
            (EINVAL, "connect", .other),
        ] as [(Int32, String, ConnectFailure.Kind)])
    func failuresHaveKinds(code: Int32, call: String, kind: ConnectFailure.Kind) throws {
        let endpoint = try EndpointDescription("tcp:1")
        #expect(ConnectFailure.refused(endpoint, SystemFailure(code: code, call: call)).kind == kind)
    }

    /// Cancels whatever waits for it as soon as it is connected.
    private final class Regretful: StreamProtocol {
        var cancel: () -> Void = {}
        private(set) var reasons: [DisconnectReason] = []

        func connectionMade(over transport: any Transport) { cancel() }
        func dataReceived(_ bytes: Span<UInt8>) {}
        func connectionLost(_ reason: DisconnectReason) { reasons.append(reason) }
    }

    @Test(arguments: [false, true]) func aConnectionThatIsCancelledWhileItBeginsIsAborted(byName: Bool) throws {
        let harness = try Harness(.tcp)
        let port = UInt16(try harness.listener.address.port ?? 0)
        let client = Regretful()
        let endpoint: any ClientEndpoint =
            byName
            ? HostClientEndpoint(host: "127.0.0.1", port: port, resolver: resolver)
            : AddressClientEndpoint(harness.endpoint)
        let outcome = endpoint.connect(client, on: harness.reactor)
        client.cancel = { outcome.cancel() }
        var isCancelled = false
        outcome.whenDone { if case .failure(DeferredFailure.cancelled) = $0 { isCancelled = true } }
        try harness.run { client.reasons.count == 1 && harness.accepted.first?.reason != nil }
        #expect(isCancelled)
        guard case .aborted? = client.reasons.first else { return #expect(Bool(false), "\(client.reasons)") }
    }

    @Test func cancellingGivesUpWhateverIsUnderWay() throws {
        let silent = try SilentPort()
        let reactor = try Reactor(time: ManualTime())
        for stage in 0..<2 {
            let outcome = HostClientEndpoint(host: "h", port: 1, resolver: resolver).connect(Recorder(), on: reactor)
            var isCancelled = false
            outcome.whenDone {
                if case .failure(let error as DeferredFailure) = $0 { isCancelled = error == .cancelled }
            }
            if stage == 1 {
                resolver.answers[stage].succeed([.ipv4(.loopback, port: silent.port)])
                for _ in 0..<5 { reactor.runOnePass(waitingAtMost: .milliseconds(1)) }
            }
            outcome.cancel()
            #expect(isCancelled)
            if stage == 0 { resolver.answers[stage].succeed([.ipv4(.loopback, port: silent.port)]) }
            for _ in 0..<5 { reactor.runOnePass(waitingAtMost: .milliseconds(1)) }
            #expect(reactor.delayedCallCount == 0)
        }
    }
}
