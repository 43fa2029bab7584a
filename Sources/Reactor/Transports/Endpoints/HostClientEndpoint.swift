import Basics
public import ReactorCore

/// Why none of a host's addresses could be connected to.
public struct HostConnectFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The host as it was written, and the port.
    public var host: String

    /// What each address said, in the order of the attempts.
    public var attempts: [ConnectFailure]

    /// The failure in one line.
    public var description: String {
        "cannot connect to \(host): " + attempts.map(\.description).joined(separator: "; ")
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

    /// How long each attempt may take.
    public var timeout: Duration

    private let resolver: any NameResolver

    /// Makes an endpoint.
    public init(host: String, port: UInt16, timeout: Duration = .seconds(30), resolver: any NameResolver) {
        self.host = host
        self.port = port
        self.timeout = timeout
        self.resolver = resolver
    }

    /// The endpoint as an operator writes it.
    public var description: String { "tcp:\(EndpointDescription.escaped(host)):\(port)" }

    /// Looks the host up and connects.
    ///
    /// - Returns: The protocol; fails with ``NameFailure`` or ``HostConnectFailure``. Cancelling gives up, at any time.
    public func connect<Connected: StreamProtocol>(
        _ streamProtocol: Connected, on reactor: Reactor
    ) -> Deferred<Connected> {
        let race = ConnectionRace(host: "\(host):\(port)", timeout: timeout, reactor: reactor)
        return addresses().timeout(after: timeout, on: reactor).flatMap { race.connect($0) }.map { connection in
            try connection.start(streamProtocol)
            return streamProtocol
        }
    }

    private func addresses() -> Deferred<[SocketAddress]> {
        do throws(NameFailure) {
            let name = try HostName(host)
            if let address = name.address(port: port) { return .succeeded([address]) }
            return resolver.resolve(host, port: port)
        } catch {
            return .failed(error)
        }
    }
}

/// Attempts to connect to several addresses, of which the first that answers wins.
final class ConnectionRace {
    private let host: String
    private let timeout: Duration
    private let reactor: Reactor
    private var waiting: [SocketAddress] = []
    private var running: [Connector] = []
    private var failures: [ConnectFailure] = []
    private var nextStart: DelayedCall?
    private var outcome: Deferred<StreamConnection>?

    init(host: String, timeout: Duration, reactor: Reactor) {
        self.host = host
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
        let connector = Connector(EndpointDescription(connectingTo: waiting.removeFirst()), reactor: reactor)
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
