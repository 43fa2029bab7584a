public import HTTPWire
public import Transports

/// A protocol that speaks in messages over a ``WebSocketTransport``.
///
/// Its `dataReceived` is never called. It writes with ``WebSocketTransport/send(_:)``.
public protocol WebSocketProtocol: StreamProtocol {
    /// The opening is done; called once, after `connectionMade` and before any message.
    ///
    /// - Parameters:
    ///   - subprotocol: What was agreed on; nil for nothing.
    ///   - transport: The connection.
    /// - Throws: Whatever shall end the connection.
    func webSocketOpened(_ subprotocol: WebSocketSubprotocol?, over transport: WebSocketTransport) throws

    /// A message came.
    ///
    /// - Throws: Whatever shall end the connection.
    func messageReceived(_ message: WebSocketMessage) throws
}
