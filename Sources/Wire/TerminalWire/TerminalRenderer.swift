package import Basics
import MUDWire

/// Turns styled text into the octets one kind of terminal shows.
///
/// ```text
///   "\n"                     CR LF: the only place that decides about line ends; telnet passes it unchanged
///   a run with a style       ESC [ … m  text  ESC [ 0 m      where the profile has colour; else commands are quoted
///   longer than the width    CR LF in place of the spaces before the word that does not fit
///   for a screen reader      no width, commands quoted, and one column without drawings and empty lines
/// ```
///
/// Continued lines keep the indentation of their line, and stand under the text of a list item, not under its
/// marker. Words longer than a line are cut between grapheme clusters. No line ends in spaces, but what follows the
/// last line end, such as a prompt, keeps its own. Control characters and bidirectional overrides in the text are
/// dropped, whatever put them there; TAB becomes a space. Doubling IAC is telnet's work.
///
/// - Isolation: none; a value type. Equal profiles give equal octets, so one rendering serves all that share one.
/// - Complexity: linear in the text; no allocation for ASCII beyond the growth of the output.
/// - SeeAlso: `TerminalWireTests/TerminalRendererTests`.
package struct TerminalRenderer: Hashable, Sendable {
    package let profile: TerminalProfile

    package init(_ profile: TerminalProfile) {
        self.profile = profile
    }

    /// Appends the text; each call starts at the left edge.
    package func render(_ text: StyledText, into output: inout [UInt8]) {
        var writer = TerminalLineWriter(profile: profile)
        var links = TerminalLinks()
        let first = output.count
        swap(&writer.output, &output)
        let isPlain = profile.colour == .none || profile.palette.theme == .plain
        // Nobody hears a colour either.
        let isQuoting = (isPlain || profile.screenReader) && !profile.hasLinks
        let quoted = isQuoting ? text.quotingCommands : text
        for run in (profile.screenReader ? quoted.spoken : quoted).runs {
            writer.style = StylePalette.start(run.style, profile.colour, profile.palette)
            guard profile.hasLinks, run.style == .command, let element = MXP.openLink(offering: run.text) else {
                writer.append(run.text)
                writer.endStyle()
                continue
            }
            writer.styleEnd = (writer.style.isEmpty ? [] : StylePalette.reset) + [TerminalLinks.end]
            writer.style.insert(TerminalLinks.start, at: 0)
            writer.append(run.text)
            if writer.isStyled { links.append(element) }
            writer.endStyle()
            writer.styleEnd = StylePalette.reset
        }
        writer.finish()
        links.apply(to: &writer.output, from: first)
        swap(&writer.output, &output)
    }

    /// The octets of the text.
    package func render(_ text: StyledText) -> [UInt8] {
        var output: [UInt8] = []
        render(text, into: &output)
        return output
    }
}
