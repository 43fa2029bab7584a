package import ReactorCore
package import Transports

/// The door for administrators: a Unix socket in the data folder.
package final class AdminDoor: ProtocolFactory {
    /// Connections served at one time.
    private static let mostSessions = 32

    private let authority: any AdminAuthority
    private var sessions = 0

    package init(authority: any AdminAuthority) {
        self.authority = authority
    }

    /// Listens at a path with mode 0600; the socket of a server that died is replaced.
    package static func listen(
        path: String, authority: any AdminAuthority, reactor: Reactor
    ) throws(ListenFailure) -> Listener {
        try reactor.listen(
            EndpointDescription(.unix(path: path, mode: 0o600)), factory: AdminDoor(authority: authority))
    }

    package func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        guard sessions < Self.mostSessions else { return nil }
        sessions += 1
        return AdminSession(authority: authority) { [weak self] in self?.sessions -= 1 }
    }
}
