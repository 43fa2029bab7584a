public import HTTPWire
public import WebPeers

/// IRC over a WebSocket: each message is a line without its end.
///
/// - Source: IRCv3 WebSocket; a peer that names no subprotocol is sent text.
/// - SeeAlso: ``IRCServer/webSocket(origins:paths:)``; `ChatPeersTests/IRCWebSocketTests`.
public enum IRCWebSocket {
    /// Messages are text, and so UTF-8.
    public static let text = WebSocketSubprotocol("text.ircv3.net", .text)
    /// Messages are binary, whatever the lines hold.
    public static let binary = WebSocketSubprotocol("binary.ircv3.net", .binary)

    /// Octets of one message of a server, whose lines may be longer than usual.
    ///
    /// Source: own choice, twice the longest line that ISUPPORT's LINELEN is believed to be.
    public static let serverMessageOctets = 131_072

    /// How a client behaves.
    ///
    /// - Parameters:
    ///   - host: The server's name, with its port unless that is 80, or 443 with TLS.
    ///   - target: Path and query.
    /// - Returns: Settings for a `WebSocketClientEndpoint`.
    public static func client(host: String, target: String = "/") -> WebSocketSettings {
        WebSocketSettings(
            .client(WebSocketRequest(host: host, target: target, subprotocols: [text, binary])), form: .lines,
            limits: WebSocketLimits(messageOctets: serverMessageOctets))
    }
}
