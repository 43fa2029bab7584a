/// The first message of a SCRAM exchange, from the client.
///
/// ```text
///   n,,n=user,r=rOprNGfwEbeRWgbNEkqO
///   └┬┘└───────────┬───────────────┘
///  header         bare
/// ```
///
/// - Limits: ``SASLLimits/name``, ``SASLLimits/nonce``.
/// - Source: RFC 5802 sections 5 and 7.
package struct SCRAMClientFirst: Hashable, Sendable {
    package let header: SCRAMHeader
    /// Who the client says it is, unescaped; not prepared (RFC 4013).
    package let name: String
    /// The client's half of the nonce.
    package let nonce: String
    /// What follows the header as it was written, which is what both sides sign.
    package let bare: [UInt8]

    /// - Throws: ``SASLFailure`` when a part cannot be written.
    package init(header: SCRAMHeader, name: String, nonce: String) throws(SASLFailure) {
        try SASLText.check(name, "name", limit: SASLLimits.name)
        self.header = header
        self.name = name
        self.nonce = try SCRAMAttributes.nonce(nonce.utf8, limit: SASLLimits.nonce)
        bare = Array("n=\(SCRAMName.escaped(name)),r=\(nonce)".utf8)
    }

    /// Reads the message a server received.
    ///
    /// - Throws: ``SASLFailure``; ``SASLFailure/extensionDemanded`` for `m=`.
    package init(parsing octets: [UInt8]) throws(SASLFailure) {
        if octets.count > SASLLimits.message { throw .tooLong("message", limit: SASLLimits.message) }
        let parts = octets.split(separator: UInt8(ascii: ","), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .malformed("header") }
        header = try SCRAMHeader(flag: parts[0], identity: parts[1])
        bare = Array(parts[2])
        var attributes = try SCRAMAttributes(bare)
        try attributes.refuseDemands()
        name = try SCRAMName.unescaped(try attributes.take("n", "name"))
        nonce = try attributes.takeNonce(limit: SASLLimits.nonce)
        try attributes.skipExtensions()
    }

    /// The octets on the wire.
    package var encoded: [UInt8] { header.encoded + bare }
}
