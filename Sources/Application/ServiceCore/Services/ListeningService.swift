public import ReactorCore
public import Transports

/// Waits for connections at an endpoint while it runs.
///
/// The privileged start binds and listens, so that a low port may be taken; those who connect wait in the kernel's queue until
/// the start. Connections live on after the stop, as they belong to the factory's protocols, unless the service shall close
/// them: then the stop is done when they are gone.
public final class ListeningService: Service {
    /// Where it waits, once it does.
    public var address: SocketAddress? { port?.address }

    /// Where it waits, as it was asked for.
    package let endpoint: any ServerEndpoint
    private let factory: any ProtocolFactory
    private let closing: (roster: ConnectionRoster, deadline: Duration)?
    private var port: (any ListeningPort)?

    /// Makes a service that gives each connection at `endpoint` a protocol from `factory`.
    ///
    /// - Parameters:
    ///   - endpoint: Where to wait.
    ///   - factory: Makes the protocols.
    ///   - deadline: How long connections may take for what is written to them when the service stops; nil leaves them
    ///     open then.
    public init(
        _ endpoint: any ServerEndpoint, factory: any ProtocolFactory, closingConnectionsWithin deadline: Duration? = nil
    ) {
        self.endpoint = endpoint
        guard let deadline else {
            self.factory = factory
            closing = nil
            return
        }
        let roster = ConnectionRoster()
        self.factory = factory.under(roster)
        closing = (roster, deadline)
    }

    /// Binds and listens.
    public func privilegedStart(_ post: ServicePost) throws -> Deferred<Void>? {
        let port = try endpoint.listen(with: factory, on: post.reactor)
        port.pauseAccepting()
        self.port = port
        return nil
    }

    /// Accepts.
    public func start(_ post: ServicePost) throws -> Deferred<Void>? {
        closing?.roster.deadline = nil
        port?.resumeAccepting()
        return nil
    }

    /// Closes the port, and the connections if they are to be closed.
    public func stop(_ post: ServicePost) throws -> Deferred<Void>? {
        port?.stopListening()
        port = nil
        return closing.map { $0.roster.closeAll(within: $0.deadline) }
    }
}

/// Knows the connections of a service, to close them with it.
private final class ConnectionRoster: ConnectionPolicy {
    private var members: [ObjectIdentifier: Member] = [:]
    private var emptied: Deferred<Void>?
    /// How long those may take that come when all are to be closed, as behind a proxy that is slow to say for whom it speaks.
    var deadline: Duration?

    func layer(below upper: any StreamProtocol, peer: SocketAddress) -> any StreamProtocol {
        Member(below: upper, roster: self)
    }

    /// Fires when the last connection is gone.
    func closeAll(within deadline: Duration) -> Deferred<Void> {
        self.deadline = deadline
        if members.isEmpty { return .succeeded(()) }
        let emptied = Deferred<Void>()
        self.emptied = emptied
        for member in Array(members.values) { member.loseConnection(within: deadline) }
        return emptied
    }

    private func left(_ member: Member) {
        members[ObjectIdentifier(member)] = nil
        guard members.isEmpty, let emptied else { return }
        self.emptied = nil
        emptied.succeed(())
    }

    private final class Member: TransportLayer {
        private let roster: ConnectionRoster

        init(below upper: any StreamProtocol, roster: ConnectionRoster) {
            self.roster = roster
            super.init(below: upper)
        }

        override func connectionMade(over transport: any Transport) throws {
            roster.members[ObjectIdentifier(self)] = self
            try super.connectionMade(over: transport)
            if let deadline = roster.deadline { loseConnection(within: deadline) }
        }

        override func connectionLost(_ reason: DisconnectReason) {
            super.connectionLost(reason)
            roster.left(self)
        }
    }
}
