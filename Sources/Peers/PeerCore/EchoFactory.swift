public import Transports

/// Sends back what anybody sends.
///
/// A peer that sends faster than it reads is not listened to until it has read; when it has closed its side, it still gets all
/// that is owed to it.
///
/// - Source: RFC 862.
public final class EchoFactory: ProtocolFactory {
    /// Makes a factory.
    public init() {}

    /// Serves a peer.
    public func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { EchoProtocol() }
}

private final class EchoProtocol: HalfCloseableProtocol, Producer {
    private var transport: (any Transport)?

    func connectionMade(over transport: any Transport) throws {
        self.transport = transport
        try transport.registerProducer(self, streaming: true)
    }

    func dataReceived(_ bytes: Span<UInt8>) { transport?.write(bytes) }

    func readConnectionLost() {
        transport?.unregisterProducer()
        transport?.loseConnection()
    }

    func writeConnectionLost() {}

    func connectionLost(_ reason: DisconnectReason) { transport = nil }

    // A connection that is its own producer.
    func pauseProducing() { transport?.pauseProducing() }
    func resumeProducing() { transport?.resumeProducing() }
    func stopProducing() { transport?.loseConnection() }
}
