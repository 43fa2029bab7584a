import ReactorCore
import SSHWire
public import Transports

/// Opens a `forwarded-tcpip` channel for everybody who connects to a port on which a server listens for a client.
public final class SSHListeningForwarder: ProtocolFactory {
    private weak var connection: SSHConnection?
    private let host: String
    private let port: UInt16

    /// Makes a factory for a listener; `host` and `port` are those that the client asked for, the port the one it was told.
    public init(for connection: SSHConnection, host: String, port: UInt16) {
        self.connection = connection
        self.host = host
        self.port = port
    }

    /// Opens a channel; a client that refuses it has the visitor turned away.
    public func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        guard let connection else { return nil }
        let (originHost, originPort) = peer.numericParts
        let end = SSHForwardedConnection()
        let forwarding = SSHForwarding(host: host, port: port, originHost: originHost, originPort: originPort)
        connection.openChannel(.forwarded(forwarding), handler: end).whenDone { result in
            if case .failure = result { end.turnAway() }
        }
        return end
    }
}
