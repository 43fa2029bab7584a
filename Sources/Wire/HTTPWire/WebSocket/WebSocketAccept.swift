import Basics
import DigestWire

/// The value that proves that a server has read the opening of a WebSocket.
enum WebSocketAccept {
    private static let suffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

    /// `Sec-WebSocket-Accept` for a key.
    ///
    /// SHA-1 is no weakness here: it proves nothing but that the words were read.
    ///
    /// - Source: RFC 6455 §4.2.2.
    static func value(for key: String) -> String {
        Base64.text(HashFunction.sha1.hash(Array((key + suffix).utf8)))
    }
}
