public import ReactorCore
public import SSHWire
public import Transports

/// Joins an ``SSHChannel`` with another connection, and passes on what either says, no faster than the other reads.
///
/// Nobody is given one unless a handler allows forwarding: ``connect(to:on:)`` answers `direct-tcpip`, and an
/// ``SSHListeningForwarder`` does for `tcpip-forward`. When one side closes its half, so is the other one's, once all that
/// was said is passed on; when one side is lost, the other one is closed.
///
/// - Limits: what either side's water marks let wait, and a window of the channel.
public final class SSHForwardedConnection: SSHChannelHandler, HalfCloseableProtocol, Producer {
    private var channel: SSHChannel?
    private var transport: (any Transport)?
    private var isProducer = false
    /// Whether the connection is gone, or is not to be.
    private var isLost = false

    /// Makes an end that is neither connected nor given to a channel.
    public init() {}

    /// Connects to a target for a channel that a peer wants.
    ///
    /// - Returns: The handler for the channel; it fails with ``SSHChannelRefusal`` when the target cannot be reached.
    public static func connect(to target: any ClientEndpoint, on reactor: Reactor) -> Deferred<any SSHChannelHandler> {
        target.connect(SSHForwardedConnection(), on: reactor).mapResult { result in
            switch result {
            case .success(let end): return end
            case .failure: throw SSHChannelRefusal(.connectFailed, "The target could not be reached.")
            }
        }
    }

    // MARK: The connection

    /// Waits for the channel; for the transport to call, as all of this part.
    public func connectionMade(over transport: any Transport) throws {
        self.transport = transport
        if channel == nil { transport.pauseProducing() }
        try transport.registerProducer(self, streaming: true)
        isProducer = true
    }

    /// Passes it on.
    public func dataReceived(_ bytes: Span<UInt8>) { channel?.send(bytes) }

    /// Ends the channel's output.
    public func readConnectionLost() { channel?.endOutput() }

    /// Does nothing: the channel's input has ended.
    public func writeConnectionLost() {}

    /// Closes the channel.
    public func connectionLost(_ reason: DisconnectReason) {
        isLost = true
        transport = nil
        isProducer = false
        channel?.close()
        channel?.resumeInput()
    }

    /// Slows the channel down.
    public func pauseProducing() { channel?.pauseInput() }
    /// Lets the channel go on.
    public func resumeProducing() { channel?.resumeInput() }
    /// Does nothing: the end of the connection closes the channel.
    public func stopProducing() {}

    // MARK: The channel

    /// Begins to pass on what the connection says; for the channel to call, as all of this part.
    public func opened(_ channel: SSHChannel) {
        self.channel = channel
        if isLost { return channel.close() }
        transport?.resumeProducing()
    }

    /// Passes it on.
    public func received(_ octets: Span<UInt8>, stream: SSHChannelStream, on channel: SSHChannel) {
        transport?.write(octets)
    }

    /// Ends the connection's output.
    public func inputEnded(on channel: SSHChannel) {
        stopBeingProducer()
        transport?.loseWriteConnection()
    }

    /// Slows the connection down.
    public func fellBehind(_ channel: SSHChannel) { transport?.pauseProducing() }

    /// Lets the connection go on.
    public func caughtUp(_ channel: SSHChannel) { transport?.resumeProducing() }

    /// Closes the connection.
    public func closed(_ channel: SSHChannel) {
        self.channel = nil
        stopBeingProducer()
        transport?.loseConnection()
    }

    private func stopBeingProducer() {
        if isProducer { transport?.unregisterProducer() }
        isProducer = false
    }
}

extension SSHForwardedConnection {
    /// Closes the connection, which got no channel.
    func turnAway() {
        isLost = true
        stopBeingProducer()
        transport?.loseConnection()
    }
}

extension SocketAddress {
    /// Host and port for a message; a Unix socket has its path and 0.
    var numericParts: (host: String, port: UInt16) {
        switch self {
        case .ipv4(let host, let port): ("\(host)", port)
        case .ipv6(let host, let port): ("\(host)", port)
        case .unix(let path): (path, 0)
        }
    }
}
