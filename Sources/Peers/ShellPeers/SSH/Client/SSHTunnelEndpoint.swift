public import ReactorCore
public import Transports

/// Connects through an SSH server, which has to allow it: the channel is the connection of whatever protocol.
///
/// ```text
///   this end ══ SSH ══ the server ── TCP ── the host
/// ```
///
/// With an SSH client as the protocol this is what others call a jump host: the host's key and the login are between this end
/// and the host, and the server in the middle reads nothing of it.
///
/// - Isolation: belongs to the reactor's thread; keeps the client of the server.
/// - Source: RFC 4254 section 7.2 (`direct-tcpip`).
public struct SSHTunnelEndpoint: ClientEndpoint {
    /// The client of the server in the middle.
    public let client: SSHClient
    /// Where to, as the server in the middle finds it.
    public let host: String
    /// The port there.
    public let port: UInt16

    /// Makes an endpoint.
    public init(through client: SSHClient, to host: String, port: UInt16) {
        self.client = client
        self.host = host
        self.port = port
    }

    /// The endpoint for people.
    public var description: String { "\(host):\(port) through \(client.settings.host)" }

    /// Connects; it fails with what the server in the middle says.
    public func connect<Connected: StreamProtocol>(
        _ streamProtocol: Connected, on reactor: Reactor
    ) -> Deferred<Connected> {
        let end = SSHChannelTransport(streamProtocol, on: reactor)
        return client.connect(to: host, port: port, handler: end).map { _ in streamProtocol }
    }
}
