extension World {
    /// In octets.
    package static let longestSoundName = 100

    /// Whether a text can name a file with a sound: small and capital letters, digits, `-`, `_` and `.`, with folders before it,
    /// none of which leads out of the folder of sounds.
    package static func isSoundName(_ name: String) -> Bool {
        guard (1...longestSoundName).contains(name.utf8.count) else { return false }
        return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            part.utf8.first.map { $0 != UInt8(ascii: ".") } == true && part.utf8.allSatisfy(isInSoundName)
        }
    }

    private static func isInSoundName(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
        default: false
        }
    }
}
