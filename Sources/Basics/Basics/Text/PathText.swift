/// The two parts of a path, as text; nothing is looked at.
extension String {
    /// The path up to its last slash; `.` without one.
    package var directoryOfPath: String {
        guard let slash = lastIndex(of: "/") else { return "." }
        return slash == startIndex ? "/" : String(self[..<slash])
    }

    /// What follows the last slash.
    package var nameOfPath: String { lastIndex(of: "/").map { String(self[index(after: $0)...]) } ?? self }
}
