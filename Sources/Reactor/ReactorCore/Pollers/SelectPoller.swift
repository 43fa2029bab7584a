import Basics
import CLinux
import Glibc

/// The oldest poller, by `select(2)`; for comparison, and for what has nothing else.
///
/// `select` sees only numbers below ``descriptorLimit`` and cannot tell a hangup from bytes, so it decides how
/// long to wait and one `poll(2)` without waiting tells what for. For a descriptor that is not read from, it may
/// not even notice the hangup: those are looked at every ``hangupInterval``.
///
/// - Complexity: O(1) for each change, without a system call but the check of ``add(_:token:interest:)``;
///   O(highest number watched) for a wait, at most ``descriptorLimit``.
/// - Limits: descriptors below ``descriptorLimit``; a higher one is refused with `EMFILE`.
@safe public final class SelectPoller: Poller {
    /// One more than the highest descriptor `select` can watch (`FD_SETSIZE`).
    public static let descriptorLimit = Int32(MemoryLayout<Bits>.size * 8)

    /// The longest time after which a hangup of a descriptor without read interest is reported.
    public static let hangupInterval = Duration.milliseconds(50)

    private struct Slot {
        var token: UInt64 = 0
        var interest: Interest = []
        var isWatched = false
    }

    /// An `fd_set` as its bits, which C reaches by macros only.
    private struct Bits {
        var words = InlineArray<16, UInt>(repeating: 0)

        subscript(descriptor: Int) -> Bool {
            get { words[descriptor / UInt.bitWidth] & (1 << UInt(descriptor % UInt.bitWidth)) != 0 }
            set {
                let bit: UInt = 1 << UInt(descriptor % UInt.bitWidth)
                if newValue {
                    words[descriptor / UInt.bitWidth] |= bit
                } else {
                    words[descriptor / UInt.bitWidth] &= ~bit
                }
            }
        }
    }

    private var slots = [Slot](repeating: Slot(), count: Int(descriptorLimit))
    private var reading = Bits()
    private var writing = Bits()

    /// What is watched without read interest.
    private var unread = Bits()
    private var unreadCount = 0

    /// One more than the highest descriptor watched, or more after removals until the next wait.
    private var end = 0

    /// What `poll(2)` is asked after `select(2)` has found something.
    private var candidates: [pollfd] = []

    /// Makes a poller that watches nothing.
    public init() {}

    /// Starts watching a descriptor.
    ///
    /// - Throws: ``SystemFailure`` with `EMFILE` for a number of ``descriptorLimit`` or more, `EEXIST` for one that
    ///   is watched, `EBADF` for one that is not open, `EPERM` for a regular file or directory.
    public func add(_ descriptor: Int32, token: UInt64, interest: Interest) throws(SystemFailure) {
        try verifyPollable(descriptor, call: "select")
        guard descriptor < Self.descriptorLimit else {
            throw SystemFailure(code: EMFILE, call: "select (limited to descriptors below \(Self.descriptorLimit))")
        }
        guard !slots[Int(descriptor)].isWatched else { throw SystemFailure(code: EEXIST, call: "select") }
        set(Int(descriptor), Slot(token: token, interest: interest, isWatched: true))
        end = max(end, Int(descriptor) + 1)
    }

    /// Changes what a descriptor waits for.
    ///
    /// - Throws: ``SystemFailure`` with `ENOENT` when it is not watched.
    public func modify(_ descriptor: Int32, token: UInt64, interest: Interest) throws(SystemFailure) {
        guard isWatched(descriptor) else { throw SystemFailure(code: ENOENT, call: "select") }
        set(Int(descriptor), Slot(token: token, interest: interest, isWatched: true))
    }

    /// Stops watching a descriptor.
    public func remove(_ descriptor: Int32) {
        guard isWatched(descriptor) else { return }
        set(Int(descriptor), Slot())
    }

    /// Waits for descriptors (`pselect(2)`), then asks what they are ready for (`poll(2)`).
    public func wait(nanoseconds: Int64, into ready: inout [ReadyDescriptor]) {
        while end > 0, !slots[end - 1].isWatched { end -= 1 }
        let start = monotonicNanoseconds()
        var remaining = nanoseconds
        while select(upTo: remaining, into: &ready), ready.isEmpty, remaining != 0 {
            guard nanoseconds > 0 else { continue }
            remaining = max(0, nanoseconds - (monotonicNanoseconds() - start))
        }
    }

    private func isWatched(_ descriptor: Int32) -> Bool {
        slots.indices.contains(Int(descriptor)) && slots[Int(descriptor)].isWatched
    }

    private func set(_ index: Int, _ slot: Slot) {
        slots[index] = slot
        reading[index] = slot.interest.contains(.read)
        writing[index] = slot.interest.contains(.write)
        let isUnread = slot.isWatched && !slot.interest.contains(.read)
        if unread[index] != isUnread { unreadCount += isUnread ? 1 : -1 }
        unread[index] = isUnread
    }

    /// Waits once, no longer than a hangup may go unseen; false when that failed, as by a signal.
    private func select(upTo nanoseconds: Int64, into ready: inout [ReadyDescriptor]) -> Bool {
        let longest = unreadCount > 0 ? Self.hangupInterval.wholeNanoseconds : Int64.max
        var found = (reading: reading, writing: writing)
        let bounded = nanoseconds < 0 ? longest : min(nanoseconds, longest)
        var limit = timespec(tv_sec: Int(bounded / 1_000_000_000), tv_nsec: Int(bounded % 1_000_000_000))
        let count = unsafe withUnsafeMutableBytes(of: &found.reading.words) { reading in
            unsafe withUnsafeMutableBytes(of: &found.writing.words) { writing in
                unsafe pselect(
                    Int32(end), reading.baseAddress?.assumingMemoryBound(to: fd_set.self),
                    writing.baseAddress?.assumingMemoryBound(to: fd_set.self), nil, &limit, nil)
            }
        }
        // A descriptor that was closed unremoved makes it fail, with the sets as they were; `poll` finds which.
        guard count >= 0 || errno == EBADF else { return false }
        if count != 0 || unreadCount > 0 { report(found.reading, found.writing, into: &ready) }
        return true
    }

    /// Reports what `poll(2)` says of the descriptors found, and of those `select` may have missed.
    private func report(_ reading: Bits, _ writing: Bits, into ready: inout [ReadyDescriptor]) {
        candidates.removeAll(keepingCapacity: true)
        for word in 0..<(end + UInt.bitWidth - 1) / UInt.bitWidth {
            var bits = reading.words[word] | writing.words[word] | unread.words[word]
            while bits != 0 {
                let index = word * UInt.bitWidth + bits.trailingZeroBitCount
                bits &= bits - 1
                candidates.append(pollfd(fd: Int32(index), events: slots[index].interest.pollEvents, revents: 0))
            }
        }
        _ = unsafe candidates.withUnsafeMutableBufferPointer {
            unsafe clinux_poll($0.baseAddress, nfds_t($0.count), 0)
        }
        for candidate in candidates where candidate.revents != 0 {
            let readiness = Readiness(pollEvents: candidate.revents)
            ready.append(ReadyDescriptor(token: slots[Int(candidate.fd)].token, readiness: readiness))
        }
    }
}
