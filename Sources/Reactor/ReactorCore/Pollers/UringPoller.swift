import Basics
import CLinux
import CUring
import Glibc

/// The poller by `io_uring(7)`: one system call for each pass, which also carries all changes.
///
/// What is completion-based here are the polls: each watched descriptor has a poll request in the ring, whose
/// completion is the readiness. Bytes are still moved by the transports' own `recv` and `send`; a transport that
/// would rather hand its buffers to the ring needs a wider contract than ``Poller``, and the ring has room for it.
///
/// A poll request is used up by its completion, and is made again by the next wait, where it completes at once if
/// the descriptor still is ready: that makes the ring level-triggered. The kernel cannot be kept from completing
/// polls when the peer has closed its half; where nobody asked for that, a *repeating* request, which completes
/// at changes only, keeps the ring from spinning.
///
/// A completion says what the event was that made it, when it was: the bytes may have been read since by somebody
/// else, and other events may have followed. The next wait looks again.
///
/// - Complexity: O(1) for each change, without a system call but the check of ``add(_:token:interest:)`` and one
///   for removing a descriptor that is not ready; O(ready + changed) for a wait.
/// - Limits: needs Linux 5.19 and a system that allows it; ``completionCapacity`` completions fit the ring, the
///   kernel keeps what is more.
@safe public final class UringPoller: Poller {
    /// The number of requests handed to the kernel at a time.
    public static let requestCapacity = 1024

    /// The number of completions the ring holds.
    public static let completionCapacity = 8192

    /// The number of completions taken off the ring at a time.
    private static let completionsPerTake = 256

    /// One day: far from what overflows the kernel's arithmetic; a longer wait is woken early and repeated.
    private static let longestWait: Int64 = 86_400_000_000_000

    /// The identity of cancellations, which are nobody's poll: the descriptor in it is -1.
    private static let cancellation = UInt64.max

    private struct Slot {
        var token: UInt64 = 0
        var interest: Interest = []
        var isWatched = false

        /// A poll request with this serial is in the ring.
        var isArmed = false

        /// The descriptor stands in `unarmed`.
        var isQueued = false

        /// The next request, or the one in the ring, completes at changes only.
        var isRepeating = false

        /// Tells the request in the ring from earlier ones of the same descriptor number.
        var serial: UInt32 = 0
    }

    private let ring: UnsafeMutablePointer<io_uring>
    private let completions: UnsafeMutablePointer<curing_completion>
    private let isOpen: Bool
    private var slots: [Slot] = []

    /// Descriptors whose poll is to be requested by the next wait.
    private var unarmed: [Int32] = []

    /// Identities of requests to be cancelled, before anything is armed.
    private var cancelled: [UInt64] = []

    /// Makes a poller with its own ring (`io_uring_setup(2)`).
    ///
    /// - Throws: ``SystemFailure`` with `ENOSYS` when the kernel has no `io_uring` or one before Linux 5.19, with
    ///   `EPERM` when the system or a container forbids it.
    public convenience init() throws(SystemFailure) {
        try self.init(requestCapacity: Self.requestCapacity, completionCapacity: Self.completionCapacity)
    }

    /// Makes a poller with a ring of another size, which tests want small.
    package init(requestCapacity: Int, completionCapacity: Int) throws(SystemFailure) {
        unsafe ring = .allocate(capacity: 1)
        unsafe completions = .allocate(capacity: Self.completionsPerTake)
        unsafe ring.initialize(to: io_uring())
        let status = unsafe curing_open(ring, UInt32(requestCapacity), UInt32(completionCapacity))
        isOpen = status == 0
        guard isOpen else { throw SystemFailure(code: -status, call: "io_uring_setup") }
    }

    deinit {
        if isOpen {
            // The kernel takes a ring down later, and would keep the polled descriptors open until then.
            for index in slots.indices { disarm(index) }
            cancelNow()
            unsafe io_uring_queue_exit(ring)
        }
        unsafe ring.deallocate()
        unsafe completions.deallocate()
    }

    /// Starts watching a descriptor, from the next wait on.
    ///
    /// - Throws: ``SystemFailure`` with `EEXIST` for one that is watched, `EBADF` for one that is not open,
    ///   `EPERM` for a regular file or directory.
    public func add(_ descriptor: Int32, token: UInt64, interest: Interest) throws(SystemFailure) {
        try verifyPollable(descriptor, call: "io_uring")
        guard !isWatched(descriptor) else { throw SystemFailure(code: EEXIST, call: "io_uring") }
        let index = Int(descriptor)
        while slots.count <= index { slots.append(Slot()) }
        slots[index].token = token
        slots[index].interest = interest
        slots[index].isWatched = true
        slots[index].isRepeating = false
        queue(index)
    }

    /// Changes what a descriptor waits for, from the next wait on.
    ///
    /// - Throws: ``SystemFailure`` with `ENOENT` when it is not watched.
    public func modify(_ descriptor: Int32, token: UInt64, interest: Interest) throws(SystemFailure) {
        guard isWatched(descriptor) else { throw SystemFailure(code: ENOENT, call: "io_uring") }
        let index = Int(descriptor)
        slots[index].token = token
        guard slots[index].interest != interest else { return }
        slots[index].interest = interest
        disarm(index)
        queue(index)
    }

    /// Stops watching a descriptor at once: a request left in the ring would keep it open after `close(2)`.
    public func remove(_ descriptor: Int32) {
        guard isWatched(descriptor) else { return }
        let index = Int(descriptor)
        slots[index].isWatched = false
        disarm(index)
        cancelNow()
    }

    /// Requests what is to be polled and waits for completions, in one call (`io_uring_enter(2)`).
    public func wait(nanoseconds: Int64, into ready: inout [ReadyDescriptor]) {
        let limit = nanoseconds < 0 ? Self.longestWait : min(nanoseconds, Self.longestWait)
        let start = monotonicNanoseconds()
        var remaining = limit
        repeat {
            prepareRequests()
            if remaining > 0 {
                _ = unsafe curing_wait(ring, remaining)
            } else {
                _ = unsafe io_uring_submit_and_get_events(ring)
            }
            // Nothing at all means that time is up or a signal came; completions may all be of no interest.
            guard takeCompletions(into: &ready), ready.isEmpty, remaining > 0 else { return }
            remaining = max(0, limit - (monotonicNanoseconds() - start))
        } while true
    }

    private func isWatched(_ descriptor: Int32) -> Bool {
        slots.indices.contains(Int(descriptor)) && slots[Int(descriptor)].isWatched
    }

    private func identity(_ index: Int) -> UInt64 { UInt64(slots[index].serial) << 32 | UInt64(UInt32(index)) }

    private func queue(_ index: Int) {
        guard !slots[index].isQueued else { return }
        slots[index].isQueued = true
        unarmed.append(Int32(index))
    }

    /// Has the request of a descriptor cancelled, and its completions ignored from now on.
    private func disarm(_ index: Int) {
        slots[index].isRepeating = false
        guard slots[index].isArmed else { return }
        slots[index].isArmed = false
        cancelled.append(identity(index))
        slots[index].serial &+= 1
    }

    /// Cancels what is to be cancelled, so that the kernel lets go of the descriptors.
    private func cancelNow() {
        guard !cancelled.isEmpty else { return }
        prepareCancellations()
        _ = unsafe io_uring_submit_and_get_events(ring)
    }

    /// Moves cancellations into the ring; true when none is left.
    @discardableResult private func prepareCancellations() -> Bool {
        var count = 0
        while count < cancelled.count, unsafe curing_cancel(ring, cancelled[count], Self.cancellation) { count += 1 }
        cancelled.removeFirst(count)
        return cancelled.isEmpty
    }

    /// Moves what is to be cancelled and polled into the ring, as far as it takes it.
    private func prepareRequests() {
        guard prepareCancellations() else { return }
        var count = 0
        while count < unarmed.count, arm(Int(unarmed[count])) { count += 1 }
        unarmed.removeFirst(count)
    }

    /// Requests the poll of a descriptor that still needs it; false when the ring is full.
    private func arm(_ index: Int) -> Bool {
        let slot = slots[index]
        if slot.isWatched, !slot.isArmed {
            let events = UInt32(UInt16(bitPattern: slot.interest.pollEvents))
            guard unsafe curing_poll(ring, Int32(index), events, slot.isRepeating, identity(index)) else {
                return false
            }
            slots[index].isArmed = true
        }
        slots[index].isQueued = false
        return true
    }

    /// Empties the ring into the answer; false when there was nothing in it.
    private func takeCompletions(into ready: inout [ReadyDescriptor]) -> Bool {
        var total = 0
        while true {
            let count = Int(unsafe curing_take(ring, completions, UInt32(Self.completionsPerTake)))
            for index in 0..<count { unsafe take(completions[index], into: &ready) }
            total += count
            guard count == Self.completionsPerTake else { return total > 0 }
        }
    }

    private func take(_ completion: curing_completion, into ready: inout [ReadyDescriptor]) {
        let index = Int(truncatingIfNeeded: completion.identity & 0xFFFF_FFFF)
        guard index < slots.count, slots[index].isArmed, identity(index) == completion.identity else { return }
        let isOver = completion.flags & UInt32(curing_more) == 0
        if isOver {
            slots[index].isArmed = false
            slots[index].serial &+= 1
            queue(index)
        }
        let readiness = readiness(of: index, after: completion.result)
        if readiness.isEmpty {
            if isOver { slots[index].isRepeating = completion.result >= 0 }
        } else {
            ready.append(ReadyDescriptor(token: slots[index].token, readiness: readiness))
            disarm(index)
            queue(index)
        }
    }

    /// What a completion says, as far as it was asked for.
    private func readiness(of index: Int, after result: Int32) -> Readiness {
        guard result >= 0 else {
            // The kernel cancels the requests of a thread that ends; another thread makes them anew.
            return [-ECANCELED, -EAGAIN, -ENOMEM, -EINTR].contains(result) ? [] : .hangup
        }
        let wanted = Readiness(rawValue: slots[index].interest.rawValue).union(.hangup)
        return Readiness(pollEvents: Int16(truncatingIfNeeded: result)).intersection(wanted)
    }
}
