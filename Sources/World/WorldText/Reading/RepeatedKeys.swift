import Yams

/// Sets repeated keys aside, so that one of them does not hide everything else that is wrong in a file.
///
/// The YAML library gives up at a map with a repeated key and names the first of the two. The second is found by its
/// indentation and gets a name of its own, of the same length, to be ignored.
struct RepeatedKeys {
    private var lines: [[Unicode.Scalar]]
    private(set) var ignoredKeys: Set<String> = []

    init(_ text: String) {
        lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    }

    var text: String {
        var text = String.UnicodeScalarView()
        for (index, line) in lines.enumerated() {
            if index > 0 { text.append("\n") }
            text.append(contentsOf: line)
        }
        return String(text)
    }

    /// Renames the second of two equal keys.
    ///
    /// - Returns: Where it stands; nil when it cannot be found by looking at lines.
    mutating func setAside(_ key: String, firstAt mark: Mark) -> (line: Int, column: Int)? {
        let indent = mark.column - 1
        guard indent >= 0, lines.indices.contains(mark.line - 1), !key.isEmpty else { return nil }
        let spellings = [key, "\"\(key)\"", "'\(key)'"].map { Array($0.unicodeScalars) }
        for index in mark.line..<lines.count {
            let line = lines[index]
            guard let first = line.firstIndex(where: { $0 != " " }), line[first] != "#", line[first] != "\r" else {
                continue
            }
            if first < indent { return nil }
            guard first == indent, let spelling = spellings.first(where: { Self.line(line, hasKey: $0, at: first) })
            else { continue }
            let changed = first + (spelling.count == key.unicodeScalars.count ? 0 : 1)
            guard let mark = Unicode.Scalar(0xE000 + UInt32(ignoredKeys.count)) else { return nil }
            lines[index][changed] = mark
            var renamed = String.UnicodeScalarView([mark])
            renamed.append(contentsOf: key.unicodeScalars.dropFirst())
            ignoredKeys.insert(String(renamed))
            return (index + 1, first + 1)
        }
        return nil
    }

    private static func line(_ line: [Unicode.Scalar], hasKey key: [Unicode.Scalar], at start: Int) -> Bool {
        let rest = line[start...]
        guard rest.starts(with: key) else { return false }
        return rest.dropFirst(key.count).first { $0 != " " } == ":"
    }
}
