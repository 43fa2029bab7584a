package import Basics
import TerminalWire

/// Turns styled text into the lines of IRC messages.
///
/// ```text
///   0x02 bold · 0x1D italics · 0x03 NN colour, always two digits · 0x0F back to plain
///   a line           one message; empty lines, which IRC has not, are left out
///   a longer one     several messages, cut at the last space, else between characters
/// ```
///
/// A style is begun anew in each message and ended before its last octet. Control characters and bidirectional
/// overrides in the text are dropped, so that only the renderer formats, and nobody ends a message by a line end.
///
/// - Isolation: none; a value type.
/// - Complexity: O(*n*) in the text.
/// - Source: modern.ircdocs.horse/formatting; RFC 2812 §2.3 for the length of a message.
/// - SeeAlso: `MarkupWireTests/IRCRendererTests`.
package struct IRCRenderer: Hashable, Sendable {
    /// Octets of a message's text at most: 512 less the line end, the sender's mask and the target.
    package static let longestLine = 400
    /// Octets that make room for a character with its marks and the codes around it, at least.
    package static let shortestLine = 40

    /// Whether colours and weights are shown.
    package var isFormatted: Bool
    /// Octets of a message at most.
    package let limit: Int

    package init(isFormatted: Bool = true, limit: Int = Self.longestLine) {
        self.isFormatted = isFormatted
        self.limit = max(limit, Self.shortestLine)
    }

    /// The messages, each without its line end, none empty and none longer than ``limit``.
    package func render(_ text: StyledText) -> [String] {
        var lines: [String] = []
        for line in (isFormatted ? text : text.quotingCommands).lines {
            var writer = IRCTextWrapper(limit: limit, isFormatted: isFormatted)
            for run in line.runs { writer.append(run) }
            lines += writer.finish()
        }
        return lines
    }

    /// What begins a style; the two digits keep the text after it from being read as part of the number.
    ///
    /// Of the sixteen colours only those that most clients show at 3 : 1 or more on black as well as on white.
    static func start(_ style: TextStyle) -> String {
        switch style {
        case .plain: ""
        case .title, .emphasis, .command: "\u{2}"
        case .exit: "\u{3}10"
        case .thing: "\u{3}03"
        case .person: "\u{3}13"
        case .warning: "\u{2}\u{3}04"
        case .faint: "\u{3}14"
        case .damage: "\u{3}04"
        case .healing: "\u{2}\u{3}03"
        case .channel: "\u{2}\u{3}10"
        case .tell: "\u{2}\u{3}13"
        case .speech, .quote: "\u{1D}"
        }
    }
}
