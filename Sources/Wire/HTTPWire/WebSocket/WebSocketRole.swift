/// Which end of a WebSocket; only clients mask what they send.
///
/// - Source: RFC 6455 §5.1.
public enum WebSocketRole: Hashable, Sendable {
    case client
    case server
}
