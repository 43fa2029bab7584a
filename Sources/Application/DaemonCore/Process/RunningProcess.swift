import Basics
import CLinux
import FileAccess
import Glibc
import ReactorCore

/// A server's process, known by the lock it holds and not by a number somebody wrote down.
///
/// Signals go through a descriptor of the process (`pidfd_open(2)`), so that none can hit a stranger who got the number
/// since.
package final class RunningProcess {
    package let processID: Int32
    private let descriptor: Int32

    /// Finds the process that holds the lock of a file.
    ///
    /// - Returns: Nil when nobody holds it.
    /// - Throws: ``DaemonFailure`` when somebody does who cannot be told, or when that cannot be found out.
    package static func holding(_ path: String) throws(DaemonFailure) -> RunningProcess? {
        // The holder may end, and another begin, between the looks.
        for _ in 0..<10 {
            switch PidFile.standing(of: path) {
            case .absent, .abandoned: return nil
            case .unreadable(let failure):
                throw DaemonFailure(
                    ExitStatus(ofFile: failure.code, otherwise: .damaged),
                    "The file \(path) cannot be looked at: \(failure.reason).")
            case .held(nil): throw DaemonFailure(.tryAgain, "A process that is not known holds \(path).")
            case .held(let number?):
                let descriptor = clinux_open_process(Int32(clamping: number))
                if descriptor < 0 {
                    if errno == ESRCH { continue }
                    throw DaemonFailure(
                        .software, "The process \(number) cannot be watched: \(SystemReason.text(of: errno)).")
                }
                let found = RunningProcess(Int32(clamping: number), descriptor)
                // Its holder may write any number into the file, and root would send signals to whomever it likes.
                guard found.hasOpened(path) else {
                    throw DaemonFailure(
                        .noPermission, "Somebody holds \(path), but not the process \(number) that is named in it.")
                }
                if PidFile.standing(of: path) == .held(number) { return found }
            }
        }
        throw DaemonFailure(
            .tryAgain, "Somebody holds \(path), but the process it names is not there; is it in another container?")
    }

    private init(_ processID: Int32, _ descriptor: Int32) {
        self.processID = processID
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Whether the process has the file open; also true when that may not be seen, and then the kernel permits no signals to
    /// strangers either.
    private func hasOpened(_ path: String) -> Bool {
        var file = stat()
        guard stat(path, &file) == 0, let links = OpenFiles.links(of: processID) else { return geteuid() != 0 }
        for link in links {
            var opened = stat()
            guard stat(link, &opened) == 0 else { continue }
            if opened.st_ino == file.st_ino, opened.st_dev == file.st_dev { return true }
        }
        return false
    }

    /// Sends a signal; one to a process that has ended meanwhile does nothing.
    package func signal(_ number: Int32) throws(DaemonFailure) {
        guard clinux_signal_child(descriptor, number) != 0, errno != ESRCH else { return }
        throw DaemonFailure(
            .noPermission, "The process \(processID) cannot be told: \(SystemReason.text(of: errno)).")
    }

    /// Waits until the process is gone.
    ///
    /// - Returns: False when it is still there after `limit`.
    package func waitUntilGone(atMost limit: Duration) -> Bool {
        let time = SystemMonotonicTime()
        let end = time.now().advanced(by: limit)
        while true {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let rest = max(.zero, time.now().duration(to: end))
            let milliseconds =
                Int32(clamping: rest.components.seconds * 1000 + 1)
                &+ Int32(
                    rest.components.attoseconds / 1_000_000_000_000_000)
            let count = poll(&entry, 1, rest == .zero ? 0 : max(1, milliseconds))
            if count > 0 { return true }
            if count == 0, time.now() >= end { return false }
        }
    }
}
