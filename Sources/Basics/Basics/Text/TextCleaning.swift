extension String {
    /// What somebody typed, without characters that nobody sees and without towers of marks on a letter.
    ///
    /// ```text
    ///   controls; default ignorables (U+00AD U+034F U+180E U+200B U+2060 U+FEFF …)        removed
    ///   TAB U+2028 U+2029                                                                one space
    ///   joiners (U+200C U+200D), direction marks (U+200E U+200F U+061C)                  one within a word,
    ///                                                                    after a character beyond Latin
    ///   variation selectors (U+FE0F …)                                                   one, directly after a character
    ///   nonspacing and enclosing marks                                   ``mostMarks`` after a character
    /// ```
    ///
    /// So emoji sequences and the scripts of India, Arabia and Tibet stay as they are, and what is left of a text
    /// that was nothing but invisible is empty.
    ///
    /// - Complexity: O(*n*); printable ASCII takes a fast path.
    /// - Source: Default_Ignorable_Code_Point and General_Category of the Unicode Character Database; UTS #51 for emoji.
    package var cleaned: String {
        if utf8.allSatisfy({ $0 &- 0x20 < 0x5F }) { return self }
        var cleaning = TextCleaning()
        for scalar in unicodeScalars { cleaning.take(scalar) }
        return String(cleaning.kept)
    }

    /// Nonspacing marks that one base character keeps.
    ///
    /// The Stream-Safe Text Format (UAX #15 §13) bounds them at 30, which still covers the lines above; pointed and
    /// accented Hebrew needs four, and no living orthography more.
    package static let mostMarks = 4
}

/// One run over the scalars of a text.
private struct TextCleaning {
    var kept = String.UnicodeScalarView()
    /// Marks since the last character; nil where none could stand, at the beginning and after a space.
    private var marks: Int?
    /// Whether the last scalar was a variation selector.
    private var isVaried = false
    /// A joiner or direction mark, kept only if the word goes on.
    private var pending: Unicode.Scalar?

    private static let firstBeyondLatin: Unicode.Scalar = "\u{250}"

    mutating func take(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x09, 0x2028, 0x2029: endWord(" ")
        case 0x200C...0x200F, 0x061C: hold(scalar)
        // Interlinear annotations, which nobody sees and which yet are not default ignorable.
        case 0xFFF9...0xFFFB: break
        default: takeOther(scalar)
        }
    }

    private mutating func takeOther(_ scalar: Unicode.Scalar) {
        let properties = scalar.properties
        if properties.isDefaultIgnorableCodePoint {
            if properties.isVariationSelector { vary(scalar) }
            return
        }
        switch properties.generalCategory {
        case .control: break
        case .spaceSeparator: endWord(scalar)
        case .nonspacingMark, .enclosingMark:
            guard let count = marks, count < String.mostMarks else { return }
            keep(scalar)
            marks = count + 1
        case .spacingMark: if marks != nil { keep(scalar) }
        default:
            keep(scalar)
            marks = 0
        }
    }

    private mutating func hold(_ scalar: Unicode.Scalar) {
        if marks != nil, pending == nil, let last = kept.last, last >= Self.firstBeyondLatin { pending = scalar }
    }

    private mutating func vary(_ scalar: Unicode.Scalar) {
        if marks == 0, pending == nil, !isVaried { kept.append(scalar) }
        isVaried = true
    }

    private mutating func endWord(_ space: Unicode.Scalar) {
        kept.append(space)
        marks = nil
        pending = nil
        isVaried = false
    }

    private mutating func keep(_ scalar: Unicode.Scalar) {
        if let pending { kept.append(pending) }
        pending = nil
        isVaried = false
        kept.append(scalar)
    }
}
