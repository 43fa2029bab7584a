package import Basics
import TerminalWire

/// Reads the formatting codes of IRC as styled text.
///
/// ```text
///   0x02 bold · 0x1D italics · 0x1F underlined · 0x16 reversed     emphasis while any of them is on
///   0x11 monospace · 0x1E struck through                           read and dropped
///   0x03 [N[N][,N[N]]] colour · 0x04 [RRGGBB[,RRGGBB]] the same    read and dropped
///   0x0F                                                           plain again
/// ```
///
/// Colours are dropped because colours of the game mean something: nobody is to write a wound that is none. Other
/// control characters, line ends and bidirectional overrides are dropped too.
///
/// - Complexity: O(*n*) in the text.
/// - Source: modern.ircdocs.horse/formatting.
/// - SeeAlso: ``IRCRenderer``, which writes them; `MarkupWireTests/IRCFormatReaderTests`.
package enum IRCFormatReader {
    /// The text with emphasis where the writer wanted some.
    package static func read(_ text: String) -> StyledText {
        var result = StyledText()
        var emphasis: Set<Unicode.Scalar> = []
        var run = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        func endRun() {
            result.append(String(run), emphasis.isEmpty ? .plain : .emphasis)
            run = String.UnicodeScalarView()
        }
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\u{2}", "\u{1D}", "\u{1F}", "\u{16}":
                endRun()
                if emphasis.remove(scalar) == nil { emphasis.insert(scalar) }
            case "\u{F}":
                endRun()
                emphasis = []
            case "\u{3}": dropColour(&rest, digits: 1...2, isDigit)
            case "\u{4}": dropColour(&rest, digits: 6...6, isHexadecimal)
            default:
                if TextSafety.isSpaceLike(scalar) {
                    run.append(" ")
                } else if !TextSafety.isControl(scalar), !TextSafety.isDirectionOverride(scalar) {
                    run.append(scalar)
                }
            }
        }
        endRun()
        return result
    }

    /// Drops a colour and, after a comma, the one of the background.
    private static func dropColour(
        _ text: inout Substring.UnicodeScalarView, digits: ClosedRange<Int>, _ isDigit: (Unicode.Scalar) -> Bool
    ) {
        let first = text.prefix(digits.upperBound).prefix(while: isDigit).count
        guard digits.contains(first) else { return }
        text = text.dropFirst(first)
        guard text.first == "," else { return }
        let second = text.dropFirst().prefix(digits.upperBound).prefix(while: isDigit).count
        if digits.contains(second) { text = text.dropFirst(second + 1) }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func isHexadecimal(_ scalar: Unicode.Scalar) -> Bool {
        isDigit(scalar) || ("a"..."f").contains(scalar) || ("A"..."F").contains(scalar)
    }
}
