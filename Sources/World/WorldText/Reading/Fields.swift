import Basics

/// Reads the entries of one map by name and type, and reports what is left over.
///
/// Every getter reports a wrong type itself and then answers as if the entry were missing.
struct Fields {
    /// What they belong to, for messages: `room cove/pier`.
    let owner: String
    let position: SourcePosition
    let sink: DiagnosticSink
    private var entries: [String: TextNode.Entry] = [:]
    private var known: [String] = []

    init?(_ node: TextNode, of owner: String, _ sink: DiagnosticSink) {
        self.owner = owner
        self.sink = sink
        position = node.position
        switch node.content {
        case .map(let list): for entry in list { entries[entry.key] = entry }
        case .nothing: break
        default:
            sink.error(node.position, "\(owner) must be a map, not \(node.kind)")
            return nil
        }
    }

    /// The entry of a key, which is thereby known.
    mutating func entry(_ key: String) -> TextNode.Entry? {
        known.append(key)
        return entries[key]
    }

    func has(_ key: String) -> Bool { entries[key] != nil }

    func position(of key: String) -> SourcePosition { entries[key]?.value.position ?? position }

    mutating func text(_ key: String) -> String? {
        guard let entry = entry(key) else { return nil }
        return Self.text(entry.value, what: "\(key) of \(owner)", sink)
    }

    static func text(_ node: TextNode, what: String, _ sink: DiagnosticSink) -> String? {
        guard case .text(let raw, _) = node.content else {
            sink.error(node.position, "\(what) must be text, not \(node.kind)")
            return nil
        }
        let text = raw.trimmed
        if text.isEmpty {
            sink.error(node.position, "\(what) is empty")
            return nil
        }
        if text.unicodeScalars.contains(where: { Self.isControl($0) }) {
            sink.error(node.position, "\(what) contains a control character")
            return nil
        }
        return text
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar != "\n" && (scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value))
    }

    mutating func flag(_ key: String) -> Bool? {
        guard let entry = entry(key) else { return nil }
        if let flag = Self.flag(entry.value) { return flag }
        sink.error(entry.value.position, "\(key) of \(owner) must be true or false")
        return nil
    }

    static func flag(_ node: TextNode) -> Bool? {
        guard case .text(let text, true) = node.content else { return nil }
        switch text {
        case "true", "yes": return true
        case "false", "no": return false
        default: return nil
        }
    }

    mutating func number(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let entry = entry(key) else { return nil }
        guard case .text(let text, true) = entry.value.content, let number = Int(text), range.contains(number) else {
            sink.error(
                entry.value.position,
                "\(key) of \(owner) must be a number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// A list of words, or one text with commas between them.
    mutating func words(_ key: String) -> [String]? {
        guard let entry = entry(key) else { return nil }
        switch entry.value.content {
        case .text(let text, _): return Self.split(text)
        case .list(let nodes):
            return nodes.compactMap { Self.text($0, what: "each of \(key) of \(owner)", sink)?.folded }
        default:
            sink.error(entry.value.position, "\(key) of \(owner) must be a list of words, not \(entry.value.kind)")
            return nil
        }
    }

    /// Words between commas, folded.
    static func split(_ text: String) -> [String] {
        text.split(separator: ",").map { String($0).trimmed.folded }.filter { !$0.isEmpty }
    }

    /// The entries of a map within this one; empty when it is missing.
    mutating func map(_ key: String) -> [TextNode.Entry] {
        guard let entry = entry(key) else { return [] }
        switch entry.value.content {
        case .map(let entries): return entries
        case .nothing: return []
        default:
            sink.error(entry.value.position, "\(key) of \(owner) must be a map, not \(entry.value.kind)")
            return []
        }
    }

    /// Reports keys that nobody asked for.
    func finish() {
        for entry in entries.values where !known.contains(entry.key) {
            sink.error(
                entry.keyPosition,
                "\(owner) has no key \(entry.key)\(sink.hint(for: entry.key, among: known))")
        }
    }
}
