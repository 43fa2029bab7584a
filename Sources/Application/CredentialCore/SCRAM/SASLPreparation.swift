/// Brings names and passwords into the form in which SCRAM hashes them: SASLprep, as far as it needs no tables.
///
/// | Step of RFC 4013 | Done |
/// | --- | --- |
/// | 2.1 mapping | yes: odd spaces become a space, what is "commonly mapped to nothing" goes |
/// | 2.2 normalization | no: NFKC needs tables that the standard library keeps to itself |
/// | 2.3 prohibited output | yes, but for the tags and the deprecated format characters beyond Unicode's category Cf |
/// | 2.4 bidirectional text | no |
/// | 2.5 unassigned code points | no: they are left as they are |
///
/// ASCII comes out as RFC 4013 wants it. So does text that is in the form NFKC already, which is what keyboards
/// give; only who types a letter and its accent as two code points in one program, and as one in another, is told
/// that the password is wrong.
///
/// - Source: RFC 4013, RFC 3454 appendices B and C.
package enum SASLPreparation {
    /// The prepared text, or nil when it holds what is prohibited, or when nothing remains of it.
    ///
    /// - Complexity: O(*n*).
    package static func prepare(_ text: String) -> String? {
        var prepared = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if isMappedToNothing(scalar) { continue }
            if scalar.properties.generalCategory == .spaceSeparator {
                prepared.append(" ")
            } else if isProhibited(scalar) {
                return nil
            } else {
                prepared.append(scalar)
            }
        }
        return prepared.isEmpty ? nil : String(prepared)
    }

    /// RFC 3454 table B.1.
    private static func isMappedToNothing(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00AD, 0x034F, 0x1806, 0x180B...0x180D, 0x200B...0x200D, 0x2060, 0xFE00...0xFE0F, 0xFEFF: true
        default: false
        }
    }

    /// RFC 3454 tables C.2.1, C.2.2, C.3, C.4, C.6, C.7, C.8 and C.9; surrogates are no scalars.
    private static func isProhibited(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .privateUse, .format, .lineSeparator, .paragraphSeparator: return true
        default: break
        }
        switch scalar.value {
        case 0x0340, 0x0341, 0x2FF0...0x2FFB, 0xFFF9...0xFFFD: return true
        default: return scalar.properties.isNoncharacterCodePoint
        }
    }
}
