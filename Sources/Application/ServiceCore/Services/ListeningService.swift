public import ReactorCore
public import Transports

/// Waits for connections at an endpoint while it runs.
///
/// The privileged start binds and listens, so that a low port may be taken; those who connect wait in the kernel's queue until
/// the start. Connections live on after the stop: they belong to the factory's protocols.
public final class ListeningService: Service {
    /// Where it waits, once it does.
    public var address: SocketAddress? { port?.address }

    private let endpoint: any ServerEndpoint
    private let factory: any ProtocolFactory
    private var port: (any ListeningPort)?

    /// Makes a service that gives each connection at `endpoint` a protocol from `factory`.
    public init(_ endpoint: any ServerEndpoint, factory: any ProtocolFactory) {
        self.endpoint = endpoint
        self.factory = factory
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
        port?.resumeAccepting()
        return nil
    }

    /// Closes the port.
    public func stop(_ post: ServicePost) throws -> Deferred<Void>? {
        port?.stopListening()
        port = nil
        return nil
    }
}
