package import ReactorCore
package import Transports

/// The door for administrators: a Unix socket in the data folder.
package final class AdminDoor: ProtocolFactory {
    /// Connections served at one time.
    private static let mostSessions = 32

    private let authority: any AdminAuthority
    /// In the order of connecting.
    private var sessions: [AdminSession] = []

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

    /// Serves a new peer; when there are too many, the one that has been idle since longest makes room.
    package func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        if sessions.count >= Self.mostSessions {
            guard let idle = sessions.firstIndex(where: { !$0.isBusy }) else { return nil }
            sessions.remove(at: idle).makeRoom()
        }
        let session = AdminSession(authority: authority) { [weak self] ended in
            self?.sessions.removeAll { $0 === ended }
        }
        sessions.append(session)
        return session
    }
}
