public import ReactorCore
public import Transports

/// Lays a WebSocket below each protocol of a listener, which know nothing of it.
///
/// ```swift
/// let factory = server.under(WebSocketPolicy(settings, on: reactor))
/// ```
///
/// Other policies come before it in the list: they see the network's octets.
public final class WebSocketPolicy: ConnectionPolicy {
    private let settings: WebSocketSettings
    private let reactor: Reactor

    /// Makes a policy.
    public init(_ settings: WebSocketSettings, on reactor: Reactor) {
        self.settings = settings
        self.reactor = reactor
    }

    /// The WebSocket of one connection.
    public func layer(below upper: any StreamProtocol, peer: SocketAddress) -> any StreamProtocol {
        WebSocketTransport(below: upper, settings, on: reactor)
    }
}
