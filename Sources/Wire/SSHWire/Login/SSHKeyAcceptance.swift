import SSHKeys

/// That a key would do, if the client can sign with it.
///
/// ```text
///   60 │ string algorithm │ string key
/// ```
///
/// - Source: RFC 4252 section 7.
struct SSHKeyAcceptance: Hashable, Sendable {
    var algorithm: String
    var key: [UInt8]

    init(algorithm: String, key: [UInt8]) {
        self.algorithm = algorithm
        self.key = key
    }

    /// Reads it behind its number.
    init(_ reader: inout SSHReader) throws(SSHDataFailure) {
        algorithm = try reader.text(limit: SSHLoginLimits.name)
        key = Array(try reader.string(limit: SSHLoginLimits.key))
        try reader.finish()
    }

    var encoded: [UInt8] {
        var writer = SSHWriter(message: SSHMessageNumber.loginMethodRequest)
        writer.string(algorithm)
        writer.string(key)
        return writer.octets
    }
}
