/// What the IRC door does beside letting players in.
package struct ChatSettings: Equatable, Sendable {
    /// The server's name among servers; nil is taken from elsewhere.
    package var name: String?
    /// The network's name; nil is made of the game's title.
    package var network: String?
    /// The origins of the pages that may come in by WebSocket, with spaces between them; nil lets in any.
    package var origins: String?
    /// How long clients are to keep to TLS once they have heard so; nil does not ask them to.
    package var secureTime: Duration?
    /// Connections at a time from one source; loopback is exempt.
    package var connectionsPerSource = 16
}
