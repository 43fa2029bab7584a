import Basics

/// A place in a content file.
package struct SourcePosition: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let file: String
    /// Counted from 1.
    package let line: Int
    /// Counted from 1, in Unicode scalars.
    package let column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }

    package var description: String { "\(file):\(line):\(column)" }
}

/// Something wrong in a content file, with the place where to mend it.
///
/// ```text
/// World/areas/cove.yaml:12:12: error: exit north of cove/beach leads to cove/peir, which does not exist (did you mean cove/pier?)
/// ```
package struct Diagnostic: Hashable, Comparable, Sendable, CustomStringConvertible {
    package enum Severity: String, Sendable {
        /// The content cannot be loaded as it stands.
        case error
        /// The content loads, but probably not as it was meant.
        case warning
    }

    package let position: SourcePosition
    package let severity: Severity
    package let message: String

    package init(_ severity: Severity, at position: SourcePosition, _ message: String) {
        self.severity = severity
        self.position = position
        self.message = message
    }

    package var file: String { position.file }
    package var line: Int { position.line }
    package var column: Int { position.column }

    package static func < (left: Diagnostic, right: Diagnostic) -> Bool {
        (left.position, left.message) < (right.position, right.message)
    }

    package var description: String { "\(position): \(severity.rawValue): \(message)" }
}

/// Gathers the diagnostics of one run.
final class DiagnosticSink {
    private(set) var diagnostics: [Diagnostic] = []
    /// How often a file, or what it begins with, could not be read, so that what it declares is unknown.
    var refusals = 0
    var missesFile: Bool { refusals > 0 }
    /// How many comparisons of words the search for similar names may still make, so that a broken world of any size
    /// is reported at once.
    private var comparisons = 500_000

    func error(_ position: SourcePosition, _ message: String) {
        diagnostics.append(Diagnostic(.error, at: position, message))
    }

    func warning(_ position: SourcePosition, _ message: String) {
        diagnostics.append(Diagnostic(.warning, at: position, message))
    }

    /// ` (did you mean X?)`, or nothing when no candidate is near or enough has been searched.
    func hint(for word: String, among candidates: [String]) -> String {
        if comparisons < candidates.count { return "" }
        comparisons -= candidates.count
        return Spelling.nearest(to: word, among: candidates).map { " (did you mean \($0)?)" } ?? ""
    }
}
