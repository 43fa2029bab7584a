/// A protocol inside a WebSocket that both ends may agree on, and what kind its messages are.
public struct WebSocketSubprotocol: Hashable, Sendable {
    /// The name, a token such as `text.ircv3.net`.
    public let name: String
    /// The kind of all messages that are sent.
    public let kind: WebSocketMessage.Kind

    /// Makes a subprotocol.
    public init(_ name: String, _ kind: WebSocketMessage.Kind) {
        self.name = name
        self.kind = kind
    }
}
