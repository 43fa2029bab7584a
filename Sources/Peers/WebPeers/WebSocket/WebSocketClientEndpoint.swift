public import ReactorCore
public import Transports

/// Connects to a WebSocket over another endpoint, such as one with TLS for `wss`.
public struct WebSocketClientEndpoint: ClientEndpoint {
    /// What is connected to.
    public var base: any ClientEndpoint
    /// How the client behaves; its side says what is asked for.
    public var settings: WebSocketSettings

    /// Makes an endpoint.
    public init(_ base: any ClientEndpoint, _ settings: WebSocketSettings) {
        self.base = base
        self.settings = settings
    }

    /// The endpoint below.
    public var description: String { "websocket over \(base)" }

    /// Connects and begins the opening; the protocol hears at its end if that fails.
    public func connect<Connected: StreamProtocol>(
        _ streamProtocol: Connected, on reactor: Reactor
    ) -> Deferred<Connected> {
        base.connect(WebSocketTransport(below: streamProtocol, settings, on: reactor), on: reactor).map { _ in
            streamProtocol
        }
    }
}
