import SSHKeys

/// That an attempt has not let the client in.
///
/// ```text
///   51 │ name-list methods that can continue │ boolean partial success
/// ```
///
/// - Source: RFC 4252 section 5.1.
struct SSHLoginRefusal: Hashable, Sendable {
    /// Names of methods; a server's need not be among those that are spoken here.
    var methods: [String]
    /// Whether the attempt was right and more is wanted.
    var isPartialSuccess: Bool

    init(methods: [String], isPartialSuccess: Bool) {
        self.methods = methods
        self.isPartialSuccess = isPartialSuccess
    }

    /// Reads it behind its number.
    init(_ reader: inout SSHReader) throws(SSHDataFailure) {
        methods = try reader.names(limit: SSHLoginLimits.text)
        isPartialSuccess = try reader.boolean()
        try reader.finish()
    }

    var encoded: [UInt8] {
        var writer = SSHWriter(message: SSHMessageNumber.loginFailure)
        writer.names(methods)
        writer.boolean(isPartialSuccess)
        return writer.octets
    }
}
