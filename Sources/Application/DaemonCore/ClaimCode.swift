import Glibc

/// The one-time code with which the first account becomes owner.
package enum ClaimCode {
    /// RFC 4648 base32: letters and digits that are hard to mistake for one another.
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    private static let octets = 10

    /// A fresh code with 80 random bits, as `XXXX-XXXX-XXXX-XXXX`.
    package static func make() throws(DaemonFailure) -> String {
        var bytes = [UInt8](repeating: 0, count: octets)
        guard getentropy(&bytes, bytes.count) == 0 else {
            throw DaemonFailure(.inputOutput, "The system gave no random bytes for the claim code.")
        }
        return write(bytes)
    }

    /// Writes ten octets as four groups of four characters, five bits each.
    static func write(_ bytes: [UInt8]) -> String {
        var characters: [Character] = []
        var pending: UInt32 = 0
        var bits: UInt32 = 0
        for byte in bytes {
            pending = (pending << 8 | UInt32(byte)) & 0xFFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                if !characters.isEmpty, characters.count % 5 == 4 { characters.append("-") }
                characters.append(alphabet[Int(pending >> bits & 31)])
            }
        }
        return String(characters)
    }
}
