import Basics

/// Reads a help page: a front matter between two lines of `---`, then the text.
struct HelpReader {
    let sink: DiagnosticSink

    func read(_ source: ContentSource) -> HelpPage? {
        let start = SourcePosition(file: source.path, line: 1, column: 1)
        if source.text.utf8.count > YAMLDocument.maximumLength {
            sink.error(start, "the file is larger than \(YAMLDocument.maximumLength >> 20) MiB")
            return nil
        }
        let lines = source.text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
        guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else {
            sink.error(start, "a help page begins with `topic` and `title` between two lines of ---")
            return nil
        }
        let matter = lines[1..<end].joined(separator: "\n")
        let document = YAMLDocument(path: source.path, lineOffset: 1, sink: sink)
        guard let root = document.read(matter), var fields = Fields(root, of: "the help page", sink) else { return nil }
        let topic = fields.text("topic")
        let title = fields.text("title")
        let aliases = fields.words("aliases") ?? []
        fields.finish()
        for key in ["topic", "title"] where !fields.has(key) {
            sink.error(SourcePosition(file: source.path, line: 2, column: 1), "the help page has no \(key)")
        }
        let bodyStart = SourcePosition(file: source.path, line: end + 2, column: 1)
        let body = Self.unwrapped(lines[(end + 1)...])
        let node = TextNode(position: bodyStart, content: .text(body, isPlain: false))
        guard let text = Fields.text(node, what: "the text of the help page", sink), let topic, let title else {
            return nil
        }
        return HelpPage(topic: topic.folded, aliases: aliases, title: title, body: text, position: start)
    }

    /// Joins the lines of each paragraph and list item, because whoever shows the page wraps it anew.
    private static func unwrapped(_ lines: some Sequence<String>) -> String {
        var text = ""
        var continues = false
        for line in lines {
            let isExample = line.hasPrefix("    ")
            if continues, !isExample, !line.trimmed.isEmpty, !line.hasPrefix("- "), !line.hasPrefix("#") {
                text += " " + line.trimmed
            } else {
                text += "\n" + (isExample ? line : line.trimmed)
            }
            continues = !isExample && !line.trimmed.isEmpty && !line.hasPrefix("#")
        }
        return text
    }
}
