import ReactorCore
import SSHWire
import Transports

/// A channel as the transport of another protocol.
///
/// - Isolation: belongs to the reactor's thread.
final class SSHChannelTransport: SSHChannelHandler, Transport {
    let peer: SocketAddress = .unix("")
    let host: SocketAddress = .unix("")
    let peerCredentials: PeerCredentials? = nil
    let scope = DeferredScope()
    private let reactor: Reactor
    private var streamProtocol: (any StreamProtocol)?
    private var channel: SSHChannel?
    private var gate = ProducerGate()
    private var isBehind = false
    private var isAsking = false
    private(set) var isClosing = false
    private var deadline: DelayedCall?
    /// Why this side has ended it.
    private var reason: DisconnectReason?

    init(_ streamProtocol: any StreamProtocol, on reactor: Reactor) {
        self.streamProtocol = streamProtocol
        self.reactor = reactor
    }

    // MARK: From the channel

    func opened(_ channel: SSHChannel) {
        self.channel = channel
        do { try streamProtocol?.connectionMade(over: self) } catch { fail(error) }
    }

    func received(_ octets: Span<UInt8>, stream: SSHChannelStream, on channel: SSHChannel) {
        if isClosing { return }
        do { try streamProtocol?.dataReceived(octets) } catch { fail(error) }
    }

    func inputEnded(on channel: SSHChannel) {
        if isClosing { return }
        guard let halfCloseable = streamProtocol as? any HalfCloseableProtocol else { return loseConnection() }
        do { try halfCloseable.readConnectionLost() } catch { fail(error) }
    }

    func fellBehind(_ channel: SSHChannel) {
        isBehind = true
        gate.pause()?.pauseProducing()
    }

    func caughtUp(_ channel: SSHChannel) {
        isBehind = false
        gate.resumeStreaming()?.resumeProducing()
        askForPiece()
    }

    func closed(_ channel: SSHChannel) {
        self.channel = nil
        isClosing = true
        deadline?.cancel()
        gate.remove()?.stopProducing()
        let last = streamProtocol
        streamProtocol = nil
        last?.connectionLost(reason ?? .done)
        scope.end()
    }

    private func fail(_ error: any Error) {
        reason = reason ?? .protocolFailure(error)
        isClosing = true
        channel?.close()
    }

    // MARK: Transport

    var bufferedByteCount: Int { channel?.bufferedByteCount ?? 0 }

    func write(_ bytes: [UInt8]) { write(bytes.span) }

    func write(_ bytes: Span<UInt8>) {
        channel?.send(bytes)
        askForPiece()
    }

    func loseWriteConnection() { channel?.endOutput() }

    func loseConnection(within limit: Duration) {
        isClosing = true
        // Who waits for the end of what it produces is cut off in the end, like a peer that does not read.
        let call = channel.map { _ in
            reactor.callLater(limit) { [weak self] in
                self?.reason = .timedOut
                self?.channel?.abort()
            }
        }
        deadline?.cancel()
        deadline = call
        channel?.pauseInput()
        closeWhenProduced()
    }

    private func closeWhenProduced() {
        guard isClosing, gate.isEmpty, let channel else { return }
        channel.close()
        // The end behind what came is heard also when nobody reads that.
        channel.resumeInput()
    }

    func abortConnection() {
        isClosing = true
        reason = reason ?? .aborted
        channel?.abort()
        channel?.resumeInput()
    }

    func pauseProducing() { channel?.pauseInput() }

    func resumeProducing() { if !isClosing { channel?.resumeInput() } }

    func registerProducer(_ producer: any Producer, streaming: Bool) throws {
        guard channel != nil else { return producer.stopProducing() }
        let first = try gate.admit(producer, streaming: streaming)
        if isBehind { gate.pause()?.pauseProducing() }
        if first != nil { askForPiece() }
    }

    func unregisterProducer() {
        gate.remove()
        closeWhenProduced()
    }

    /// Asks a producer of single pieces for the next one, in a later pass.
    private func askForPiece() {
        if isBehind || isAsking || gate.nextPiece() == nil { return }
        isAsking = true
        scope.callLater(.zero, on: reactor) { [weak self] in
            guard let self else { return }
            isAsking = false
            if !isBehind { gate.nextPiece()?.resumeProducing() }
        }
    }
}
