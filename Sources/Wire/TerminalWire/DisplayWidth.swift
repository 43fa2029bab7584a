/// How many columns a character takes on a terminal: 0, 1 or 2.
///
/// A grapheme cluster is as wide as its first scalar that has a width; U+FE0F makes an emoji of what can be one,
/// which is wide, and U+FE0E takes no width away, because few terminals do. Combining marks, joiners and other
/// format characters have none, nor have the vowels and finals of conjoining Hangul, whose leading consonant is
/// wide already.
///
/// - Source: UAX #11 (wide and fullwidth ranges of EastAsianWidth 15.1; emoji come from the standard library's
///   Emoji_Presentation), UTS #51 for U+FE0F.
package enum DisplayWidth {
    /// The columns of a grapheme cluster.
    package static func columns(of character: Character) -> Int {
        var width = 0
        var base: Unicode.Scalar?
        for scalar in character.unicodeScalars {
            if scalar.value == 0xFE0F, base?.properties.isEmoji == true { return 2 }
            if width > 0 { continue }
            width = columns(of: scalar)
            if width > 0 { base = scalar }
        }
        return width
    }

    static func columns(of scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return 1 }
        if isWide(value) { return 2 }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format:
            return 0
        default:
            break
        }
        if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
        return properties.isEmojiPresentation ? 2 : 1
    }

    private static func isWide(_ value: UInt32) -> Bool {
        guard value >= 0x1100 else { return false }
        var low = 0
        var high = wide.count
        while low < high {
            let middle = (low + high) / 2
            if value > wide[middle].upperBound {
                low = middle + 1
            } else if value < wide[middle].lowerBound {
                high = middle
            } else {
                return true
            }
        }
        return false
    }

    // Ascending. The combining marks inside (U+302A–302D, 3099–309A) only occur inside clusters.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
        0xFFE0...0xFFE6, 0x16FE0...0x16FE3, 0x16FF0...0x16FF1, 0x17000...0x18CFF, 0x18D00...0x18D08,
        0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ]
}
