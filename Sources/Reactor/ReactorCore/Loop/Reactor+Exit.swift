import CLinux
import Glibc

extension Reactor {
    /// Ends the process with a status that ``react(cancellingOn:reactor:_:)`` has returned.
    ///
    /// One that stands for a signal ends it by that signal, so that the parent sees the true reason (`WIFSIGNALED`): a shell
    /// then stops the loop or script in which the program ran. What is buffered for standard output is written first.
    /// A status of the program's own above 128, such as that of a child, is understood in the same way, but for signals
    /// that only stop a process.
    public static func exit(_ status: Int32) -> Never {
        let signal = status - 128
        if (1...64).contains(signal), ![SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU].contains(signal) {
            fflush(nil)
            _ = clinux_end_by_signal(signal)
        }
        Glibc.exit(status)
    }
}
