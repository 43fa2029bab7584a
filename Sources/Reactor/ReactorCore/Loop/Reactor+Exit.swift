import CLinux
import Glibc

extension Reactor {
    /// Ends the process with a status that ``react(cancellingOn:reactor:_:)`` has returned.
    ///
    /// One that stands for a signal ends it by that signal, so that the parent sees the true reason (`WIFSIGNALED`): a shell
    /// then stops the loop or script in which the program ran. What is buffered for standard output is written first.
    public static func exit(_ status: Int32) -> Never {
        if (129...192).contains(status) {
            fflush(nil)
            _ = clinux_end_by_signal(status - 128)
        }
        Glibc.exit(status)
    }
}
