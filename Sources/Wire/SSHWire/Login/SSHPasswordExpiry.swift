import SSHKeys

/// That a password is right and has to be changed.
///
/// ```text
///   60 │ string prompt │ string language
/// ```
///
/// - Source: RFC 4252 section 8.
struct SSHPasswordExpiry: Hashable, Sendable {
    var prompt: String

    init(prompt: String) { self.prompt = prompt }

    /// Reads it behind its number; what is no UTF-8 is repaired, because it is only shown.
    init(_ reader: inout SSHReader) throws(SSHDataFailure) {
        prompt = String(decoding: try reader.string(limit: SSHLoginLimits.text), as: UTF8.self)
        _ = try reader.string(limit: SSHLoginLimits.name)
        try reader.finish()
    }

    var encoded: [UInt8] {
        var writer = SSHWriter(message: SSHMessageNumber.loginMethodRequest)
        writer.string(prompt)
        writer.string("")
        return writer.octets
    }
}
