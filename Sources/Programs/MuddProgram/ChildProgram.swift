import Glibc
import ReactorCore

/// A program that was started, and is waited for without a reactor.
struct ChildProgram {
    /// Where its standard output goes.
    enum Output {
        /// Where this program's goes.
        case inherited
        case nowhere
        case descriptor(Int32)
    }

    private let process: pid_t

    /// Starts a program, with the variables of this one.
    ///
    /// - Parameters:
    ///   - path: Where it is; a name without a slash is looked for in `PATH`.
    ///   - words: The name it is called by, and its arguments.
    ///   - output: Where its standard output goes.
    /// - Throws: `SystemFailure`: why it does not run.
    init(_ path: String, words: [String], output: Output = .inherited) throws(SystemFailure) {
        fflush(nil)
        // Ignored, as some parents leave it, it would take the status away.
        signal(SIGCHLD, SIG_DFL)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        switch output {
        case .inherited: break
        case .nowhere: posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, STDOUT_FILENO)
        }
        var started: pid_t = 0
        let code = Self.withArguments(words) { posix_spawnp(&started, path, &actions, nil, $0, environ) }
        guard code == 0 else { throw SystemFailure(code: code, call: "posix_spawnp") }
        process = started
    }

    /// Waits until it ends.
    ///
    /// - Returns: Its status (`waitpid(2)`); 0 only when it is known to have ended well.
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { return 1 << 8 }
        }
        return status
    }

    /// Becomes another program, with the variables of this one.
    ///
    /// - Throws: `SystemFailure`: why not.
    static func become(_ path: String, words: [String]) throws(SystemFailure) -> Never {
        _ = withArguments(words) { execv(path, $0) }
        throw SystemFailure(code: errno, call: "execv")
    }

    /// Calls `body` with words as C takes them.
    private static func withArguments(
        _ words: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Int32
    ) -> Int32 {
        let pointers = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers)
    }
}
