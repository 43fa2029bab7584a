import Basics
import DigestWire

/// Secrets made by the server for people to copy: small letters in groups, none of which looks like another.
///
/// ```text
///   kqzvm-rwpta-hgdns-xbyec        without i, l and o; 4.5 bits a letter
/// ```
///
/// They are so random that a plain SHA-256 is all the protection they need when stored: to try them all is out
/// of reach, and no word list helps.
///
/// - Isolation: none; safe on any thread.
enum ReadableSecret {
    private static let alphabet = Array("abcdefghjkmnpqrstuvwxyz".utf8)
    /// The longest text that is looked at, in octets.
    private static let longestTyped = 128

    /// A new secret.
    static func make(groups: Int, length: Int) throws(PasswordFailure) -> String {
        // Octets beyond the last whole multiple of the alphabet are thrown away, or the first letters were likelier.
        let usable = 256 / alphabet.count * alphabet.count
        var letters: [UInt8] = []
        while letters.count < groups * length {
            for octet in try Digest.randomOctets(2 * groups * length) where Int(octet) < usable {
                letters.append(alphabet[Int(octet) % alphabet.count])
            }
        }
        let parts = (0..<groups).map { group in
            String(decoding: letters[group * length..<(group + 1) * length], as: UTF8.self)
        }
        return parts.joined(separator: "-")
    }

    /// What is stored of a secret: its letters' SHA-256 in Base64; capitals, spaces and hyphens make no difference.
    static func digest(of typed: String) -> String {
        var letters: [UInt8] = []
        for octet in typed.utf8.prefix(longestTyped) {
            switch octet {
            case UInt8(ascii: " "), UInt8(ascii: "-"): continue
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): letters.append(octet + 0x20)
            default: letters.append(octet)
            }
        }
        return Base64.text(HashFunction.sha256.hash(letters))
    }
}
