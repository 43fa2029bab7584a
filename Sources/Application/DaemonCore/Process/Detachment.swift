import CLinux
import FileAccess
import Glibc

/// A process in the background, and the one in the foreground that waits until it is ready.
///
/// ```text
///   launcher ── fork ── (setsid, fork, ends) ── daemon
///      │                                          │ starts; complains where the launcher would
///      │ ◄──────── ready ──────────────────────── │
///   exits 0                                       │ 0, 1 and 2 become /dev/null
/// ```
///
/// The daemon leads no session, so that no terminal can become its own. It stays in the folder where it was started, because
/// relative paths count from there.
package final class Detachment {
    /// The process that the operator, or a supervisor, has started.
    package let launcher: Int32

    private let channel: Int32
    private let nothing: Int32

    private init(launcher: Int32, channel: Int32, nothing: Int32) {
        self.launcher = launcher
        self.channel = channel
        self.nothing = nothing
    }

    /// Makes a daemon of this process; returns in the daemon only.
    ///
    /// The launcher ends with 0 when the daemon is ready, and with the daemon's own status when it ends before; signals that ask
    /// to end are passed on to the daemon. A supervisor that `NOTIFY_SOCKET` names is told which process to look after from
    /// now on. It must come before any thread and any reactor.
    ///
    /// - Throws: ``DaemonFailure`` when the system refuses, or there are threads already.
    package static func begin(environment: [String: String]) throws(DaemonFailure) -> Detachment {
        let launcher = getpid()
        // Opened now, because a new root folder may have no such file.
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        guard nothing >= 0 else { throw failure("/dev/null cannot be opened") }
        var channel: Int32 = -1
        let daemon = clinux_detach(&channel)
        guard daemon >= 0 else { throw failure("No daemon can be made") }
        if daemon == 0 { return Detachment(launcher: launcher, channel: channel, nothing: nothing) }
        SupervisorNotifier(environment: environment)?.tell(.mainProcess(daemon))
        let status = clinux_await_daemon(daemon, channel)
        switch status {
        case -1: exit(0)
        case 0:
            complain("The server was stopped before it was ready.")
            exit(ExitStatus.tryAgain.rawValue)
        case 256...:
            complain("The server was killed by signal \(status - 256) before it was ready.")
            exit(128 + status - 256)
        default: exit(status)
        }
    }

    /// Lets go of the terminal, and tells the launcher that the daemon is ready.
    package func finish() {
        fflush(nil)
        for descriptor in STDIN_FILENO...STDERR_FILENO where descriptor != nothing { dup2(nothing, descriptor) }
        if nothing > STDERR_FILENO { close(nothing) }
        var word: UInt8 = 1
        _ = send(channel, &word, 1, Int32(MSG_NOSIGNAL))
        close(channel)
    }

    private static func failure(_ sentence: String) -> DaemonFailure {
        let code = errno
        // What the shim says when there are threads, in words that help.
        let reason = code == EDEADLK ? "there are other threads already" : SystemReason.text(of: code)
        return DaemonFailure(.software, "\(sentence): \(reason).")
    }
}
