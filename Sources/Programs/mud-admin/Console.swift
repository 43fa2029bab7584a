import Glibc

/// Data to standard output, messages to standard error, and nothing that could steer a terminal.
enum Console {
    static func put(_ text: String) { write(line(text), to: STDOUT_FILENO) }

    static func complain(_ text: String) { write(line(text), to: STDERR_FILENO) }

    /// Writes a question to standard error, without ending the line.
    static func ask(_ text: String) { write(text, to: STDERR_FILENO) }

    private static func line(_ text: String) -> String { text.hasSuffix("\n") ? text : text + "\n" }

    private static func write(_ text: String, to descriptor: Int32) {
        var octets = Array(harmless(text).utf8)[...]
        while !octets.isEmpty {
            let count = octets.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return }
            octets = octets.dropFirst(count)
        }
    }

    /// The text with a sign in place of every control character but the newline and the tab.
    private static func harmless(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
            result.append(isControl ? "\u{FFFD}" : scalar)
        }
        return String(result)
    }

    /// Lines of columns, each as wide as its widest cell; the last column is not padded.
    static func table(_ rows: [[String]]) -> String {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, cell in
                column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
