import Basics

/// One page about an idea rather than a verb.
package struct HelpEntry: Sendable {
    package var topic: String
    package var aliases: [String]
    package var title: String
    /// Paragraphs, `- ` lists and `code` marks.
    package var body: String

    package init(topic: String, aliases: [String], title: String, body: String) {
        self.topic = topic
        self.aliases = aliases
        self.title = title
        self.body = body
    }
}

/// The pages `help` shows beside those of the verbs.
package struct HelpLibrary: Sendable {
    package var entries: [HelpEntry]

    package init(_ entries: [HelpEntry] = []) {
        self.entries = entries
    }

    package static let empty = HelpLibrary()

    package func entry(_ topic: String) -> HelpEntry? {
        let topic = topic.folded
        return entries.first { $0.topic.folded == topic || $0.aliases.contains { $0.folded == topic } }
    }
}
