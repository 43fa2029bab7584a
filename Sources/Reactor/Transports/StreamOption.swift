import CLinux
import Glibc
import ReactorCore

/// How many octets may wait for a peer: before a streaming producer is paused, to resume it, and at all.
public struct WaterMarks: Hashable, Sendable {
    /// At this many buffered octets, or fewer, a paused producer is resumed.
    public let low: Int

    /// Above this many buffered octets the producer is paused.
    public let high: Int

    /// A write while more octets than this wait already cuts the peer off, with ``DisconnectReason/outboundOverflow(limit:)``.
    ///
    /// One write may be of any size: its octets were in memory before.
    public let limit: Int

    /// Makes marks; a negative one counts as zero, and one above the next as that.
    public init(low: Int, high: Int, limit: Int = StreamLimits.outboundByteCount) {
        self.limit = max(0, limit)
        self.high = min(max(0, high), self.limit)
        self.low = min(max(0, low), self.high)
    }

    /// Paused above 64 KiB, resumed when everything is sent; Twisted's figures.
    public static let standard = WaterMarks(low: 0, high: StreamLimits.producerHighWater)
}

/// An option of a connected stream socket.
///
/// A lingering close is not among them: with `SO_LINGER` above zero the kernel blocks `close(2)`, also
/// of a non-blocking socket, and with it the reactor. ``Transport/loseConnection(within:)`` bounds the
/// time for what this process holds, ``unacknowledgedLimit(_:)`` for what the kernel holds, and
/// ``Transport/abortConnection()`` is a linger of zero.
public enum StreamOption: Hashable, Sendable {
    /// Whether small writes leave at once (`TCP_NODELAY`); on unless set, as writes of a pass are gathered.
    case noDelay(Bool)

    /// Whether the kernel probes a silent peer (`SO_KEEPALIVE`); nil turns it off, as it is unless set.
    case keepAlive(KeepAlive?)

    /// How long sent octets may stay unacknowledged before the connection is lost (`TCP_USER_TIMEOUT`);
    /// nil leaves it to the kernel.
    case unacknowledgedLimit(Duration?)

    /// The kernel's buffer for octets to send, in octets (`SO_SNDBUF`; Linux doubles the number).
    case sendBufferSize(Int)

    /// The kernel's buffer for octets that arrived, in octets (`SO_RCVBUF`; Linux doubles the number).
    case receiveBufferSize(Int)
}

/// When the kernel probes a silent peer: `TCP_KEEPIDLE`, `TCP_KEEPINTVL` and `TCP_KEEPCNT` of `tcp(7)`.
public struct KeepAlive: Hashable, Sendable {
    /// The silence before the first probe, in whole seconds; nil leaves the system's, usually two hours.
    public var idleSeconds: Int?

    /// The time between probes, in whole seconds; nil leaves the system's, usually 75.
    public var intervalSeconds: Int?

    /// The unanswered probes after which the connection is lost; nil leaves the system's, usually nine.
    public var probes: Int?

    /// Makes a schedule; what is nil stays as the system has it.
    public init(idleSeconds: Int? = nil, intervalSeconds: Int? = nil, probes: Int? = nil) {
        self.idleSeconds = idleSeconds
        self.intervalSeconds = intervalSeconds
        self.probes = probes
    }
}

extension Socket {
    /// Sets one option of a stream socket.
    static func set(_ option: StreamOption, on descriptor: Int32) throws(SystemFailure) {
        let tcp = Int32(IPPROTO_TCP)
        switch option {
        case .noDelay(let isOn): try set(descriptor, tcp, TCP_NODELAY, isOn ? 1 : 0)
        case .keepAlive(let schedule):
            if let seconds = schedule?.idleSeconds { try set(descriptor, tcp, TCP_KEEPIDLE, seconds) }
            if let seconds = schedule?.intervalSeconds { try set(descriptor, tcp, TCP_KEEPINTVL, seconds) }
            if let probes = schedule?.probes { try set(descriptor, tcp, TCP_KEEPCNT, probes) }
            try set(descriptor, SOL_SOCKET, SO_KEEPALIVE, schedule == nil ? 0 : 1)
        case .unacknowledgedLimit(let limit):
            let milliseconds = limit.map { max(1, $0 / .milliseconds(1)) } ?? 0
            try set(descriptor, tcp, TCP_USER_TIMEOUT, Int(min(milliseconds, Double(Int32.max))))
        case .sendBufferSize(let size): try set(descriptor, SOL_SOCKET, SO_SNDBUF, size)
        case .receiveBufferSize(let size): try set(descriptor, SOL_SOCKET, SO_RCVBUF, size)
        }
    }

    /// Sets an option whose value is an `int` (`setsockopt(2)`).
    static func set(
        _ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int
    ) throws(SystemFailure) {
        var value = Int32(clamping: value)
        guard unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
            throw SystemFailure(call: "setsockopt")
        }
    }

    /// Reads an option whose value is an `int` (`getsockopt(2)`).
    static func value(_ descriptor: Int32, _ level: Int32, _ option: Int32) -> Int? {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard unsafe getsockopt(descriptor, level, option, &value, &length) == 0 else { return nil }
        return Int(value)
    }
}
