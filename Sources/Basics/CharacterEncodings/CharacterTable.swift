import CLinux
import Synchronization

/// What the octets of one encoding mean, and back; code points of 16 bits, which all the encodings here keep to.
///
/// - Limits: 129 KiB for an encoding of single octets, 257 KiB for one of pairs; one of each at most, kept for good.
package final class CharacterTable: Sendable {
    package let encoding: CharacterEncoding
    /// By octet: the code point, 0 for none, or ``beginsPair``.
    let singles: [UInt16]
    /// By two octets as a number: the code point, or 0 for none; empty for an encoding of single octets.
    let pairs: [UInt16]
    /// By code point: one octet or two as a number, or 0 for none.
    let octets: [UInt16]
    /// Letters that may come with a mark of their own, for encodings of single octets.
    let composed: [Character: UInt16]

    static let beginsPair: UInt16 = 0xFFFF

    private static let loaded = Mutex<[CharacterEncoding: CharacterTable]>([:])

    /// The table of an encoding; reads a file of the system's the first time.
    ///
    /// - Returns: Nil when this system does not have the encoding.
    package static func load(_ encoding: CharacterEncoding) -> CharacterTable? {
        loaded.withLock { loaded in
            if let known = loaded[encoding] { return known }
            let made = CharacterTable(encoding)
            loaded[encoding] = made
            return made
        }
    }

    private init?(_ encoding: CharacterEncoding) {
        var singles = [UInt16](repeating: 0, count: 256)
        var pairs = [UInt16](repeating: 0, count: 65_536)
        guard unsafe clinux_read_character_set(encoding.systemName, &singles, &pairs) == 0 else { return nil }
        var octets = [UInt16](repeating: 0, count: 65_536)
        var composed: [Character: UInt16] = [:]
        for (number, point) in pairs.enumerated() where point != 0 {
            // The first of several spellings is the usual one.
            if octets[Int(point)] == 0 { octets[Int(point)] = UInt16(number) }
        }
        let hasPairs = singles.contains(Self.beginsPair)
        for (octet, point) in singles.enumerated() where point != 0 && point != Self.beginsPair {
            octets[Int(point)] = UInt16(octet)
            if !hasPairs, octet >= 0x80, let scalar = Unicode.Scalar(point) {
                composed[Character(scalar)] = UInt16(octet)
            }
        }
        self.encoding = encoding
        self.singles = singles
        self.pairs = hasPairs ? pairs : []
        self.octets = octets
        self.composed = composed
    }
}
