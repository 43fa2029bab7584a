import Transports

/// Standard input and output of a client as one connection.
final class TerminalKeyboard: HalfCloseableProtocol, Producer, ProtocolFactory {
    private(set) var screen: (any Transport)?
    var onTyping: ([UInt8]) -> Void = { _ in }
    var onEnd: () -> Void = {}
    /// Standard output takes no more for now, or again.
    var onPause: (Bool) -> Void = { _ in }
    var onLoss: (DisconnectReason) -> Void = { _ in }

    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? { self }

    func connectionMade(over transport: any Transport) throws {
        screen = transport
        try transport.registerProducer(self, streaming: true)
    }

    func dataReceived(_ bytes: Span<UInt8>) { onTyping(bytes.withUnsafeBufferPointer { Array($0) }) }
    func readConnectionLost() { onEnd() }
    func writeConnectionLost() {}

    func connectionLost(_ reason: DisconnectReason) {
        screen = nil
        onLoss(reason)
    }

    func show(_ octets: [UInt8]) { screen?.write(octets) }
    func show(_ text: String) { screen?.write(text) }

    /// Lets what was shown go out, and ends.
    func close() {
        screen?.unregisterProducer()
        screen?.loseConnection()
    }

    func pauseProducing() { onPause(true) }
    func resumeProducing() { onPause(false) }
    func stopProducing() {}
}
