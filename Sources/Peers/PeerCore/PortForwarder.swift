public import ReactorCore
import TransportTLS
public import Transports

/// Connects each client to a target, and passes on what either says, no faster than the other reads.
///
/// The target hears nothing of a client that does not complete its handshake, where the connection is to be secure, and nothing
/// is read from a client before the target has answered. When one side closes its half, the other one's half is closed
/// too, once all that was said is passed on.
public final class PortForwarder: ProtocolFactory {
    private let target: any ClientEndpoint
    private let reactor: Reactor
    private let onFailure: (SocketAddress, any Error) -> Void

    /// Makes a forwarder to `target`; `onFailure` hears of each client for whom the target could not be reached.
    public init(
        to target: any ClientEndpoint, on reactor: Reactor,
        onFailure: @escaping (SocketAddress, any Error) -> Void = { _, _ in }
    ) {
        self.target = target
        self.reactor = reactor
        self.onFailure = onFailure
    }

    /// Serves a client.
    public func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        let near = ForwardedEnd()
        near.whenReady = { [target, reactor, onFailure, unowned near] in
            let far = ForwardedEnd()
            (near.other, far.other) = (far, near)
            let connecting = target.connect(far, on: reactor)
            near.whenLost = { connecting.cancel() }
            connecting.whenDone { [weak near] result in
                near?.whenLost = nil
                guard case .failure(let error) = result, let near else { return }
                // The client may have been the one that left.
                if near.transport != nil { onFailure(peer, error) }
                near.other = nil
                near.transport?.loseConnection()
            }
        }
        return near
    }
}

/// One of the two connections; it is the producer of the other one's transport.
private final class ForwardedEnd: TLSAwareProtocol, HalfCloseableProtocol, Producer {
    var other: ForwardedEnd?
    /// What a client waits for; nil for the target's end.
    var whenReady: (() -> Void)?
    var whenLost: (() -> Void)?
    private(set) var transport: (any Transport)?

    func connectionMade(over transport: any Transport) throws {
        self.transport = transport
        if whenReady != nil {
            transport.pauseProducing()
            if !Self.isHandshaking(transport) { becomeReady() }
        }
        guard let partner = other, let farther = partner.transport else { return }
        try transport.registerProducer(partner, streaming: true)
        try farther.registerProducer(self, streaming: true)
        partner.transport?.resumeProducing()
    }

    func handshakeCompleted(_ session: TLSSessionInformation) { becomeReady() }

    private func becomeReady() {
        let ready = whenReady
        whenReady = nil
        ready?()
    }

    /// Whether a connection is to be secure, perhaps below other layers, and is not yet.
    private static func isHandshaking(_ transport: any Transport) -> Bool {
        var layer: (any Transport)? = transport
        while let current = layer {
            if let tls = current as? TLSTransport { return tls.session == nil }
            layer = current.underlying
        }
        return false
    }

    func dataReceived(_ bytes: Span<UInt8>) { other?.transport?.write(bytes) }

    func readConnectionLost() {
        guard let farther = other?.transport else { return transport?.loseConnection() ?? () }
        farther.unregisterProducer()
        farther.loseWriteConnection()
    }

    func writeConnectionLost() {}

    func connectionLost(_ reason: DisconnectReason) {
        transport = nil
        whenReady = nil
        whenLost?()
        whenLost = nil
        let partner = other
        other = nil
        partner?.other = nil
        partner?.transport?.unregisterProducer()
        partner?.transport?.loseConnection()
    }

    func pauseProducing() { transport?.pauseProducing() }
    func resumeProducing() { transport?.resumeProducing() }
    func stopProducing() { transport?.loseConnection() }
}
