public import Basics

/// A call that ``Reactor/callLater(_:fileID:line:_:)`` will make, unless it is cancelled first.
public final class DelayedCall {
    /// When the call is due.
    public internal(set) var deadline: MonotonicInstant

    /// Orders calls with equal deadlines: by the time of scheduling, or of the last reset.
    var sequence: UInt64

    /// The sequence of the heap entry that stands for this call; other entries of it are stale.
    var entrySequence: UInt64

    /// Nil once the call was made or cancelled.
    var body: (() -> Void)?

    /// Where the call was scheduled, for reports.
    let origin: CodePlace

    /// The scope that would cancel the call, until it is made or cancelled.
    var membership: DeferredScope.Membership?

    private let queue: TimerQueue

    init(
        deadline: MonotonicInstant, sequence: UInt64, queue: TimerQueue, origin: CodePlace,
        body: @escaping () -> Void
    ) {
        self.deadline = deadline
        self.sequence = sequence
        entrySequence = sequence
        self.queue = queue
        self.origin = origin
        self.body = body
    }

    /// Whether the call still is to be made.
    public var isActive: Bool { body != nil }

    /// Prevents the call.
    ///
    /// - Returns: False when the call was made or cancelled before.
    @discardableResult public func cancel() -> Bool {
        guard body != nil else { return false }
        body = nil
        leaveScope()
        queue.noteStaleEntry()
        return true
    }

    /// Moves the call to `delay` from now; one that was made or cancelled stays so.
    ///
    /// Moving a call later costs no heap operation, so a timer may be reset for every byte that arrives.
    ///
    /// - Returns: False when the call was made or cancelled before.
    @discardableResult public func reset(_ delay: Duration) -> Bool {
        guard body != nil else { return false }
        queue.move(self, to: delay)
        return true
    }

    func leaveScope() {
        guard let membership else { return }
        self.membership = nil
        membership.leave()
    }
}
