import Basics

/// The third message of a SCRAM exchange, from the client: the proof that it knows the password.
///
/// ```text
///   c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=
///   └───────────────────────── signed ────────────────────────┘
/// ```
///
/// - Limits: ``SASLLimits/channelBinding``, ``SASLLimits/proof``, twice ``SASLLimits/nonce``.
/// - Source: RFC 5802 sections 5 and 7.
package struct SCRAMClientFinal: Hashable, Sendable {
    /// The header of the first message again, followed by the channel's data if it is bound.
    package let channelBinding: [UInt8]
    /// Both halves of the nonce.
    package let nonce: String
    package let proof: [UInt8]
    /// All before the proof as it was written, which is what both sides sign.
    package let withoutProof: [UInt8]

    /// The signed part of the message, from which its proof is made.
    package static func withoutProof(channelBinding: [UInt8], nonce: String) -> [UInt8] {
        Array("c=\(Base64.text(channelBinding)),r=\(nonce)".utf8)
    }

    /// - Throws: ``SASLFailure`` when a part cannot be written.
    package init(channelBinding: [UInt8], nonce: String, proof: [UInt8]) throws(SASLFailure) {
        if channelBinding.count > SASLLimits.channelBinding {
            throw .tooLong("channel binding", limit: SASLLimits.channelBinding)
        }
        if proof.count > SASLLimits.proof { throw .tooLong("proof", limit: SASLLimits.proof) }
        if channelBinding.isEmpty { throw .malformed("channel binding") }
        if proof.isEmpty { throw .malformed("proof") }
        self.channelBinding = channelBinding
        self.nonce = try SCRAMAttributes.nonce(nonce.utf8, limit: 2 * SASLLimits.nonce)
        self.proof = proof
        withoutProof = Self.withoutProof(channelBinding: channelBinding, nonce: nonce)
    }

    /// Reads the message a server received; the proof must stand last.
    package init(parsing octets: [UInt8]) throws(SASLFailure) {
        var attributes = try SCRAMAttributes(octets)
        try attributes.refuseDemands()
        channelBinding = try attributes.takeBase64("c", "channel binding", limit: SASLLimits.channelBinding)
        nonce = try attributes.takeNonce(limit: 2 * SASLLimits.nonce)
        try attributes.skipExtensions(until: "p")
        let written = try attributes.take("p", "proof")
        guard attributes.isAtEnd, let proof = Base64.decode(written) else { throw .malformed("proof") }
        if proof.count > SASLLimits.proof { throw .tooLong("proof", limit: SASLLimits.proof) }
        self.proof = proof
        withoutProof = Array(octets.dropLast(written.count + ",p=".utf8.count))
    }

    /// The octets on the wire.
    package var encoded: [UInt8] { withoutProof + Array(",p=\(Base64.text(proof))".utf8) }
}
