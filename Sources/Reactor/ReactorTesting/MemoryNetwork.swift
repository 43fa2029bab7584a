import Glibc
public import ReactorCore
public import Transports

/// A network of stream endpoints in memory: who listens is found by name or address, and the test decides what becomes of
/// each attempt to connect.
///
/// ```swift
/// let network = MemoryNetwork(test)
/// let port = try network.server("mud.example:4000").listen(with: EchoFactory(), on: test.reactor)
/// network.fate = { $0.number == 1 ? .refuse(ECONNREFUSED) : .accept }
/// let caller = network.client("mud.example:4000").connect(Caller(), on: test.reactor)
/// test.settle()                   // fails with ConnectFailure.refused, as of a socket
/// ```
///
/// What one end writes the other reads while the reactor makes passes: ``TestReactor/settle()`` and
/// ``TestReactor/advance(by:)`` carry everything there is. To decide octet by octet, take the connection's ``LoopbackPair``.
///
/// - Isolation: belongs to the test's thread, like the reactor.
public final class MemoryNetwork {
    /// What becomes of an attempt to connect.
    public enum Answer: Hashable, Sendable {
        /// Whoever listens there gets the connection; nobody does: `ECONNREFUSED`. While it has paused, the attempt waits.
        case accept

        /// The attempt fails with ``ConnectFailure/refused(_:_:)`` and this error, such as `EHOSTUNREACH`.
        case refuse(Int32)

        /// Nobody answers until the test does (``Attempt/accept()``, ``Attempt/refuse(_:)``), or the time is up.
        case wait
    }

    /// Decides what becomes of an attempt, once, in the pass after it was made.
    public var fate: (Attempt) -> Answer = { _ in .accept }

    /// Every attempt to connect, the oldest first.
    public private(set) var attempts: [Attempt] = []

    /// The connections made, the oldest first, those that have ended included.
    public var connections: [LoopbackPair] { attempts.compactMap(\.connection) }

    let test: TestReactor
    private var ports: [MemoryPort] = []
    private var addresses: [String: SocketAddress] = [:]
    private var lastNumber: UInt16 = 0

    /// Makes a network on which nobody listens.
    public init(_ test: TestReactor) {
        self.test = test
    }

    /// Where to listen under a name; any text will do.
    public func server(_ name: String) -> MemoryServerEndpoint {
        MemoryServerEndpoint(name: name, address: address(of: name), network: self)
    }

    /// Where to listen at an address; clients may also name it, as `127.0.0.1:4000`.
    public func server(_ address: SocketAddress) -> MemoryServerEndpoint { server(know(address)) }

    /// Where to connect to by a name; somebody may listen there only later.
    ///
    /// - Parameters:
    ///   - name: As of ``server(_:)-(String)``.
    ///   - timeout: How long an answer may take.
    /// - Returns: An endpoint for any number of attempts.
    public func client(_ name: String, timeout: Duration = .seconds(30)) -> MemoryClientEndpoint {
        MemoryClientEndpoint(name: name, address: address(of: name), timeout: timeout, network: self)
    }

    /// Where to connect to by an address.
    public func client(_ address: SocketAddress, timeout: Duration = .seconds(30)) -> MemoryClientEndpoint {
        client(know(address), timeout: timeout)
    }

    /// The name of an address is what it looks like.
    private func know(_ address: SocketAddress) -> String {
        addresses["\(address)"] = address
        return "\(address)"
    }

    /// A name that is no address gets one of 10.0.0.0/16, port 4000.
    private func address(of name: String) -> SocketAddress {
        if let known = addresses[name] { return known }
        lastNumber += 1
        let made = SocketAddress.ipv4(IPv4Host(bits: 0x0A00_0000 | UInt32(lastNumber)), port: 4000)
        addresses[name] = made
        return made
    }

    // MARK: Ports

    func open(
        _ name: String, _ address: SocketAddress, _ factory: any ProtocolFactory
    ) throws(ListenFailure) -> MemoryPort {
        guard port(at: address) == nil else {
            throw ListenFailure(
                endpoint: AddressClientEndpoint(address).address,
                cause: SystemFailure(code: EADDRINUSE, call: "bind"))
        }
        let port = MemoryPort(name: name, address: address, factory: factory, network: self)
        ports.append(port)
        test.reactor.watch(port)
        return port
    }

    func close(_ port: MemoryPort) {
        ports.removeAll { $0 === port }
        for attempt in attempts where attempt.isInBacklog && attempt.address == port.address {
            attempt.refuse(ECONNREFUSED)
        }
    }

    func takeBacklog(of port: MemoryPort) {
        for attempt in attempts where attempt.isInBacklog && attempt.address == port.address {
            if port.isAccepting { attempt.accept() }
        }
    }

    func port(at address: SocketAddress) -> MemoryPort? { ports.first { $0.address == address } }

    // MARK: Attempts

    func note(_ attempt: Attempt) {
        attempts.append(attempt)
    }

    var nextAttempt: Int { attempts.count + 1 }

    func answer(_ attempt: Attempt) {
        guard attempt.state == .waiting else { return }
        switch fate(attempt) {
        case .accept: attempt.accept()
        case .refuse(let code): attempt.refuse(code)
        case .wait: break
        }
    }
}

extension MemoryNetwork {
    /// One attempt to connect.
    public final class Attempt: CustomStringConvertible {
        /// What has become of an attempt.
        public enum State: Hashable, Sendable {
            /// It is under way.
            case waiting

            /// There is a connection, or there was.
            case connected

            /// It was refused, with an error of the kernel.
            case refused(Int32)

            /// Nobody answered in time.
            case timedOut

            /// Whoever connected has given up.
            case cancelled
        }

        /// The attempt's place among those of the network, from 1.
        public let number: Int

        /// The name it was made by; of an address, what that looks like.
        public let name: String

        /// Where it leads.
        public let address: SocketAddress

        /// The address of the end that connects.
        public let clientAddress: SocketAddress

        /// What has become of it.
        public private(set) var state = State.waiting

        /// Both ends of the connection, once there is one.
        public private(set) var connection: LoopbackPair?

        /// Whether it waits for a port that has paused.
        private(set) var isInBacklog = false
        private let network: MemoryNetwork
        private var timer: DelayedCall?
        private var join: ((Result<MemoryPort, ConnectFailure>) -> LoopbackPair?)?

        init(
            name: String, address: SocketAddress, network: MemoryNetwork, timeout: Duration,
            _ join: @escaping (Result<MemoryPort, ConnectFailure>) -> LoopbackPair?
        ) {
            number = network.nextAttempt
            self.name = name
            self.address = address
            clientAddress = .ipv4(.loopback, port: UInt16(truncatingIfNeeded: 50_000 + number % 15_000))
            self.network = network
            self.join = join
            let reactor = network.test.reactor
            timer = reactor.callLater(.zero) { [self] in
                timer = reactor.callLater(timeout) { [self] in
                    end(.timedOut, .timedOut(AddressClientEndpoint(address).address))
                }
                network.answer(self)
            }
        }

        /// The name and the state.
        public var description: String { "attempt \(number) to connect to \(name): \(state)" }

        /// Connects it with whoever listens there; with nobody, it is refused.
        ///
        /// Both protocols have been told when this returns. After the end of the attempt it does nothing.
        public func accept() {
            guard state == .waiting else { return }
            guard let port = network.port(at: address) else { return refuse(ECONNREFUSED) }
            isInBacklog = !port.isAccepting
            guard port.isAccepting, let join = finish(.connected) else { return }
            connection = join(.success(port))
        }

        /// Fails it with `ECONNREFUSED`; after the end of the attempt it does nothing.
        public func refuse() { refuse(ECONNREFUSED) }

        /// Fails it with an error of the kernel; after the end of the attempt it does nothing.
        public func refuse(_ code: Int32) {
            let failure = SystemFailure(code: code, call: "connect")
            end(.refused(code), .refused(AddressClientEndpoint(address).address, failure))
        }

        func giveUp() { _ = finish(.cancelled) }

        private func end(_ state: State, _ failure: ConnectFailure) {
            _ = finish(state)?(.failure(failure))
        }

        private func finish(_ end: State) -> ((Result<MemoryPort, ConnectFailure>) -> LoopbackPair?)? {
            guard state == .waiting else { return nil }
            state = end
            isInBacklog = false
            timer?.cancel()
            timer = nil
            return join.take()
        }
    }
}

/// Where to listen on a ``MemoryNetwork``.
public struct MemoryServerEndpoint: ServerEndpoint {
    let name: String
    /// The address that clients' transports show as their peer.
    public let address: SocketAddress
    let network: MemoryNetwork

    /// The name, as in `memory:mud.example:4000`.
    public var description: String { "memory:\(name)" }

    /// Begins to listen.
    ///
    /// - Throws: ``ListenFailure`` with `EADDRINUSE`.
    public func listen(with factory: any ProtocolFactory, on reactor: Reactor) throws -> any ListeningPort {
        try network.open(name, address, factory)
    }
}

/// Where to connect to on a ``MemoryNetwork``.
public struct MemoryClientEndpoint: ClientEndpoint {
    let name: String
    /// The address that the transports show as their peer.
    public let address: SocketAddress
    /// How long an answer may take.
    public let timeout: Duration
    let network: MemoryNetwork

    /// The name, as in `memory:mud.example:4000`.
    public var description: String { "memory:\(name)" }

    /// Makes an attempt; what becomes of it ``MemoryNetwork/fate`` decides.
    ///
    /// - Returns: The protocol, once connected; fails with ``ConnectFailure``, in a later pass.
    public func connect<Connected: StreamProtocol>(
        _ streamProtocol: Connected, on reactor: Reactor
    ) -> Deferred<Connected> {
        let made = AttemptReference()
        let outcome = Deferred<Connected> { made.attempt?.giveUp() }
        let attempt = MemoryNetwork.Attempt(name: name, address: address, network: network, timeout: timeout) {
            result in
            switch result {
            case .success(let port):
                let client = made.attempt?.clientAddress ?? .ipv4(.loopback, port: 0)
                let pair = port.join(streamProtocol, from: client)
                // The protocol may have given up when it heard of its connection.
                if outcome.isFired { pair.client.abortConnection() } else { outcome.succeed(streamProtocol) }
                return pair
            case .failure(let failure):
                outcome.fail(failure)
                return nil
            }
        }
        made.attempt = attempt
        network.note(attempt)
        return outcome
    }
}

private final class AttemptReference {
    weak var attempt: MemoryNetwork.Attempt?
}

/// Somebody who listens on a memory network.
final class MemoryPort: ListeningPort, LeftoverSource {
    let address: SocketAddress
    private let name: String
    private let factory: any ProtocolFactory
    private weak let network: MemoryNetwork?
    private let test: TestReactor
    private var isListening = true
    private var isPaused = false

    init(name: String, address: SocketAddress, factory: any ProtocolFactory, network: MemoryNetwork) {
        self.name = name
        self.address = address
        self.factory = factory
        self.network = network
        test = network.test
    }

    var isAccepting: Bool { isListening && !isPaused }

    var leftover: Leftover? { isListening ? Leftover(.connection, "listener in memory on \(name)") : nil }

    func stopListening() {
        guard isListening else { return }
        isListening = false
        network?.close(self)
    }

    func pauseAccepting() { isPaused = true }

    func resumeAccepting() {
        isPaused = false
        network?.takeBacklog(of: self)
    }

    /// Joins a client with a protocol of the factory; one that is turned away is closed at once.
    func join(_ client: any StreamProtocol, from peer: SocketAddress) -> LoopbackPair {
        let made = factory.makeProtocol(for: peer)
        let pair = LoopbackPair(
            client: client, server: made ?? TurnedAway(), test: test, clientAddress: peer,
            serverAddress: address)
        pair.moveInPasses()
        return pair
    }
}

/// The end of a connection that no factory wanted.
private final class TurnedAway: StreamProtocol {
    func connectionMade(over transport: any Transport) { transport.loseConnection() }

    func dataReceived(_ bytes: Span<UInt8>) {}

    func connectionLost(_ reason: DisconnectReason) {}
}
