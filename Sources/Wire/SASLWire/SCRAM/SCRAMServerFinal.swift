import Basics

/// The last message of a SCRAM exchange, from the server: the proof that it knows the password too, or a refusal.
///
/// ```text
///   v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=
///   e=invalid-proof
/// ```
///
/// - Limits: ``SASLLimits/proof``.
/// - Source: RFC 5802 sections 5 and 7.
package enum SCRAMServerFinal: Hashable, Sendable {
    /// The server's signature.
    case verifier([UInt8])
    case refusal(SCRAMRefusal)

    /// Reads the message a client received.
    package init(parsing octets: [UInt8]) throws(SASLFailure) {
        var attributes = try SCRAMAttributes(octets)
        try attributes.refuseDemands()
        if attributes.nextLetter == UInt8(ascii: "e") {
            self = .refusal(SCRAMRefusal(word: String(decoding: try attributes.take("e", "error"), as: UTF8.self)))
        } else {
            self = .verifier(try attributes.takeBase64("v", "verifier", limit: SASLLimits.proof))
        }
        try attributes.skipExtensions()
    }

    /// The octets on the wire.
    package var encoded: [UInt8] {
        switch self {
        case .verifier(let signature): Array("v=\(Base64.text(signature))".utf8)
        case .refusal(let refusal): Array("e=\(refusal.word)".utf8)
        }
    }
}

/// The word with which a SCRAM server refuses; more than those of the standard may come.
///
/// - Source: RFC 5802 section 7 (`server-error-value`).
package struct SCRAMRefusal: Hashable, Sendable, CustomStringConvertible {
    package let word: String

    /// A word of the peer's; only its letters, digits and hyphens are kept, the first 64 of them.
    package init(word: String) {
        let octets = word.utf8.filter { octet in
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        self.word = String(decoding: octets.prefix(64), as: UTF8.self)
    }

    package static let invalidEncoding = SCRAMRefusal(word: "invalid-encoding")
    package static let extensionsNotSupported = SCRAMRefusal(word: "extensions-not-supported")
    /// The password is wrong, or there is no such user: which of them is not said.
    package static let invalidProof = SCRAMRefusal(word: "invalid-proof")
    package static let channelBindingsDoNotMatch = SCRAMRefusal(word: "channel-bindings-dont-match")
    /// The client believes that the server cannot bind channels; somebody in between has made it believe so.
    package static let serverDoesSupportChannelBinding = SCRAMRefusal(word: "server-does-support-channel-binding")
    package static let channelBindingNotSupported = SCRAMRefusal(word: "channel-binding-not-supported")
    package static let unsupportedChannelBindingType = SCRAMRefusal(word: "unsupported-channel-binding-type")
    package static let otherError = SCRAMRefusal(word: "other-error")

    package var description: String { word }
}
