import CLinux
import Glibc

/// The poller of Linux, level-triggered (`epoll(7)`).
///
/// A descriptor that somebody else closes before it is removed stays with the kernel's object as long as a copy of it is
/// open anywhere, and can no more be removed. When that shows, the object is made anew, and so it is when its own
/// descriptor was closed; either is a mistake of the program, which ``complain`` is told.
///
/// - Complexity: O(1) for each change, one system call; O(ready) for a wait, whatever the number watched.
/// - Limits: ``eventsPerWait`` descriptors in one answer; the others come first in the next one.
@safe public final class EpollPoller: Poller {
    /// The most descriptors one wait reports; the others are reported by the next one.
    public static let eventsPerWait = 1024

    /// Whole milliseconds fit the `int` of `epoll_wait(2)`; a longer wait is woken early and repeated.
    private static let longestWait: Int64 = Int64(Int32.max)

    /// Told what the program has done to the poller's descriptors behind its back.
    public var complain: (String) -> Void = { _ in }

    private struct Watched {
        var token: UInt64
        var interest: Interest
    }

    private var descriptor: Int32
    /// What is watched, by number; only for making the kernel's object anew.
    private var watched: [Watched?] = []
    /// What a new kernel object did not take; reported once, so that its handler finds out.
    private var lost: [ReadyDescriptor] = []
    private let events: UnsafeMutablePointer<epoll_event>

    /// False once the kernel has refused `epoll_pwait2(2)`, which it knows since Linux 5.11.
    private var waitsByNanoseconds = true

    /// Makes a poller with its own kernel object (`epoll_create1(2)`).
    public init() throws(SystemFailure) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        unsafe events = .allocate(capacity: Self.eventsPerWait)
        guard descriptor >= 0 else { throw SystemFailure(call: "epoll_create1") }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        unsafe events.deallocate()
    }

    /// Starts watching a descriptor (`EPOLL_CTL_ADD`).
    public func add(_ target: Int32, token: UInt64, interest: Interest) throws(SystemFailure) {
        try control(EPOLL_CTL_ADD, target, token, interest)
        while watched.count <= Int(target) { watched.append(nil) }
        watched[Int(target)] = Watched(token: token, interest: interest)
    }

    /// Changes what a descriptor waits for (`EPOLL_CTL_MOD`).
    public func modify(_ target: Int32, token: UInt64, interest: Interest) throws(SystemFailure) {
        try control(EPOLL_CTL_MOD, target, token, interest)
        watched[Int(target)] = Watched(token: token, interest: interest)
    }

    /// Stops watching a descriptor (`EPOLL_CTL_DEL`).
    public func remove(_ target: Int32) {
        var event = unsafe epoll_event()
        _ = unsafe epoll_ctl(descriptor, EPOLL_CTL_DEL, target, &event)
        if watched.indices.contains(Int(target)) { watched[Int(target)] = nil }
    }

    /// Waits for descriptors: to the nanosecond by `epoll_pwait2(2)`, else in milliseconds rounded up.
    public func wait(nanoseconds: Int64, into ready: inout [ReadyDescriptor]) {
        let count = waitForEvents(lost.isEmpty ? nanoseconds : 0)
        ready += lost
        lost = []
        if count < 0, errno == EBADF || errno == EINVAL {
            makeAnew("the poller's own descriptor was closed by something else")
            // Without a descriptor to be had, not at full speed.
            if descriptor < 0 { _ = poll(nil, 0, 10) }
            return
        }
        for index in 0..<max(0, Int(count)) {
            let event = unsafe events[index]
            var readiness: Readiness = []
            if unsafe event.events & EPOLLIN.rawValue != 0 { readiness.insert(.read) }
            if unsafe event.events & EPOLLOUT.rawValue != 0 { readiness.insert(.write) }
            if unsafe event.events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0 { readiness.insert(.hangup) }
            ready.append(ReadyDescriptor(token: unsafe event.data.u64, readiness: readiness))
        }
    }

    /// A descriptor nobody watches was reported again and again: leaves it behind with the old kernel object.
    public func forgetStrangers() {
        close(descriptor)
        makeAnew("a descriptor was closed without being removed first, while a copy of it is open elsewhere")
    }

    /// Watches the same descriptors by a new kernel object; the old number may be somebody else's by now.
    ///
    /// While there is no descriptor for it, every wait tries again; one complaint is enough then.
    private func makeAnew(_ reason: String) {
        let wasMissing = descriptor < 0
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else {
            if !wasMissing { complain("\(reason); nothing is heard until there is a descriptor for a new poller") }
            return
        }
        for (target, entry) in watched.enumerated() {
            guard let entry else { continue }
            do throws(SystemFailure) {
                try control(EPOLL_CTL_ADD, Int32(target), entry.token, entry.interest)
            } catch {
                lost.append(ReadyDescriptor(token: entry.token, readiness: .hangup))
            }
        }
        let rest = lost.isEmpty ? "" : ", which did not take \(lost.count) of the descriptors"
        complain("\(reason); there is a new poller now\(rest)")
    }

    private func waitForEvents(_ nanoseconds: Int64) -> Int32 {
        if waitsByNanoseconds {
            let count = unsafe clinux_epoll_wait(descriptor, events, Int32(Self.eventsPerWait), nanoseconds)
            // Filters of system calls that were written before this one answer EPERM.
            guard count < 0, errno == ENOSYS || errno == EPERM else { return count }
            waitsByNanoseconds = false
        }
        let milliseconds =
            nanoseconds < 0
            ? -1 : min(Self.longestWait, nanoseconds / 1_000_000 + (nanoseconds % 1_000_000 > 0 ? 1 : 0))
        return unsafe epoll_wait(descriptor, events, Int32(Self.eventsPerWait), Int32(milliseconds))
    }

    private func control(
        _ operation: Int32, _ target: Int32, _ token: UInt64, _ interest: Interest
    ) throws(SystemFailure) {
        var event = unsafe epoll_event()
        if interest.contains(.read) { unsafe event.events |= EPOLLIN.rawValue }
        if interest.contains(.write) { unsafe event.events |= EPOLLOUT.rawValue }
        unsafe event.data.u64 = token
        guard unsafe epoll_ctl(descriptor, operation, target, &event) == 0 else {
            throw SystemFailure(call: "epoll_ctl")
        }
    }
}
