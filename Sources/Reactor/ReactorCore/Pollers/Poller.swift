/// What a descriptor's handler waits for.
public struct Interest: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// Makes an interest from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// There are bytes to read, an end of file, or a connection to accept.
    public static let read = Interest(rawValue: 1)

    /// The kernel takes bytes again, or a connection attempt has ended.
    public static let write = Interest(rawValue: 2)
}

/// What a poller found out about a descriptor.
public struct Readiness: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// Makes a readiness from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Reading will not block.
    public static let read = Readiness(rawValue: 1)

    /// Writing will not block.
    public static let write = Readiness(rawValue: 2)

    /// Both directions are closed, or the descriptor has an error; reported whatever the interest.
    public static let hangup = Readiness(rawValue: 4)
}

/// One entry of a poller's answer.
public struct ReadyDescriptor: Hashable, Sendable {
    /// The token given when the descriptor was added.
    public var token: UInt64

    /// What the descriptor is ready for.
    public var readiness: Readiness

    /// Makes an entry.
    public init(token: UInt64, readiness: Readiness) {
        self.token = token
        self.readiness = readiness
    }
}

/// Waits for descriptors to become ready: the part of the reactor that knows the kernel.
///
/// The contract every implementation meets:
///
/// - Level-triggered: a descriptor that stays ready is reported by every wait.
/// - A descriptor appears at most once in one answer, with all that is known about it. What is known may be as
///   old as the wait before (``UringPoller``), so that a handler must bear a call that would block after all;
///   the wait after an answer says the truth about what stood in it.
/// - `hangup` is reported whatever the interest, also for an empty interest.
/// - Bytes that nobody asked for, the peer's end of a half-closed connection and urgent data are not reported.
/// - After `remove` returns, no *later* wait reports that token. An answer already given may still
///   hold it; the reactor drops such entries by their token, which is never used twice.
/// - A wait that is interrupted, as by a signal, answers nothing. One that is longer than the kernel can count
///   may answer nothing early.
/// - A descriptor is removed before it is closed; once removed, nothing here keeps it open.
/// - What cannot be waited for is refused when added: `EBADF` for a number that is no descriptor, `EPERM` for
///   regular files and directories, `EEXIST` for a descriptor that is watched. To modify one that is not
///   watched is `ENOENT`.
public protocol Poller: AnyObject {
    /// Told what the program has done to descriptors behind the poller's back; set by the reactor.
    var complain: (String) -> Void { get set }

    /// Starts watching a descriptor that is not being watched.
    func add(_ descriptor: Int32, token: UInt64, interest: Interest) throws(SystemFailure)

    /// Changes what a watched descriptor waits for.
    func modify(_ descriptor: Int32, token: UInt64, interest: Interest) throws(SystemFailure)

    /// Stops watching a descriptor; one that is not being watched is ignored.
    func remove(_ descriptor: Int32)

    /// Waits until something is ready or the time has passed, and appends what is ready.
    ///
    /// - Parameters:
    ///   - nanoseconds: The longest wait; zero only looks, a negative number waits without end.
    ///   - ready: Receives the answer; empty on entry.
    func wait(nanoseconds: Int64, into ready: inout [ReadyDescriptor])

    /// Two answers in a row told of a descriptor that is watched no more: sees to it that none does again.
    ///
    /// Only a poller whose kernel object may outlive the removal of a descriptor has anything to do.
    func forgetStrangers()
}

extension Poller {
    /// Nobody is told.
    public var complain: (String) -> Void {
        get { { _ in } }
        set {}
    }

    /// What is removed is never reported.
    public func forgetStrangers() {}
}
