import FileAccess
import Glibc

/// A system call that failed, with its `errno`.
public struct SystemFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The value of `errno` after the call.
    public var code: Int32

    /// The name of the call that failed, such as `bind`.
    public var call: String

    /// Makes a failure of `call` with an explicit `errno` value.
    public init(code: Int32, call: String) {
        self.code = code
        self.call = call
    }

    /// Makes a failure of `call` from the thread's current `errno`.
    package init(call: String) {
        self.init(code: errno, call: call)
    }

    /// The call and the system's words for the error, as in `bind: Address already in use`.
    public var description: String { "\(call): \(SystemReason.text(of: code))" }
}
