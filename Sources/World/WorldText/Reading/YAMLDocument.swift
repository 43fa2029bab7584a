import Yams

/// Turns the YAML text of one file into nodes, refusing what could exhaust memory or the stack.
struct YAMLDocument {
    /// Octets in one file: a hundred times the largest area so far.
    static let maximumLength = 1 << 20
    /// Lists and maps inside each other; an area needs about ten.
    static let maximumDepth = 64
    /// How many repeated keys are told apart in one file before reading stops.
    static let maximumRepeatedKeys = 20

    let path: String
    /// Lines before the YAML text in its file.
    var lineOffset = 0
    let sink: DiagnosticSink

    /// The file's root node; nil, with a diagnostic, when there is none.
    func read(_ text: String) -> TextNode? {
        if text.utf8.count > Self.maximumLength {
            return refuse(position(1, 1), "the file is larger than \(Self.maximumLength >> 20) MiB")
        }
        if let alias = AliasScan.firstAlias(in: text) {
            return refuse(
                position(alias.line, alias.column),
                "anchors and aliases (&\(alias.name), *\(alias.name)) are not allowed; use a prototype")
        }
        var lines = RepeatedKeys(text)
        for _ in 0...Self.maximumRepeatedKeys {
            do {
                return try compose(lines.text, ignoring: lines.ignoredKeys)
            } catch .duplicatedKeysInMapping(let keys, let context) {
                guard let key = keys.first, let repeated = lines.setAside(key, firstAt: context.mark) else {
                    return refuse(
                        position(context.mark.line, context.mark.column),
                        "\(keys.first ?? "a key") is given more than once")
                }
                sink.error(
                    position(repeated.line, repeated.column),
                    "\(key) is given twice; the first is on line \(context.mark.line + lineOffset)")
            } catch {
                return refuse(error)
            }
        }
        return refuse(position(1, 1), "too many keys are given twice")
    }

    private func compose(_ text: String, ignoring ignored: Set<String>) throws(YamlError) -> TextNode? {
        do {
            // The basic resolver takes every scalar for text; what is a number is decided by who asks for one.
            let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
            // Anchors live only as long as their parser.
            return try withExtendedLifetime(parser) {
                guard let root = try parser.singleRoot() else {
                    return refuse(position(1, 1), "the file is empty")
                }
                let refusals = sink.refusals
                let tree = node(root, ignoring: ignored, depth: 1)
                return sink.refusals == refusals ? tree : nil
            }
        } catch let error as YamlError {
            throw error
        } catch {
            throw .no
        }
    }

    private func node(_ node: Node, ignoring ignored: Set<String>, depth: Int) -> TextNode? {
        let start = position(node.mark?.line ?? 1, node.mark?.column ?? 1)
        if node.anchor != nil { return refuse(start, "anchors are not allowed; use a prototype") }
        if depth > Self.maximumDepth {
            return refuse(start, "lists and maps are nested more than \(Self.maximumDepth) deep")
        }
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            if isPlain, ["", "~", "null"].contains(scalar.string) {
                return TextNode(position: start, content: .nothing)
            }
            return TextNode(position: start, content: .text(scalar.string, isPlain: isPlain))
        case .sequence(let sequence):
            return TextNode(
                position: start,
                content: .list(sequence.compactMap { self.node($0, ignoring: ignored, depth: depth + 1) }))
        case .mapping(let mapping):
            return TextNode(position: start, content: .map(entries(of: mapping, ignoring: ignored, depth: depth)))
        case .alias:
            return refuse(start, "aliases are not allowed; use a prototype")
        }
    }

    private func entries(of mapping: Node.Mapping, ignoring ignored: Set<String>, depth: Int) -> [TextNode.Entry] {
        var entries: [TextNode.Entry] = []
        for (key, value) in mapping {
            let start = position(key.mark?.line ?? 1, key.mark?.column ?? 1)
            guard case .scalar(let scalar) = key else {
                sink.error(start, "a key must be text, not a list or a map")
                continue
            }
            if ignored.contains(scalar.string) { continue }
            guard let value = node(value, ignoring: ignored, depth: depth + 1) else { continue }
            entries.append(TextNode.Entry(key: scalar.string, keyPosition: start, value: value))
        }
        return entries
    }

    private func position(_ line: Int, _ column: Int) -> SourcePosition {
        SourcePosition(file: path, line: max(1, line) + lineOffset, column: max(1, column))
    }

    private func refuse(_ position: SourcePosition, _ message: String) -> TextNode? {
        sink.error(position, message)
        sink.refusals += 1
        return nil
    }

    private func refuse(_ error: YamlError) -> TextNode? {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            if problem.hasPrefix("Maximum nesting") { return refuse(.memory) }
            let place = context.map { "\($0.text), " } ?? ""
            // The commonest slip: a colon within plain text.
            let hint = problem.hasPrefix("mapping values") ? "; put text with a colon between quotes" : ""
            return refuse(position(mark.line, mark.column), "this is not YAML: \(place)\(problem)\(hint)")
        case .reader(let problem, let offset, _, let text):
            let mark = Self.mark(of: offset ?? 0, in: text)
            return refuse(position(mark.line, mark.column), "this is not YAML: \(problem)")
        case .memory:
            return refuse(position(1, 1), "lists and maps are nested more than \(Self.maximumDepth) deep")
        default:
            return refuse(position(1, 1), "this is not YAML")
        }
    }

    private static func mark(of offset: Int, in text: String) -> (line: Int, column: Int) {
        var line = 1
        var column = 1
        for character in text.prefix(offset) {
            column += 1
            if character.isNewline {
                line += 1
                column = 1
            }
        }
        return (line, column)
    }
}
