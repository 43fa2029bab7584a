public import ReactorCore

/// Somewhere to wait for connections, whatever the kind.
public protocol ServerEndpoint: CustomStringConvertible {
    /// Begins to wait; each connection gets a protocol from the factory.
    ///
    /// - Throws: ``ListenFailure`` or another error that names the endpoint.
    func listen(with factory: any ProtocolFactory, on reactor: Reactor) throws -> any ListeningPort
}

/// Something that waits for connections.
public protocol ListeningPort: AnyObject {
    /// Where it waits, with the true port when the system chose it.
    var address: SocketAddress { get }

    /// Stops waiting; connections live on.
    func stopListening()

    /// Lets new connections wait in the kernel's queue.
    func pauseAccepting()

    /// Accepts again.
    func resumeAccepting()
}

extension Listener: ListeningPort {}

extension EndpointDescription: ServerEndpoint {
    /// Begins to wait for connections.
    public func listen(with factory: any ProtocolFactory, on reactor: Reactor) throws -> any ListeningPort {
        try reactor.listen(self, factory: factory)
    }
}
