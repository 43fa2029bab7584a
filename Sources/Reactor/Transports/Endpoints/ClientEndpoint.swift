public import ReactorCore

/// Somewhere to connect to, whatever the kind.
public protocol ClientEndpoint: CustomStringConvertible {
    /// Connects and gives the connection to a protocol.
    ///
    /// - Returns: The protocol, once connected. Cancelling gives up; a connection made at that moment is aborted.
    func connect<Connected: StreamProtocol>(_ streamProtocol: Connected, on reactor: Reactor) -> Deferred<Connected>
}

/// Connects to one known address: a Unix socket, or a numeric host.
public struct AddressClientEndpoint: ClientEndpoint {
    /// Where to.
    public var address: EndpointDescription

    /// How long the peer may take to answer.
    public var timeout: Duration

    /// Makes an endpoint.
    public init(_ address: EndpointDescription, timeout: Duration = .seconds(30)) {
        self.address = address
        self.timeout = timeout
    }

    /// Makes an endpoint that connects to an address, such as the one a ``ListeningPort`` has.
    public init(_ address: SocketAddress, timeout: Duration = .seconds(30)) {
        let kind: EndpointDescription.Kind =
            switch address {
            case .ipv4(let host, let port): .tcp(interface: host, port: port)
            case .ipv6(let host, let port): .tcp6(interface: host, port: port)
            case .unix(let path): .unix(path: path, mode: nil)
            }
        self.init(EndpointDescription(kind), timeout: timeout)
    }

    /// The address as an operator writes it.
    public var description: String { address.description }

    /// Connects to the address.
    public func connect<Connected: StreamProtocol>(
        _ streamProtocol: Connected, on reactor: Reactor
    ) -> Deferred<Connected> {
        reactor.connect(address, timeout: timeout, protocol: streamProtocol)
    }
}
