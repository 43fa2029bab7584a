/// Which characters may never reach a terminal, a page or a channel as text, whoever wrote them.
package enum TextSafety {
    /// C0, DEL and C1: they move the cursor, set titles, paste, answer back.
    package static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }

    /// Embeddings, overrides and isolates, with which a text can show itself in another order than it is.
    package static func isDirectionOverride(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    /// TAB and the separators of lines and paragraphs, which become one space where a line must stay a line.
    package static func isSpaceLike(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value == 0x09 || scalar.value == 0x2028 || scalar.value == 0x2029
    }

    /// Code points that are no characters and never will be, and those that carry text nobody sees.
    ///
    /// The invisible ones are the tags (U+E0000 to U+E007F) and the byte order mark.
    package static func isNoncharacter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value)
            || (0xE0000...0xE007F).contains(scalar.value) || scalar.value == 0xFEFF
    }
}
