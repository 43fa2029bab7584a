#if canImport(Darwin)
import Basics
import Darwin

/// The poller of macOS and BSD (`kqueue(2)`).
///
/// The kernel watches the two directions of a descriptor apart, by a filter for each. Here both are always set:
/// the one of a direction that is wanted is level-triggered; the other one speaks only when something changes
/// (`EV_CLEAR`) and serves to hear of the end. A direction's end is remembered, and a descriptor is hung up when
/// it has an error, when both directions have ended, or when it is a pipe and its other side is gone.
///
/// - Complexity: O(1) for each change, two system calls; O(ready) for a wait.
/// - Limits: ``eventsPerWait`` events in one answer; the others come first in the next one.
@safe public final class KqueuePoller: Poller {
    /// The most events one wait takes from the kernel; a descriptor has two at most.
    public static let eventsPerWait = 1024

    /// One day: far from what overflows the kernel's arithmetic; a longer wait is woken early and repeated.
    private static let longestWait: Int64 = 86_400_000_000_000

    private struct Slot {
        var token: UInt64 = 0
        var interest: Interest = []
        var isWatched = false
        var isSocket = false

        /// The directions that have ended.
        var ended: Interest = []
        var hasError = false

        /// What the wait that is going on has found, and whether it has found anything.
        var found: Readiness = []
        var isFound = false

        var isHungUp: Bool {
            hasError || ended == [.read, .write] || !isSocket && !ended.isEmpty
        }
    }

    private let queue: Int32
    private let events: UnsafeMutablePointer<kevent>
    private var slots: [Slot] = []

    /// Descriptors that are hung up, which the filters may not repeat.
    private var hungUp: Set<Int32> = []

    /// Descriptors found by the wait that is going on.
    private var found: [Int32] = []

    /// Makes a poller with its own kernel object (`kqueue(2)`).
    public init() throws(SystemFailure) {
        queue = kqueue()
        unsafe events = .allocate(capacity: Self.eventsPerWait)
        guard queue >= 0 else { throw SystemFailure(call: "kqueue") }
        _ = fcntl(queue, F_SETFD, FD_CLOEXEC)
    }

    deinit {
        if queue >= 0 { close(queue) }
        unsafe events.deallocate()
    }

    /// Starts watching a descriptor (`EV_ADD` of both filters).
    ///
    /// - Throws: ``SystemFailure`` with `EEXIST` for one that is watched, `EBADF` for one that is not open,
    ///   `EPERM` for a regular file or directory.
    public func add(_ descriptor: Int32, token: UInt64, interest: Interest) throws(SystemFailure) {
        try verifyPollable(descriptor, call: "kevent")
        guard !isWatched(descriptor) else { throw SystemFailure(code: EEXIST, call: "kevent") }
        let index = Int(descriptor)
        while slots.count <= index { slots.append(Slot()) }
        slots[index] = Slot(token: token, interest: interest, isWatched: true, isSocket: Self.isSocket(descriptor))
        do throws(SystemFailure) {
            try set(descriptor, .read)
            try set(descriptor, .write)
        } catch {
            remove(descriptor)
            throw error
        }
    }

    /// Changes what a descriptor waits for: the filters of the directions that change are made anew.
    ///
    /// - Throws: ``SystemFailure`` with `ENOENT` when it is not watched.
    public func modify(_ descriptor: Int32, token: UInt64, interest: Interest) throws(SystemFailure) {
        guard isWatched(descriptor) else { throw SystemFailure(code: ENOENT, call: "kevent") }
        let index = Int(descriptor)
        let changed = slots[index].interest.symmetricDifference(interest)
        slots[index].token = token
        slots[index].interest = interest
        for direction in [.read, .write] as [Interest] where changed.contains(direction) {
            // Adding a filter that is there already would keep its way of triggering.
            _ = change(descriptor, direction, EV_DELETE)
            try set(descriptor, direction)
        }
    }

    /// Stops watching a descriptor (`EV_DELETE`).
    public func remove(_ descriptor: Int32) {
        guard isWatched(descriptor) else { return }
        _ = change(descriptor, .read, EV_DELETE)
        _ = change(descriptor, .write, EV_DELETE)
        slots[Int(descriptor)] = Slot()
        hungUp.remove(descriptor)
    }

    /// Waits for descriptors, to the nanosecond (`kevent(2)`), joining what it says of one into one entry.
    public func wait(nanoseconds: Int64, into ready: inout [ReadyDescriptor]) {
        let longest = nanoseconds < 0 ? Self.longestWait : min(nanoseconds, Self.longestWait)
        let start = monotonicNanoseconds()
        var remaining = hungUp.isEmpty ? longest : 0
        repeat {
            // Nothing at all means that time is up or a signal came; events may all be of no interest.
            let count = take(upTo: remaining)
            for descriptor in hungUp { note(descriptor, []) }
            answer(into: &ready)
            guard count > 0, ready.isEmpty, remaining > 0 else { return }
            remaining = max(0, longest - (monotonicNanoseconds() - start))
        } while true
    }

    private func isWatched(_ descriptor: Int32) -> Bool {
        slots.indices.contains(Int(descriptor)) && slots[Int(descriptor)].isWatched
    }

    private static func isSocket(_ descriptor: Int32) -> Bool {
        var status = stat()
        return unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }

    /// Sets the filter of a direction as the interest wants it.
    ///
    /// What is not wanted may be refused, as by the end of a pipe that has only the other direction.
    private func set(_ descriptor: Int32, _ direction: Interest) throws(SystemFailure) {
        let isWanted = slots[Int(descriptor)].interest.contains(direction)
        guard !change(descriptor, direction, isWanted ? EV_ADD : EV_ADD | EV_CLEAR) else { return }
        let code = errno
        if code == EPIPE {
            slots[Int(descriptor)].hasError = true
            hungUp.insert(descriptor)
        } else if isWanted {
            throw SystemFailure(code: code, call: "kevent")
        }
    }

    private func change(_ descriptor: Int32, _ direction: Interest, _ flags: Int32) -> Bool {
        let filter = direction == .read ? EVFILT_READ : EVFILT_WRITE
        var change = unsafe kevent(
            ident: UInt(descriptor), filter: Int16(filter), flags: UInt16(flags), fflags: 0, data: 0, udata: nil)
        return unsafe kevent(queue, &change, 1, nil, 0, nil) == 0
    }

    /// Takes events from the kernel into the slots, and returns how many there were.
    private func take(upTo nanoseconds: Int64) -> Int {
        var limit = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        let count = Int(unsafe kevent(queue, nil, 0, events, Int32(Self.eventsPerWait), &limit))
        for index in 0..<max(0, count) {
            let event = unsafe events[index]
            let descriptor = Int32(truncatingIfNeeded: unsafe event.ident)
            guard isWatched(descriptor) else { continue }
            let direction: Interest = unsafe Int32(event.filter) == EVFILT_READ ? .read : .write
            if unsafe Int32(event.flags) & EV_EOF != 0 {
                slots[Int(descriptor)].ended.insert(direction)
                if unsafe event.fflags != 0 { slots[Int(descriptor)].hasError = true }
            }
            let isWanted = slots[Int(descriptor)].interest.contains(direction)
            note(descriptor, isWanted ? Readiness(rawValue: direction.rawValue) : [])
        }
        return max(0, count)
    }

    private func note(_ descriptor: Int32, _ readiness: Readiness) {
        let index = Int(descriptor)
        slots[index].found.formUnion(readiness)
        if slots[index].isHungUp { hungUp.insert(descriptor) }
        guard !slots[index].isFound else { return }
        slots[index].isFound = true
        found.append(descriptor)
    }

    /// Moves what was found into the answer.
    private func answer(into ready: inout [ReadyDescriptor]) {
        for descriptor in found {
            let index = Int(descriptor)
            var readiness = slots[index].found
            if slots[index].isHungUp { readiness.insert(.hangup) }
            slots[index].found = []
            slots[index].isFound = false
            guard !readiness.isEmpty else { continue }
            ready.append(ReadyDescriptor(token: slots[index].token, readiness: readiness))
        }
        found.removeAll(keepingCapacity: true)
    }
}
#endif
