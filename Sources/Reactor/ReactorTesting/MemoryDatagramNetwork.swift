import Glibc
public import ReactorCore
public import Transports

/// A network of datagram ports in memory: nothing moves until the test pumps it, nothing is lost unless it says so.
///
/// ```swift
/// let network = MemoryDatagramNetwork()
/// network.fate = { $0.bytes.first == 7 ? [] : [$0, $0] }     // sevens vanish, the rest comes twice
/// let server = network.listenDatagrams(on: .ipv4(.loopback, port: 53), protocol: resolver)
/// ```
public final class MemoryDatagramNetwork {
    /// One datagram under way.
    public struct Datagram: Hashable, Sendable {
        /// The octets.
        public var bytes: [UInt8]

        /// Who sent it.
        public var sender: SocketAddress

        /// Whom it is for.
        public var target: SocketAddress
    }

    /// Decides what becomes of a datagram: none, one or more of it arrive, changed or not, in this order.
    public var fate: (Datagram) -> [Datagram] = { [$0] }

    /// The largest datagram the network carries, UDP's figure; a larger one is refused with `EMSGSIZE`.
    public var largestDatagram = 65_507

    /// The datagrams under way, the oldest first; a test may reorder them.
    public var inFlight: [Datagram] = []

    private var ports: [MemoryDatagramPort] = []
    private var released: [(port: MemoryDatagramPort, datagram: Datagram)] = []
    private var lastPort: UInt16 = 49_151

    /// Makes a network without ports.
    public init() {}

    /// Opens a port; a port number of 0 is replaced by a fresh one.
    ///
    /// - Throws: ``DatagramBindFailure`` with `EADDRINUSE`.
    @discardableResult public func listenDatagrams(
        on address: SocketAddress, protocol datagramProtocol: any DatagramProtocol
    ) throws(DatagramBindFailure) -> MemoryDatagramPort {
        let address = withPort(address)
        guard !ports.contains(where: { $0.host == address }) else {
            throw DatagramBindFailure(address: address, cause: SystemFailure(code: EADDRINUSE, call: "bind"))
        }
        let port = MemoryDatagramPort(host: address, network: self, protocol: datagramProtocol)
        ports.append(port)
        port.start()
        return port
    }

    /// Delivers everything under way, and what that causes, until nothing is left; then tells of closed ports.
    public func pump() {
        while deliverNext() {}
        for port in ports { port.tellStopped() }
        ports.removeAll { !$0.isListening }
    }

    /// Delivers the oldest datagram, what waited for a pause to end first; false when there is none.
    @discardableResult public func deliverNext() -> Bool {
        if !released.isEmpty {
            let (port, datagram) = released.removeFirst()
            if port.isListening { port.receive(datagram) }
            return true
        }
        guard !inFlight.isEmpty else { return false }
        for datagram in fate(inFlight.removeFirst()) { deliver(datagram) }
        return true
    }

    private func deliver(_ datagram: Datagram) {
        let listening = ports.filter { $0.isListening && $0.hears(datagram.target) }
        for port in listening { port.receive(datagram) }
        guard listening.isEmpty else { return }
        ports.first { $0.host == datagram.sender }?.refuse(from: datagram.target)
    }

    func release(_ datagrams: [Datagram], to port: MemoryDatagramPort) {
        released.append(contentsOf: datagrams.map { (port, $0) })
    }

    private func withPort(_ address: SocketAddress) -> SocketAddress {
        switch address {
        case .ipv4(let host, port: 0): .ipv4(host, port: nextPort())
        case .ipv6(let host, port: 0): .ipv6(host, port: nextPort())
        default: address
        }
    }

    private func nextPort() -> UInt16 {
        lastPort = lastPort == .max ? 49_152 : lastPort + 1
        return lastPort
    }
}

/// A port of a ``MemoryDatagramNetwork``.
public final class MemoryDatagramPort: DatagramTransport {
    /// This end's address.
    public let host: SocketAddress

    /// The only peer, once connected.
    public private(set) var peer: SocketAddress?

    /// What the port has done so far.
    public private(set) var counters = DatagramCounters()

    /// Whether the port still receives.
    public private(set) var isListening = true

    /// The options set so far.
    public private(set) var options: [DatagramOption] = []

    /// What the protocol threw.
    public private(set) var failures: [any Error] = []

    private unowned let network: MemoryDatagramNetwork
    private var datagramProtocol: (any DatagramProtocol)?
    private var waiting: [MemoryDatagramNetwork.Datagram] = []
    private var groups: [(membership: MulticastGroup, host: String)] = []
    private var isPaused = false

    init(host: SocketAddress, network: MemoryDatagramNetwork, protocol datagramProtocol: any DatagramProtocol) {
        self.host = host
        self.network = network
        self.datagramProtocol = datagramProtocol
    }

    func start() { attempt { port throws in try port.datagramProtocol?.started(over: port) } }

    /// Always zero: the network takes everything.
    public var bufferedByteCount: Int { 0 }

    /// Sends one datagram, which waits in the network until that is pumped.
    @discardableResult public func write(
        _ bytes: Span<UInt8>, to address: SocketAddress
    ) throws(SystemFailure) -> DatagramOutcome {
        if let peer, peer != address { throw SystemFailure(code: EISCONN, call: "sendto") }
        guard bytes.count <= network.largestDatagram else { throw SystemFailure(code: EMSGSIZE, call: "sendto") }
        guard isListening else {
            counters.dropped += 1
            return .dropped
        }
        counters.sent += 1
        let octets = bytes.indices.map { bytes[$0] }
        network.inFlight.append(.init(bytes: octets, sender: host, target: address))
        return .sent
    }

    /// Sends one datagram to the peer.
    @discardableResult public func write(_ bytes: Span<UInt8>) throws(SystemFailure) -> DatagramOutcome {
        guard let peer else { throw SystemFailure(code: ENOTCONN, call: "send") }
        return try write(bytes, to: peer)
    }

    /// Chooses the only peer.
    public func connect(to peer: SocketAddress) throws(SystemFailure) { self.peer = peer }

    /// Lets datagrams wait.
    public func pauseProducing() { isPaused = true }

    /// Receives what has waited when the network is pumped next, before what is under way.
    public func resumeProducing() {
        isPaused = false
        network.release(waiting, to: self)
        waiting = []
    }

    /// Closes the port; the protocol hears of it when the network is pumped.
    public func stopListening() { isListening = false }

    /// Hears a group, from everyone: the source and the interface are not looked at.
    public func join(_ group: MulticastGroup) throws(SystemFailure) {
        groups.append((group, group.address.host))
    }

    /// Hears a group no longer.
    public func leave(_ group: MulticastGroup) throws(SystemFailure) {
        guard let index = groups.firstIndex(where: { $0.membership == group }) else {
            throw SystemFailure(code: EADDRNOTAVAIL, call: "setsockopt")
        }
        groups.remove(at: index)
    }

    /// Notes an option.
    public func setOption(_ option: DatagramOption) throws(SystemFailure) { options.append(option) }

    func hears(_ target: SocketAddress) -> Bool {
        target == host || target.port == host.port && groups.contains { $0.host == target.host }
    }

    func receive(_ datagram: MemoryDatagramNetwork.Datagram) {
        if let peer, peer != datagram.sender { return }
        guard !isPaused else { return waiting.append(datagram) }
        counters.received += 1
        attempt { port throws in
            try port.datagramProtocol?.datagramReceived(datagram.bytes.span, from: datagram.sender)
        }
    }

    func refuse(from target: SocketAddress) {
        guard isListening, peer == target else { return }
        counters.refused += 1
        attempt { port throws in try port.datagramProtocol?.connectionRefused() }
    }

    func tellStopped() {
        guard !isListening, let last = datagramProtocol else { return }
        datagramProtocol = nil
        last.stopped()
    }

    private func attempt(_ body: (MemoryDatagramPort) throws -> Void) {
        do {
            try body(self)
        } catch {
            counters.failures += 1
            failures.append(error)
        }
    }
}
