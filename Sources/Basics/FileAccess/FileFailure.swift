import Glibc

/// Why a file could not be read or made, in the system's words.
package struct FileFailure: Error, Equatable {
    /// The system's number for it (`errno(3)`).
    package let code: Int32
    package let reason: String

    package init(code: Int32) {
        self.init(code: code, reason: SystemReason.text(of: code))
    }

    private init(code: Int32, reason: String) {
        self.code = code
        self.reason = reason
    }

    /// What stands there is a pipe, a device or a socket.
    package static let noRegularFile = FileFailure(code: EINVAL, reason: "this is no regular file")

    /// A file of more than so many octets.
    package static func tooLong(_ limit: Int) -> FileFailure {
        FileFailure(code: EFBIG, reason: "longer than \(limit) octets")
    }
}
