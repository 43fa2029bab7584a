public import ReactorCore
public import Transports

/// Keeps a connection while it runs; it is ready while the connection is there.
///
/// It counts as started at once: a server that is away delays only those that depend on this service.
public final class ClientService<Connected: StreamProtocol>: Service {
    /// What connects, again and again.
    public let client: ReconnectingClient<Connected>

    /// Ready is what is connected.
    public var reportsReadiness: Bool { true }

    /// Makes a service that keeps the connection of `client`, whose ``ReconnectingClient/onChange`` it takes.
    public init(_ client: ReconnectingClient<Connected>) {
        self.client = client
    }

    /// Begins to connect.
    public func start(_ post: ServicePost) throws -> Deferred<Void>? {
        client.onChange = { [weak post] state in post?.isReady = state == .connected }
        client.start()
        return nil
    }

    /// Ends the connection or the attempt at one.
    public func stop(_ post: ServicePost) throws -> Deferred<Void>? {
        client.onChange = nil
        return client.stop()
    }
}
