import ProxyWire
public import ReactorCore

/// An endpoint behind a proxy that says whom it speaks for (PROXY protocol, versions 1 and 2).
///
/// Protocols see the address of the proxy's client. Only proxies on the trusted list are let in, and every Unix
/// socket: whoever may connect could otherwise claim to be anybody. Nothing is written to a peer before its header is
/// complete, and the header has ``headerTimeout`` to come.
public struct ProxiedEndpoint: ServerEndpoint, WrappingEndpoint {
    /// How long a proxy may take to say whom it speaks for.
    public static let headerTimeout = Duration.seconds(5)

    /// Where the proxy connects to.
    public var inner: any ServerEndpoint

    /// The addresses of proxies that are believed.
    public var trusted: [AddressPrefix]

    /// Makes an endpoint.
    public init(_ inner: any ServerEndpoint, trusting trusted: [AddressPrefix]) {
        self.inner = inner
        self.trusted = trusted
    }

    /// The endpoint as an operator writes it.
    public var description: String {
        let list = trusted.map { EndpointDescription.escaped($0.description) }.joined(separator: ",")
        return "haproxy:trust=\(list):\(inner)"
    }

    /// Begins to wait for connections of proxies.
    public func listen(with factory: any ProtocolFactory, on reactor: Reactor) throws -> any ListeningPort {
        try inner.listen(with: ProxiedFactory(factory, trusting: trusted, reactor: reactor), on: reactor)
    }
}

extension EndpointRegistry {
    /// Adds the wrapper `haproxy:trust=PREFIX,PREFIX:KIND:…`; without `trust=` only this machine is believed.
    public mutating func registerProxied() {
        registerServer("haproxy") { arguments, registry in
            var trusted: [AddressPrefix] = []
            for text in (arguments.option("trust") ?? "127.0.0.0/8,::1").split(separator: ",") {
                do throws(AddressPrefixFailure) {
                    trusted.append(try AddressPrefix(String(text)))
                } catch {
                    throw arguments.failure(String(text), "\(error)")
                }
            }
            let inner = arguments.inner()
            // Proxies send their header in the clear, whatever follows.
            guard !registry.isSecure(inner.kind) else {
                throw arguments.failure(
                    inner.kind, "a proxy's header comes before TLS: write tls:cert=FILE:haproxy:tcp:PORT")
            }
            return ProxiedEndpoint(try registry.server(inner), trusting: trusted)
        }
    }
}

/// Makes protocols for the clients of trusted proxies.
final class ProxiedFactory: ProtocolFactory {
    private let wrapped: any ProtocolFactory
    private let trusted: [AddressPrefix]
    private let reactor: Reactor

    init(_ wrapped: any ProtocolFactory, trusting trusted: [AddressPrefix], reactor: Reactor) {
        self.wrapped = wrapped
        self.trusted = trusted
        self.reactor = reactor
    }

    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        guard peer.port == nil || trusted.contains(where: { $0.contains(peer) }) else { return nil }
        return ProxiedLayer(factory: wrapped, reactor: reactor)
    }
}

/// Reads the header, then makes the protocol and passes everything through.
private final class ProxiedLayer: TransportLayer {
    private let factory: any ProtocolFactory
    private let reactor: Reactor
    private var decoder: ProxyHeaderDecoder? = ProxyHeaderDecoder()
    private var deadline: DelayedCall?

    init(factory: any ProtocolFactory, reactor: Reactor) {
        self.factory = factory
        self.reactor = reactor
        super.init(below: Nobody())
    }

    override func connectionMade(over transport: any Transport) throws {
        try super.connectionMade(over: transport)
        deadline = reactor.callLater(ProxiedEndpoint.headerTimeout) { [weak self] in
            self?.end(.layerFailure(ProxyHeaderError.noHeader))
        }
    }

    override func dataReceived(_ bytes: Span<UInt8>) throws {
        guard decoder != nil else { return try super.dataReceived(bytes) }
        for index in bytes.indices {
            guard let header = try decoder?.receive(bytes[index]) else { continue }
            decoder = nil
            deadline?.cancel()
            guard try begin(header) else { return abortConnection() }
            let rest = bytes.extracting(droppingFirst: index + 1)
            if !rest.isEmpty { try super.dataReceived(rest) }
            return
        }
    }

    override func connectionLost(_ reason: DisconnectReason) {
        deadline?.cancel()
        super.connectionLost(reason)
    }

    /// Makes the protocol for the true peer; false when the factory turns it away.
    private func begin(_ header: ProxyHeader) throws -> Bool {
        switch header.ends {
        case .own: break
        case .ipv4(let source, let sourcePort, let destination, let destinationPort):
            readdress(
                peer: .ipv4(IPv4Host(bits: source), port: sourcePort),
                host: .ipv4(IPv4Host(bits: destination), port: destinationPort))
        case .ipv6(let source, let sourcePort, let destination, let destinationPort):
            readdress(
                peer: .ipv6(IPv6Host(octets: source), port: sourcePort),
                host: .ipv6(IPv6Host(octets: destination), port: destinationPort))
        case .unix(let source, let destination): readdress(peer: .unix(source), host: .unix(destination))
        }
        guard let made = factory.makeProtocol(for: peer) else { return false }
        try replaceProtocol(with: made)
        try made.connectionMade(over: self)
        return true
    }
}

/// Stands above the layer until the header has come.
private final class Nobody: StreamProtocol {
    func connectionMade(over transport: any Transport) {}
    func dataReceived(_ bytes: Span<UInt8>) {}
    func connectionLost(_ reason: DisconnectReason) {}
}

extension IPv6Host {
    /// The host of sixteen octets; missing ones count as zero.
    fileprivate init(octets: [UInt8]) {
        func half(_ part: ArraySlice<UInt8>) -> UInt64 { part.reduce(0) { $0 << 8 | UInt64($1) } }
        let whole = (octets + [UInt8](repeating: 0, count: 16)).prefix(16)
        self.init(high: half(whole[0..<8]), low: half(whole[8..<16]))
    }
}
