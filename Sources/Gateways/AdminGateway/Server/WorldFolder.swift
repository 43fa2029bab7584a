package import DaemonCore
import FileAccess
import Glibc
package import WorldText

/// The folder of a world's texts, read file by file.
///
/// - Limits: ``longestFile`` octets of one file, ``mostFiles`` files, ``deepest`` folders below one another.
package struct WorldFolder: Sendable {
    /// Octets of one file: 1 MiB, a hundred times the largest area anybody would edit by hand.
    package static let longestFile = 1 << 20
    package static let mostFiles = 10_000
    package static let deepest = 16

    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// Reads all texts and everything that is wrong with them.
    ///
    /// - Throws: ``DaemonFailure`` when the folder or a file cannot be read at all.
    package func read() throws(DaemonFailure) -> (content: WorldContent, diagnostics: [Diagnostic]) {
        ContentReader.read(try sources())
    }

    /// Reads the texts themselves.
    ///
    /// - Throws: ``DaemonFailure`` when the folder or a file cannot be read at all.
    func sources() throws(DaemonFailure) -> [ContentSource] {
        var sources: [ContentSource] = []
        try gather(path, depth: 0, [".yaml", ".yml", ".md"], into: &sources)
        return sources
    }

    /// Reads what a server needs at every start: the players' handbook alone, as the areas may be large, or where there are
    /// other languages all texts, because only with the areas it is known what is said in them.
    ///
    /// - Throws: ``DaemonFailure`` when the folder or a page cannot be read at all.
    package func readHelp() throws(DaemonFailure) -> WorldContent {
        var sources: [ContentSource] = []
        let hasLanguages = try names(in: path).contains("languages")
        try gather(path, depth: 0, hasLanguages ? [".yaml", ".yml", ".md"] : [".md"], into: &sources)
        return ContentReader.read(sources).content
    }

    private func gather(
        _ folder: String, depth: Int, _ endings: [String], into sources: inout [ContentSource]
    ) throws(DaemonFailure) {
        for name in try names(in: folder) {
            let entry = folder + "/" + name
            var information = stat()
            guard stat(entry, &information) == 0 else { throw failure(entry, FileFailure(code: errno)) }
            if information.st_mode & S_IFMT == S_IFDIR {
                if depth < Self.deepest { try gather(entry, depth: depth + 1, endings, into: &sources) }
            } else if endings.contains(where: name.hasSuffix) {
                guard sources.count < Self.mostFiles else {
                    throw DaemonFailure(.damaged, "The world folder \(path) holds more than \(Self.mostFiles) files.")
                }
                sources.append(ContentSource(path: entry, text: try text(of: entry)))
            }
        }
    }

    /// The names in a folder in order, without those that begin with a dot.
    private func names(in folder: String) throws(DaemonFailure) -> [String] {
        do throws(FileFailure) {
            return try namesInFolder(folder).filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            if folder == path, error.code == ENOENT {
                throw DaemonFailure(
                    .configuration, "There is no world folder \(path); mudd serve --world DIR takes another.")
            }
            throw failure(folder, error)
        }
    }

    private func text(of file: String) throws(DaemonFailure) -> String {
        let octets: [UInt8]
        do throws(FileFailure) {
            octets = try readFile(file, limit: Self.longestFile)
        } catch {
            throw failure(file, error)
        }
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw DaemonFailure(.damaged, "\(file):1:1: error: this is not UTF-8 text")
        }
        return text
    }

    private func failure(_ path: String, _ failure: FileFailure) -> DaemonFailure {
        DaemonFailure(.damaged, "\(path) cannot be read: \(failure.reason).")
    }
}
