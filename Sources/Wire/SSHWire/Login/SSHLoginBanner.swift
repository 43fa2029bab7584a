import SSHKeys

/// A text for who is about to be let in.
///
/// ```text
///   53 │ string text │ string language
/// ```
///
/// - Source: RFC 4252 section 5.4.
struct SSHLoginBanner: Hashable, Sendable {
    /// Lines that end with CR LF.
    var text: String

    init(_ text: String) { self.text = text }

    /// Reads it behind its number; what is no UTF-8 is repaired, because it is only shown.
    init(_ reader: inout SSHReader) throws(SSHDataFailure) {
        text = String(decoding: try reader.string(limit: SSHLoginLimits.text), as: UTF8.self)
        _ = try reader.string(limit: SSHLoginLimits.name)
        try reader.finish()
    }

    var encoded: [UInt8] {
        var writer = SSHWriter(message: SSHMessageNumber.loginBanner)
        writer.string(text)
        writer.string("")
        return writer.octets
    }
}
