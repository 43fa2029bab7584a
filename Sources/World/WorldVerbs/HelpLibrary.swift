import Basics

/// One page about an idea rather than a verb.
package struct HelpEntry: Sendable {
    package let topic: String
    package let aliases: [String]
    package let title: String
    /// Paragraphs, `- ` lists and `code` marks.
    package let body: String
    /// The first word of everything between code marks, once for each time.
    let commands: [String]

    package init(topic: String, aliases: [String], title: String, body: String) {
        self.topic = topic
        self.aliases = aliases
        self.title = title
        self.body = body
        let parts = body.split(separator: "`", omittingEmptySubsequences: false)
        commands = parts.enumerated().compactMap { index, part in
            index % 2 == 1 ? part.split(separator: " ").first.map { String($0).folded } : nil
        }
    }

    /// What it can be asked for by.
    var names: [String] { [topic] + aliases }
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
        return entries.first { $0.names.contains { $0.folded == topic } }
    }

    /// The pages with a name that begins so.
    func entries(beginning word: String) -> [HelpEntry] {
        entries.filter { $0.names.contains { $0.folded.hasPrefix(word) } }
    }

    /// The pages that speak of a command most often, at most so many.
    func entries(about commands: [String], atMost limit: Int) -> [HelpEntry] {
        let counted = entries.map { entry in (entry, count: entry.commands.count(where: commands.contains)) }
        let found = counted.filter { $0.count > 0 }.sorted { ($1.count, $0.0.topic) < ($0.count, $1.0.topic) }
        return found.prefix(limit).map(\.0)
    }
}
