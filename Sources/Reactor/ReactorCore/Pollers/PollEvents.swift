import Basics
import CLinux
import Glibc

// What the pollers share that keep their own list of descriptors.

extension Interest {
    /// The bits of `poll(2)` to ask for.
    var pollEvents: Int16 {
        (contains(.read) ? Int16(POLLIN) : 0) | (contains(.write) ? Int16(POLLOUT) : 0)
    }
}

extension Readiness {
    /// What bits of `poll(2)` say; a number that is no descriptor counts as hung up, so that its handler finds out.
    init(pollEvents: Int16) {
        self = []
        if pollEvents & Int16(POLLIN) != 0 { insert(.read) }
        if pollEvents & Int16(POLLOUT) != 0 { insert(.write) }
        if pollEvents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { insert(.hangup) }
    }
}

/// Refuses what `epoll(7)` refuses, for the pollers whose system call would take it and spin.
///
/// - Throws: `EBADF` for a number that is no descriptor; `EPERM` for regular files and directories.
func verifyPollable(_ descriptor: Int32, call: String) throws(SystemFailure) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw SystemFailure(code: errno, call: call) }
    let kind = status.st_mode & S_IFMT
    guard kind != S_IFREG, kind != S_IFDIR else { throw SystemFailure(code: EPERM, call: call) }
}

/// The monotonic clock in nanoseconds, for waits that have to go on after a look.
func monotonicNanoseconds() -> Int64 { SystemMonotonicTime().now().nanoseconds }
