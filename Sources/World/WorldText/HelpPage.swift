/// A page of the players' handbook.
package struct HelpPage: Hashable, Sendable {
    /// What a player types after `help`.
    package let topic: String
    /// Other words for it.
    package let aliases: [String]
    package let title: String
    /// Markdown of the plainest sort: paragraphs, `- ` lists, indented examples, backquoted words.
    package let body: String
    package let position: SourcePosition
}
