package import Basics

/// Turns styled text into the octets one kind of terminal shows.
///
/// ```text
///   "\n"                     CR LF: the only place that decides about line ends; telnet passes it unchanged
///   a run with a style       ESC [ … m  text  ESC [ 0 m      where the profile has colour
///   longer than the width    CR LF in place of the spaces before the word that does not fit
///   for a screen reader      no width, and one column without drawings and empty lines
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
        swap(&writer.output, &output)
        for run in (profile.screenReader ? text.spoken : text).runs {
            writer.style = StylePalette.start(run.style, profile.colour)
            writer.append(run.text)
            writer.endStyle()
        }
        writer.finish()
        swap(&writer.output, &output)
    }

    /// The octets of the text.
    package func render(_ text: StyledText) -> [UInt8] {
        var output: [UInt8] = []
        render(text, into: &output)
        return output
    }
}
