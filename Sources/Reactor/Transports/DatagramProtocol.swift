import Basics
public import ReactorCore

/// The application's end of a datagram port: what is called when something arrives.
///
/// ```swift
/// final class Echo: DatagramProtocol {
///     private var transport: (any DatagramTransport)?
///
///     func started(over transport: any DatagramTransport) { self.transport = transport }
///
///     func datagramReceived(_ bytes: Span<UInt8>, from sender: SocketAddress) throws {
///         try transport?.write(bytes, to: sender)
///     }
/// }
///
/// let port = try reactor.listenDatagrams(on: .ipv4(.any, port: 7), protocol: Echo())
/// ```
///
/// An error thrown by a protocol is reported to ``Reactor/log``, at most once a second, and counted as
/// ``DatagramCounters/failures``; the port lives on, because no sender may close it for the others.
public protocol DatagramProtocol: AnyObject {
    /// The port is open; keep `transport` to send. Called before the call that opened the port returns.
    func started(over transport: any DatagramTransport) throws

    /// A datagram arrived, whole.
    ///
    /// - Parameters:
    ///   - bytes: The octets, none when the datagram is empty; the memory is valid only inside the call.
    ///   - sender: Who sent it, as far as the network can be believed: over UDP anyone can claim to be
    ///     anyone. ``SocketAddress/unix(_:)`` of an empty path is a sender without a name, which
    ///     cannot be answered.
    /// - Throws: Whatever went wrong, to be reported.
    func datagramReceived(_ bytes: Span<UInt8>, from sender: SocketAddress) throws

    /// A datagram arrived that is larger than ``DatagramSettings/largestDatagram``; the rest is lost.
    ///
    /// Does nothing unless implemented.
    ///
    /// - Parameters:
    ///   - bytes: The octets there was room for.
    ///   - sender: As of ``datagramReceived(_:from:)``.
    ///   - length: The number of octets that were sent.
    /// - Throws: Whatever went wrong, to be reported.
    func truncatedDatagramReceived(_ bytes: Span<UInt8>, from sender: SocketAddress, length: Int) throws

    /// The peer of a connected port has said that nobody is there; the port goes on trying.
    ///
    /// Comes from an ICMP message or, on Unix sockets, from the kernel. A port that is not connected
    /// hears nothing of the kind. Does nothing unless implemented.
    func connectionRefused() throws

    /// The port is closed; called exactly once for every started port, in a later pass than the close.
    ///
    /// Does nothing unless implemented.
    func stopped()
}

extension DatagramProtocol {
    /// Ignores the datagram, which the port has counted.
    public func truncatedDatagramReceived(_ bytes: Span<UInt8>, from sender: SocketAddress, length: Int) throws {}

    /// Ignores the refusal, which the port has counted.
    public func connectionRefused() throws {}

    /// Does nothing.
    public func stopped() {}
}

/// What became of a datagram that was written.
public enum DatagramOutcome: Hashable, Sendable {
    /// The kernel has it; whether it arrives nobody knows.
    case sent

    /// It waits for room in the kernel, behind others.
    case queued

    /// It is lost: the queue is full, the port is closed, or the Unix socket it is for takes no more.
    case dropped
}

/// What a port has done since it was opened; every counter only grows.
public struct DatagramCounters: Hashable, Sendable {
    /// Datagrams handed to the protocol, truncated ones included.
    public var received = 0

    /// Datagrams handed to the kernel.
    public var sent = 0

    /// Datagrams that were written and lost in this process.
    public var dropped = 0

    /// Datagrams that arrived larger than there was room for.
    public var truncated = 0

    /// Refusals heard of by a connected port.
    public var refused = 0

    /// Errors thrown by the protocol.
    public var failures = 0

    /// Makes counters at zero.
    public init() {}
}

/// One datagram port, as its protocol sees it.
public protocol DatagramTransport: AnyObject {
    /// This end's address, with the true port; still valid after the port is closed.
    var host: SocketAddress { get }

    /// The only peer of a connected port; nil for a port that hears everyone.
    var peer: SocketAddress? { get }

    /// What the port has done so far.
    var counters: DatagramCounters { get }

    /// The number of octets in datagrams that wait for room in the kernel.
    var bufferedByteCount: Int { get }

    /// Sends one datagram, at once unless others wait.
    ///
    /// - Parameters:
    ///   - bytes: The octets; none is a datagram, too.
    ///   - address: Where to; a numeric address of the port's own kind. On a connected port, its peer.
    /// - Returns: What became of it.
    /// - Throws: What the kernel says of this datagram, as `EMSGSIZE` when it is too large, `EACCES` for
    ///   a broadcast that was not switched on, `ENETUNREACH` without a route.
    @discardableResult func write(_ bytes: Span<UInt8>, to address: SocketAddress) throws(SystemFailure)
        -> DatagramOutcome

    /// Sends one datagram to the peer of a connected port.
    ///
    /// - Throws: What the kernel says, as ``write(_:to:)-(Span<UInt8>,_)``; `ENOTCONN` on a port without a peer.
    @discardableResult func write(_ bytes: Span<UInt8>) throws(SystemFailure) -> DatagramOutcome

    /// Chooses the only peer: others are no longer heard, and refusals are told to the protocol.
    func connect(to peer: SocketAddress) throws(SystemFailure)

    /// Lets datagrams wait in the kernel, which drops what it has no room for.
    func pauseProducing()

    /// Receives again.
    func resumeProducing()

    /// Closes the port; what waits to be sent is dropped. The protocol hears of it in a later pass.
    func stopListening()

    /// Hears a group.
    func join(_ group: MulticastGroup) throws(SystemFailure)

    /// Hears a group no longer.
    func leave(_ group: MulticastGroup) throws(SystemFailure)

    /// Sets an option of the socket.
    func setOption(_ option: DatagramOption) throws(SystemFailure)
}

extension DatagramTransport {
    /// Sends one datagram from an array.
    @discardableResult public func write(
        _ bytes: [UInt8], to address: SocketAddress
    ) throws(SystemFailure) -> DatagramOutcome {
        try write(bytes.span, to: address)
    }

    /// Sends one datagram from an array to the peer of a connected port.
    @discardableResult public func write(_ bytes: [UInt8]) throws(SystemFailure) -> DatagramOutcome {
        try write(bytes.span)
    }
}
