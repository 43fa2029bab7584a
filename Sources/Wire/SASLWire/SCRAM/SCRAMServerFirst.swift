import Basics

/// The second message of a SCRAM exchange, from the server: how to salt the password.
///
/// ```text
///   r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096
/// ```
///
/// - Limits: ``SASLLimits/salt``, twice ``SASLLimits/nonce``.
/// - Source: RFC 5802 sections 5 and 7.
package struct SCRAMServerFirst: Hashable, Sendable {
    /// Both halves of the nonce.
    package let nonce: String
    package let salt: [UInt8]
    /// How often the password is hashed; 1 to 4294967295.
    ///
    /// What is reasonable is for the client to judge.
    package let iterations: UInt32
    /// The message as it was written, which is what both sides sign.
    package let encoded: [UInt8]

    /// - Throws: ``SASLFailure`` when a part cannot be written.
    package init(nonce: String, salt: [UInt8], iterations: UInt32) throws(SASLFailure) {
        self.nonce = try SCRAMAttributes.nonce(nonce.utf8, limit: 2 * SASLLimits.nonce)
        if salt.count > SASLLimits.salt { throw .tooLong("salt", limit: SASLLimits.salt) }
        if salt.isEmpty { throw .malformed("salt") }
        if iterations == 0 { throw .malformed("iteration count") }
        self.salt = salt
        self.iterations = iterations
        encoded = Array("r=\(nonce),s=\(Base64.text(salt)),i=\(iterations)".utf8)
    }

    /// Reads the message a client received.
    ///
    /// - Throws: ``SASLFailure``; ``SASLFailure/extensionDemanded`` for `m=`.
    package init(parsing octets: [UInt8]) throws(SASLFailure) {
        var attributes = try SCRAMAttributes(octets)
        try attributes.refuseDemands()
        nonce = try attributes.takeNonce(limit: 2 * SASLLimits.nonce)
        salt = try attributes.takeBase64("s", "salt", limit: SASLLimits.salt)
        let digits = try attributes.take("i", "iteration count")
        guard digits.first != UInt8(ascii: "0"), digits.allSatisfy({ 0x30...0x39 ~= $0 }), digits.count <= 10,
            let count = UInt32(String(decoding: digits, as: UTF8.self))
        else { throw .malformed("iteration count") }
        iterations = count
        try attributes.skipExtensions()
        encoded = octets
    }
}
