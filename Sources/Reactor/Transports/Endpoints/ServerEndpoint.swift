public import ReactorCore

/// Somewhere to wait for connections, whatever the kind.
public protocol ServerEndpoint: CustomStringConvertible {
    /// Begins to wait; each connection gets a protocol from the factory.
    ///
    /// - Throws: ``ListenFailure`` or another error that names the endpoint.
    func listen(with factory: any ProtocolFactory, on reactor: Reactor) throws -> any ListeningPort
}

/// An endpoint around another one, as TLS is around TCP.
package protocol WrappingEndpoint: ServerEndpoint {
    /// The endpoint inside.
    var inner: any ServerEndpoint { get }
}

extension ServerEndpoint {
    /// The endpoint itself and those inside it, the outermost first.
    package var layers: [any ServerEndpoint] {
        guard let wrapping = self as? any WrappingEndpoint else { return [self] }
        return [self] + wrapping.inner.layers
    }
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
