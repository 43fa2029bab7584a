import Basics
public import ReactorCore

/// Why none of a host's addresses could be connected to.
public struct HostConnectFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The host as it was written, and the port.
    public var host: String

    /// What each address said, in the order of the attempts; empty when the host has no address of the wanted family.
    public var attempts: [ConnectFailure]

    /// The failure in one line.
    public var description: String {
        let reasons = attempts.map(\.description).joined(separator: "; ")
        return "cannot connect to \(host): " + (reasons.isEmpty ? "no address of the wanted family" : reasons)
    }
}

/// The kinds of addresses that a host may have.
public enum AddressFamily: Hashable, Sendable {
    /// IPv4.
    case ipv4

    /// IPv6.
    case ipv6

    /// The family of an address; nil for a Unix socket.
    init?(of address: SocketAddress) {
        switch address {
        case .ipv4: self = .ipv4
        case .ipv6: self = .ipv6
        case .unix: return nil
        }
    }
}

/// Connects to a host by name over TCP, trying its addresses side by side ("Happy Eyeballs", RFC 8305).
///
/// The addresses are tried in the resolver's order with the two families taking turns (section 4). The next attempt
/// begins when the one before has failed, or ``attemptDelay`` after it began (section 5). The first
/// connection wins, and all other attempts are given up.
public struct HostClientEndpoint: ClientEndpoint {
    /// How long an attempt has for itself before the next one begins (RFC 8305, section 8, recommends 250 ms).
    public static let attemptDelay = Duration.milliseconds(250)

    /// The most addresses of one host that are tried.
    public static let mostAttempts = 32

    /// A numeric address or a name.
    public var host: String

    /// The port.
    public var port: UInt16

    /// How long the look-up, and then each attempt, may take.
    public var timeout: Duration

    /// The only family of addresses that is tried; nil for both.
    public var family: AddressFamily?

    /// This end's address, whose family is then the only one that is tried; port 0 lets the system choose the port.
    public var localAddress: SocketAddress?

    private let resolver: any NameResolver

    /// Makes an endpoint.
    public init(host: String, port: UInt16, timeout: Duration = .seconds(30), resolver: any NameResolver) {
        self.host = host
        self.port = port
        self.timeout = timeout
        self.resolver = resolver
    }

    /// The endpoint as an operator writes it.
    public var description: String {
        let kind = family == .ipv4 ? "tcp4" : family == .ipv6 ? "tcp6" : "tcp"
        let bind = localAddress.map { ":bind=" + EndpointDescription.escaped($0.host) } ?? ""
        return "\(kind):\(EndpointDescription.escaped(host)):\(port)\(bind)"
    }

    /// Looks the host up and connects.
    ///
    /// - Returns: The protocol; fails with ``NameFailure`` or ``HostConnectFailure``. Cancelling gives up, at any time.
    public func connect<Connected: StreamProtocol>(
        _ streamProtocol: Connected, on reactor: Reactor
    ) -> Deferred<Connected> {
        let race = ConnectionRace(
            host: "\(host):\(port)", from: localAddress, timeout: timeout, reactor: reactor)
        let connecting = addresses(on: reactor).flatMap { [wanted] addresses in
            race.connect(addresses.filter { wanted == nil || AddressFamily(of: $0) == wanted })
        }
        let outcome = Deferred<Connected> { connecting.cancel() }
        connecting.whenDone { result in
            switch result {
            case .success(let connection):
                connection.start(
                    streamProtocol, at: EndpointDescription(connectingTo: connection.peer), telling: outcome)
            case .failure(let failure): if !outcome.isFired { outcome.fail(failure) }
            }
        }
        return outcome
    }

    private var wanted: AddressFamily? { localAddress.flatMap(AddressFamily.init(of:)) ?? family }

    private func addresses(on reactor: Reactor) -> Deferred<[SocketAddress]> {
        do throws(NameFailure) {
            let name = try HostName(host)
            if let address = name.address(port: port) { return .succeeded([address]) }
            return resolver.resolve(host, port: port).timeout(after: timeout, on: reactor).recover { error in
                guard error is DeferredTimeout else { throw error }
                throw NameFailure.unavailable(host, reason: "no answer in time")
            }
        } catch {
            return .failed(error)
        }
    }
}

/// Attempts to connect to several addresses, of which the first that answers wins.
final class ConnectionRace {
    private let host: String
    private let localAddress: SocketAddress?
    private let timeout: Duration
    private let reactor: Reactor
    private var waiting: [SocketAddress] = []
    private var running: [Connector] = []
    private var failures: [ConnectFailure] = []
    private var nextStart: DelayedCall?
    private var outcome: Deferred<StreamConnection>?

    init(host: String, from localAddress: SocketAddress?, timeout: Duration, reactor: Reactor) {
        self.host = host
        self.localAddress = localAddress
        self.timeout = timeout
        self.reactor = reactor
    }

    func connect(_ addresses: [SocketAddress]) -> Deferred<StreamConnection> {
        waiting = Array(Self.takingTurns(addresses).prefix(HostClientEndpoint.mostAttempts))
        let outcome = Deferred<StreamConnection> { [self] in end() }
        self.outcome = outcome
        startNext()
        return outcome
    }

    /// The families in turn, beginning with the first address's; the order within a family stays.
    static func takingTurns(_ addresses: [SocketAddress]) -> [SocketAddress] {
        guard let first = addresses.first else { return [] }
        let preferred = addresses.filter { $0.family == first.family }
        let others = addresses.filter { $0.family != first.family }
        var mixed: [SocketAddress] = []
        for index in 0..<max(preferred.count, others.count) {
            if index < preferred.count { mixed.append(preferred[index]) }
            if index < others.count { mixed.append(others[index]) }
        }
        return mixed
    }

    private func startNext() {
        nextStart?.cancel()
        nextStart = nil
        guard let outcome else { return }
        if waiting.isEmpty {
            if running.isEmpty { fail(outcome) }
            return
        }
        let connector = Connector(
            EndpointDescription(connectingTo: waiting.removeFirst()), from: localAddress, reactor: reactor)
        running.append(connector)
        connector.start(timeout: timeout) { [self] result in
            running.removeAll { $0 === connector }
            switch result {
            case .success(let connection):
                end()
                outcome.succeed(connection)
            case .failure(let failure):
                failures.append(failure)
                startNext()
            }
        }
        if !waiting.isEmpty {
            nextStart = reactor.callLater(HostClientEndpoint.attemptDelay) { [self] in startNext() }
        }
    }

    private func fail(_ outcome: Deferred<StreamConnection>) {
        end()
        outcome.fail(HostConnectFailure(host: host, attempts: failures))
    }

    /// Gives up every other attempt.
    private func end() {
        outcome = nil
        nextStart?.cancel()
        nextStart = nil
        waiting = []
        let losers = running
        running = []
        for loser in losers { loser.giveUp() }
    }
}

extension EndpointDescription {
    /// The description of one address to connect to.
    init(connectingTo address: SocketAddress) {
        switch address {
        case .ipv4(let host, let port): self.init(.tcp(interface: host, port: port))
        case .ipv6(let host, let port): self.init(.tcp6(interface: host, port: port))
        case .unix(let path): self.init(.unix(path: path, mode: nil))
        }
    }
}
