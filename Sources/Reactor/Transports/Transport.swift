import Glibc
public import ReactorCore

/// Who is at the other end of a Unix socket, as the kernel knew at the time of connecting (`SO_PEERCRED`).
public struct PeerCredentials: Hashable, Sendable {
    /// The effective user.
    public var uid: UInt32

    /// The effective group.
    public var gid: UInt32

    /// The process; its number may have been given to another one since.
    public var pid: Int32

    /// Makes credentials, as a test needs them.
    public init(uid: UInt32, gid: UInt32, pid: Int32) {
        self.uid = uid
        self.gid = gid
        self.pid = pid
    }
}

/// One connection, as the protocol at its end sees it.
public protocol Transport: AnyObject {
    /// The other end's address; still valid after the connection is lost.
    var peer: SocketAddress { get }

    /// This end's address; still valid after the connection is lost.
    var host: SocketAddress { get }

    /// The number of octets written and not yet taken by the kernel.
    var bufferedByteCount: Int { get }

    /// The number of octets written that the peer's system has not confirmed to have: those the kernel still holds count, where
    /// it can tell.
    ///
    /// Still valid after the connection is lost: what was on its way then, and did not arrive as far as anybody knows.
    var untakenByteCount: Int { get }

    /// Whether the end has begun, by ``loseConnection(within:)`` or otherwise: the protocol is given nothing more.
    ///
    /// What a protocol has been given already, such as the lines of one read, it may want to leave alone then.
    var isClosing: Bool { get }

    /// The user, group and process of a Unix socket's peer, as the kernel knows them; nil for others.
    var peerCredentials: PeerCredentials? { get }

    /// What this transport goes over when it is a layer, such as TLS or a policy; nil when it is the connection itself.
    var underlying: (any Transport)? { get }

    /// Owns what goes on for the connection: what is left is cancelled when it is lost, after the protocol has heard.
    ///
    /// ```swift
    /// transport.scope.spawn(on: reactor) { try await self.greet() }
    /// transport.scope.callLater(.seconds(60), on: reactor) { self.transport?.loseConnection() }
    /// ```
    ///
    /// What is added to the scope of a lost connection is cancelled at once. An upgrade keeps the scope.
    var scope: DeferredScope { get }

    /// Sends octets, in order: small writes of a pass together at its end, large ones possibly at once.
    ///
    /// Writing to a lost connection does nothing.
    func write(_ bytes: [UInt8])

    /// Sends octets like ``write(_:)-([UInt8])``, from memory that is valid only now.
    func write(_ bytes: Span<UInt8>)

    /// Sends several runs of octets one after the other.
    func writeSequence(_ pieces: [[UInt8]])

    /// Stops reading, sends what is buffered, and closes; never calls the protocol before it returns.
    ///
    /// A registered producer goes on until it unregisters itself. A peer that does not take the rest
    /// within `deadline` is cut off with ``DisconnectReason/timedOut``, and so is a producer that does
    /// not come to an end. Repeating the call can bring the deadline forward and never puts it off;
    /// ``abortConnection()`` may follow at any time. When the connection ends as
    /// ``DisconnectReason/done`` the kernel has all octets; whether the peer has read them only its
    /// answer can tell.
    func loseConnection(within deadline: Duration)

    /// Sends what is buffered, then tells the peer that nothing more will come; reading goes on.
    ///
    /// A registered producer goes on until it unregisters itself, and what is written until then is
    /// sent; later writes do nothing. The peer may leave this end waiting for ever: `loseConnection`
    /// sets a deadline. A transport that has no half-close loses the connection instead.
    func loseWriteConnection()

    /// Drops what is buffered and resets the connection; the protocol hears of it in a later pass.
    func abortConnection()

    /// Stops reading; the kernel then slows the peer down. May be called inside `dataReceived`.
    func pauseProducing()

    /// Reads again; does nothing while the connection is closing.
    func resumeProducing()

    /// Lets `producer` know when to write more.
    ///
    /// A streaming producer is paused and resumed by the ``waterMarks``. Another one is resumed once for
    /// every emptied buffer, now included, and writes one piece each time. On a lost connection, or
    /// one whose writing half is closed, the producer is stopped at once.
    ///
    /// - Throws: ``TransportMisuse/producerRegisteredTwice``.
    func registerProducer(_ producer: any Producer, streaming: Bool) throws

    /// Forgets the producer; a close that waited for it goes on.
    func unregisterProducer()

    /// When a streaming producer is paused and resumed; a change counts from the next write or send on.
    ///
    /// A transport without marks of its own ignores a change.
    var waterMarks: WaterMarks { get set }

    /// Sets an option of the socket below.
    ///
    /// - Throws: What the kernel says; `ENOPROTOOPT` when there is no such option here.
    func setOption(_ option: StreamOption) throws(SystemFailure)

    /// Sends octets that carry descriptors to the process at the other end of a Unix socket.
    ///
    /// The descriptors are duplicated: the caller keeps its own and may close them at once. They arrive
    /// in order, and no later than the first of `bytes`. See ``DescriptorReceivingProtocol``.
    ///
    /// - Parameters:
    ///   - bytes: At least one octet, because the kernel attaches descriptors to octets.
    ///   - descriptors: Open descriptors of this process.
    /// - Throws: ``DescriptorPassingFailure``; nothing is written then.
    func write(_ bytes: [UInt8], passing descriptors: [Int32]) throws(DescriptorPassingFailure)
}

extension Transport {
    /// What the kernel has not taken: nothing is known of the rest.
    public var untakenByteCount: Int { bufferedByteCount }

    /// Nothing: this is no layer.
    public var underlying: (any Transport)? { nil }

    /// Loses the connection: this transport cannot close one direction only.
    public func loseWriteConnection() { loseConnection() }

    /// The ``WaterMarks/standard`` ones; a change is ignored.
    public var waterMarks: WaterMarks {
        get { .standard }
        set {}
    }

    /// Refuses with `ENOPROTOOPT`: there is no socket below.
    public func setOption(_ option: StreamOption) throws(SystemFailure) {
        throw SystemFailure(code: ENOPROTOOPT, call: "setsockopt")
    }

    /// Refuses: only Unix stream sockets carry descriptors.
    public func write(_ bytes: [UInt8], passing descriptors: [Int32]) throws(DescriptorPassingFailure) {
        throw .notAUnixSocket
    }

    /// How long ``loseConnection()`` lets a peer take the rest.
    public static var flushDeadline: Duration { .seconds(30) }

    /// Stops reading, sends what is buffered within 30 seconds, and closes.
    public func loseConnection() { loseConnection(within: Self.flushDeadline) }

    /// Sends several runs of octets one after the other.
    public func writeSequence(_ pieces: [[UInt8]]) {
        for piece in pieces { write(piece) }
    }

    /// Sends text in UTF-8.
    public func write(_ text: String) { write(Array(text.utf8)) }
}

/// A transport that can give its connection to another protocol, as `STARTTLS` needs.
public protocol UpgradableTransport: Transport {
    /// Gives the connection to `newProtocol`; the old protocol hears no more of it, not even of its end.
    ///
    /// Calls neither protocol: whoever replaces also calls `connectionMade` of the new one.
    ///
    /// - Throws: ``TransportMisuse/producerRegisteredTwice`` while a producer is registered.
    func replaceProtocol(with newProtocol: any StreamProtocol) throws

    /// Throws away what the peer has sent already and no protocol has seen.
    ///
    /// - Returns: The number of octets thrown away; a transport may stop at some bound.
    func discardUndelivered() -> Int
}

/// A use of a transport that no peer can cause.
public enum TransportMisuse: Error, Hashable, Sendable {
    /// There was a producer already.
    case producerRegisteredTwice
}

/// The application's end of a connection: what is called when something arrives.
public protocol StreamProtocol: AnyObject {
    /// The connection is there; keep `transport` to answer.
    func connectionMade(over transport: any Transport) throws

    /// Octets arrived, as many as there were; a throw closes this connection, with the error as the reason.
    ///
    /// - Parameter bytes: At least one octet; the memory is valid only inside the call.
    /// - Throws: Whatever shall end the connection, as ``DisconnectReason/protocolFailure(_:)``.
    func dataReceived(_ bytes: Span<UInt8>) throws

    /// The connection is gone; called exactly once for every connection that was made.
    func connectionLost(_ reason: DisconnectReason)
}

/// A protocol that goes on in one direction when the other one has been closed.
///
/// Without this, a peer that closes its writing half ends the connection, once everything written has
/// been sent. With it, the connection ends when both halves are closed, by either side.
public protocol HalfCloseableProtocol: StreamProtocol {
    /// The peer has closed its writing half: nothing more will arrive, but writing goes on.
    ///
    /// - Throws: Whatever shall end the connection, as ``DisconnectReason/protocolFailure(_:)``.
    func readConnectionLost() throws

    /// What ``Transport/loseWriteConnection()`` asked for is done: the peer has been sent the end.
    ///
    /// A peer that stops reading without an error cannot be noticed.
    ///
    /// - Throws: Whatever shall end the connection, as ``DisconnectReason/protocolFailure(_:)``.
    func writeConnectionLost() throws
}

/// Makes the protocol for each accepted connection.
public protocol ProtocolFactory: AnyObject {
    /// Makes a protocol for a new peer; nil turns the peer away.
    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)?
}

/// Something that writes to a transport in step with the peer's reading.
public protocol Producer: AnyObject {
    /// Stop writing for now.
    func pauseProducing()

    /// Write again.
    func resumeProducing()

    /// Stop for good: the connection is gone.
    func stopProducing()
}

/// Why a connection ended.
public enum DisconnectReason: Error, CustomStringConvertible {
    /// It was closed in an orderly way, by either side.
    case done

    /// The network or the peer broke it.
    case lost(SystemFailure)

    /// This side called ``Transport/abortConnection()``.
    case aborted

    /// The protocol threw this error.
    case protocolFailure(any Error)

    /// A layer between this protocol and the network failed, such as TLS; the error says how.
    case layerFailure(any Error)

    /// The peer did not take the last octets in time.
    case timedOut

    /// The peer did not read while more than `limit` octets were waiting for it.
    case outboundOverflow(limit: Int)

    /// The reason in words, for logs.
    public var description: String {
        switch self {
        case .done: "connection closed"
        case .lost(let failure): "connection lost: \(failure)"
        case .aborted: "connection aborted"
        case .protocolFailure(let error): "protocol failure: \(error)"
        case .layerFailure(let error): "\(error)"
        case .timedOut: "the peer did not take the last octets in time"
        case .outboundOverflow(let limit): "more than \(limit) octets waited for a peer that does not read"
        }
    }
}
