import Glibc
import ReactorCore
public import Transports

/// A client protocol and a server protocol, joined in memory by a pipe that the test pumps.
///
/// Nothing moves by itself, so that a test decides what arrives, when, and in which pieces:
///
/// ```swift
/// let pair = LoopbackPair(client: dialogue, server: echo)
/// pair.octetsPerDelivery = 1              // octet by octet
/// pair.cut(after: 7, from: .client)       // the cable breaks after seven
/// pair.pump()
/// #expect(dialogue.isLost && echo.isLost)
/// ```
///
/// The pipe itself holds nothing: what one end has not read, because it paused, waits in the other's
/// buffer, and its producers feel it. With a ``TestReactor`` its passes and deadlines are the reactor's.
public final class LoopbackPair {
    /// One end of the pipe.
    public enum Side: Hashable, Sendable {
        /// The end that connected.
        case client

        /// The end that accepted.
        case server

        /// The end that is not this one.
        public var other: Side { self == .client ? .server : .client }
    }

    /// The most deliveries of one ``pump()``; more means that the protocols answer each other for ever.
    public static let deliveryLimit = 100_000_000

    /// The transport of the client's protocol.
    public let client: MemoryTransport

    /// The transport of the server's protocol.
    public let server: MemoryTransport

    /// The most octets one delivery brings; the size of a reactor's read unless set.
    public var octetsPerDelivery = 65_536

    private let test: TestReactor?
    private var isMoveScheduled = false
    private var movesInPasses = false
    private var cuts: [Side: Int] = [:]
    private var ended: Set<Side> = []

    /// Joins two protocols; both have been told of their connection when this returns.
    public init(
        client clientProtocol: any StreamProtocol, server serverProtocol: any StreamProtocol,
        test: TestReactor? = nil, clientAddress: SocketAddress = .ipv4(.loopback, port: 50_000),
        serverAddress: SocketAddress = .ipv4(.loopback, port: 4000)
    ) {
        self.test = test
        client = MemoryTransport(peer: serverAddress, host: clientAddress, reactor: test?.reactor)
        server = MemoryTransport(peer: clientAddress, host: serverAddress, reactor: test?.reactor)
        for transport in [client, server] { transport.isPeerReading = false }
        server.connect(serverProtocol)
        client.connect(clientProtocol)
    }

    /// The transport of one side.
    public subscript(side: Side) -> MemoryTransport { side == .client ? client : server }

    /// Breaks the connection once `count` more octets of `side` have arrived; both ends lose it.
    public func cut(after count: Int, from side: Side) {
        cuts[side] = max(0, count)
        scheduleMove()
    }

    /// Moves octets both ways until nothing is left to move.
    public func pump() {
        settle()
        for _ in 0..<Self.deliveryLimit {
            let didMove = step(from: .client)
            guard step(from: .server) || didMove else { return }
        }
        preconditionFailure("the two ends still talk after \(Self.deliveryLimit) deliveries")
    }

    /// Makes one delivery of what `side` has sent: octets, its end of file, or the break.
    ///
    /// - Returns: False when there is nothing to deliver, or the other end does not read.
    @discardableResult public func step(from side: Side) -> Bool {
        let didMove = carry(from: side)
        if didMove { settle() }
        return didMove
    }

    /// From now on the reactor's passes move what there is, as often as there is something.
    func moveInPasses() {
        movesInPasses = true
        for transport in [client, server] { transport.onOutput = { [weak self] in self?.scheduleMove() } }
        scheduleMove()
    }

    private func scheduleMove() {
        guard movesInPasses, !isMoveScheduled, let test else { return }
        isMoveScheduled = true
        test.reactor.callLater(.zero) { [self] in
            isMoveScheduled = false
            let didMove = carry(from: .client)
            if carry(from: .server) || didMove { scheduleMove() }
        }
    }

    private func settle() {
        guard let test else {
            client.settle()
            return server.settle()
        }
        test.settle()
    }

    private func carry(from side: Side) -> Bool {
        if cuts[side] == 0 { return breakDown() }
        let (source, target) = (self[side], self[side.other])
        if target.endReason != nil { return discard(source, isToldOfEnd: ended.contains(side.other)) }
        if target.isReadingPaused, target.isOpen { return false }
        if source.hasOutput {
            let piece = source.take(atMost: max(1, min(octetsPerDelivery, cuts[side] ?? .max)))
            if let left = cuts[side] { cuts[side] = left - piece.count }
            target.deliver(piece)
            return true
        }
        guard source.hasEndedWriting, ended.insert(side).inserted else { return false }
        announceEnd(of: source, to: target)
        return true
    }

    private func announceEnd(of source: MemoryTransport, to target: MemoryTransport) {
        switch source.endReason {
        case nil, .done, .protocolFailure: target.deliverEndOfFile()
        default: target.loseFromPeer(.lost(Self.reset))
        }
    }

    /// Nobody is there to read: whoever has heard the end and goes on writing is told, as by a reset.
    private func discard(_ source: MemoryTransport, isToldOfEnd: Bool) -> Bool {
        guard source.hasOutput else { return false }
        _ = source.take(atMost: .max)
        if source.isOpen, isToldOfEnd { source.loseFromPeer(.lost(Self.reset)) }
        return true
    }

    private func breakDown() -> Bool {
        cuts = [:]
        ended = [.client, .server]
        for transport in [client, server] { transport.loseFromPeer(.lost(Self.reset)) }
        return true
    }

    private static let reset = SystemFailure(code: ECONNRESET, call: "recv")
}
