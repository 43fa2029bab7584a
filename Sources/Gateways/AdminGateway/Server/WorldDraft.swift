import Basics
package import FileAccess
import Glibc

/// A change of one file of the world that lies beside the file until it is known whether it counts.
///
/// ```text
///   areas/.mill.yaml.3f9k2c.new     what mill.yaml shall say
///   areas/.mill.yaml.3f9k2c.gone    mill.yaml shall be no more
/// ```
///
/// File and world have to change together, and no disk changes both at once. So the change is written beside the file first;
/// then comes the turn, which leaves the change's mark in the world; and when that is durable, the file is put in its place. The
/// world decides: a change whose mark it has is finished at the next start or edit, any other is thrown away. After a
/// crash, then, either both are old or both are new.
///
/// - Isolation: none; all of it blocks, so do it on a worker thread.
/// - Source: `rename(2)`, `fsync(2)`.
struct WorldDraft: Sendable {
    /// The folder that the file is in.
    private let folder: String
    private let name: String
    let mark: String
    private let isRemoval: Bool

    private static let (new, gone) = ("new", "gone")
    /// Characters of a mark: 64 bits in base 36.
    private static let longestMark = 13

    private var draft: String { "\(folder)/.\(name).\(mark).\(isRemoval ? Self.gone : Self.new)" }
    private var file: String { "\(folder)/\(name)" }

    private init(_ folder: String, _ name: String, _ mark: String, isRemoval: Bool) {
        self.folder = folder
        self.name = name
        self.mark = mark
        self.isRemoval = isRemoval
    }

    /// Writes a change beside its file, so that it lasts.
    ///
    /// - Parameters:
    ///   - content: What the file shall say; nil to remove it.
    ///   - path: The file; its folder is there.
    /// - Throws: ``FileFailure``; nothing is left then.
    init(_ content: [UInt8]?, for path: String) throws(FileFailure) {
        let mark = String(UInt64.random(in: .min ... .max), radix: 36)
        self.init(path.directoryOfPath, path.nameOfPath, mark, isRemoval: content == nil)
        do throws(FileFailure) {
            _ = try FileDraft(content ?? [], at: draft, mode: Self.mode(of: path))
            try FileDraft.synchronizeFolder(of: draft)
        } catch {
            discard()
            throw error
        }
    }

    /// Reads what a name in a folder says; nil when it names no draft.
    init?(name draft: String, in folder: String) {
        let parts = draft.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 4, parts[0].isEmpty, let kind = parts.last, [Self.new, Self.gone].contains(kind) else {
            return nil
        }
        let mark = parts[parts.count - 2]
        let name = parts[1..<(parts.count - 2)].joined(separator: ".")
        guard !name.isEmpty, (1...Self.longestMark).contains(mark.count),
            mark.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) })
        else { return nil }
        self.init(folder, name, mark, isRemoval: kind == Self.gone)
    }

    /// Puts the file in its place, or takes it away, so that it lasts.
    ///
    /// - Throws: ``FileFailure``; it can be tried again.
    func finish() throws(FileFailure) {
        if isRemoval {
            if unlink(file) != 0, errno != ENOENT { throw FileFailure(code: errno) }
            try FileDraft.synchronizeFolder(of: file)
            // Last, so that a crash before it does the rest again.
            if unlink(draft) != 0 { throw FileFailure(code: errno) }
        } else {
            try FileDraft(at: draft).replace(file)
        }
    }

    /// Throws the change away.
    func discard() { unlink(draft) }

    /// Who may read a file that is replaced; of one that is not there, everybody.
    private static func mode(of path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0o644
    }
}

extension WorldFolder {
    /// Finishes the change that a mark names, and throws away all other drafts: what a crash has left.
    ///
    /// - Parameter mark: What the world says of the last change that counts; empty for none.
    /// - Throws: ``FileFailure`` when a change that counts cannot be finished, or the folder not be read.
    package func settleDrafts(mark: String) throws(FileFailure) { try settle(path, mark, depth: 0) }

    private func settle(_ folder: String, _ mark: String, depth: Int) throws(FileFailure) {
        for name in try namesInFolder(folder) {
            if let draft = WorldDraft(name: name, in: folder) {
                if !mark.isEmpty, draft.mark == mark { try draft.finish() } else { draft.discard() }
            } else if depth < Self.deepest, !name.hasPrefix("."), isFolder("\(folder)/\(name)") {
                try settle("\(folder)/\(name)", mark, depth: depth + 1)
            }
        }
    }

    private func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
