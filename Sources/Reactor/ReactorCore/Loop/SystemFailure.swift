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
    public var description: String { "\(call): \(Self.text(for: code))" }

    /// The system's words for an `errno` value (`strerror_r(3)`).
    private static func text(for code: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 128)
        guard unsafe strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
        let length = buffer.firstIndex(of: 0) ?? buffer.count
        return String(decoding: buffer[..<length].lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
