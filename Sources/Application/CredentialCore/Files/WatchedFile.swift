import FileAccess

/// What a text file says, read again when the file has changed.
///
/// - Isolation: none; a value type. Reading blocks, so do it on a worker.
struct WatchedFile<Content: Sendable>: Sendable {
    let content: Content
    private let stamp: FileStamp

    /// The file as it is now; `known` itself when it has not changed.
    ///
    /// - Throws: ``CheckerFailure`` with the path; or with path and line, what `parse` throws.
    static func fresh(
        _ path: String, known: WatchedFile?, parse: (String) throws(CheckerFailure) -> Content
    ) throws(CheckerFailure) -> WatchedFile {
        if let known, FileStamp(path: path) == known.stamp { return known }
        let (text, status) = try SecretFile.read(path)
        return WatchedFile(content: try parse(text), stamp: FileStamp(status))
    }
}
