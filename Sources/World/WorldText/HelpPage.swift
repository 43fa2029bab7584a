/// A page of the players' handbook.
package struct HelpPage: Hashable, Sendable {
    /// What a player types after `help`.
    package let topic: String
    /// Other words for it.
    package let aliases: [String]
    package let title: String
    /// Markdown of the plainest sort: paragraphs, `- ` lists, examples indented by four spaces, backquoted commands.
    ///
    /// A paragraph or list item is one line, however it was wrapped in its file; a blank line ends a paragraph.
    package let body: String
    package let position: SourcePosition
}
