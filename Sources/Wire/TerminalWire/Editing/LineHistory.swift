/// The lines that somebody entered and can recall, oldest first.
///
/// A line that equals the newest one is not kept again, nor is an empty one.
///
/// - Limits: ``LineLimits/historyLines`` and ``LineLimits/historyOctets``; the oldest go.
/// - SeeAlso: `TerminalWireTests/LineHistoryTests`.
package struct LineHistory: Hashable, Sendable {
    package private(set) var lines: [String] = []
    private var octets = 0

    package init() {}

    /// Keeps a line.
    package mutating func add(_ line: String) {
        let size = line.utf8.count
        if line.allSatisfy(\.isWhitespace) || line == lines.last || size > LineLimits.historyOctets { return }
        lines.append(line)
        octets += size
        while lines.count > LineLimits.historyLines || octets > LineLimits.historyOctets {
            octets -= lines.removeFirst().utf8.count
        }
    }

    /// The line at an index; nil outside.
    package subscript(_ index: Int) -> String? {
        lines.indices.contains(index) ? lines[index] : nil
    }

    /// The newest line before an index that has a text in it, whatever the case of its letters.
    ///
    /// - Parameters:
    ///   - text: What is looked for; an empty text is found nowhere.
    ///   - end: The index before which lines are looked at.
    /// - Returns: Its index, and how many characters stand before the text in it.
    package func search(_ text: String, before end: Int) -> (index: Int, offset: Int)? {
        let wanted = Array(text.lowercased())
        if wanted.isEmpty { return nil }
        for index in lines.indices.reversed() where index < end {
            let line = Array(lines[index].lowercased())
            guard line.count >= wanted.count else { continue }
            for offset in 0...(line.count - wanted.count)
            where line[offset..<(offset + wanted.count)].elementsEqual(wanted) {
                return (index, offset)
            }
        }
        return nil
    }
}
