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

    /// The address as an operator writes it.
    public var description: String { address.description }

    /// Connects to the address.
    public func connect<Connected: StreamProtocol>(
        _ streamProtocol: Connected, on reactor: Reactor
    ) -> Deferred<Connected> {
        reactor.connect(address, timeout: timeout, protocol: streamProtocol)
    }
}
