/// The name of a SASL mechanism, as `SCRAM-SHA-256`.
///
/// ```text
///   1 to 20 of  A-Z 0-9 - _
/// ```
///
/// - Source: RFC 4422 section 3.1.
package struct SASLMechanism: Hashable, Sendable, CustomStringConvertible {
    /// The name in capitals.
    package let name: String

    /// Reads a mechanism's name; small letters are taken for capitals, as protocols around SASL do.
    ///
    /// - Returns: Nil when it is no name of a mechanism; it need not be a known one.
    package init?(_ name: some StringProtocol) {
        guard (1...20).contains(name.utf8.count) else { return nil }
        let capitals = name.utf8.map { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 ? $0 - 0x20 : $0 }
        for character in capitals {
            switch character {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                continue
            default: return nil
            }
        }
        self.name = String(decoding: capitals, as: UTF8.self)
    }

    private init(known name: String) {
        self.name = name
    }

    /// Name and password in clear; only inside TLS (RFC 4616).
    package static let plain = SASLMechanism(known: "PLAIN")
    /// Name and password in clear, asked for one after the other; obsolete, for old mail programs.
    package static let login = SASLMechanism(known: "LOGIN")
    /// Whoever the channel has proven already, as by a client's certificate (RFC 4422 appendix A).
    package static let external = SASLMechanism(known: "EXTERNAL")
    /// Challenge and response over salted SHA-256 (RFC 7677).
    package static let scramSHA256 = SASLMechanism(known: "SCRAM-SHA-256")
    /// The same, bound to the TLS channel it runs in (RFC 7677, RFC 5802 section 6).
    package static let scramSHA256Plus = SASLMechanism(known: "SCRAM-SHA-256-PLUS")

    package var description: String { name }
}
