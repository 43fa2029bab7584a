import Glibc

/// Puts the system's numbers for failures into words.
package enum SystemReason {
    /// The words for a value of `errno`, as in “Permission denied” (`strerror_r(3)`).
    package static func text(of code: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 128)
        guard unsafe strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
