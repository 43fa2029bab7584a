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
            try write(content ?? [], like: FileMode(of: path))
            try Self.synchronize(folder)
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
            try Self.synchronize(folder)
            // Last, so that a crash before it does the rest again.
            if unlink(draft) != 0 { throw FileFailure(code: errno) }
        } else {
            if rename(draft, file) != 0 { throw FileFailure(code: errno) }
            try Self.synchronize(folder)
        }
    }

    /// Throws the change away.
    func discard() { unlink(draft) }

    /// Who may read a file that is replaced, or nothing.
    private struct FileMode {
        let bits: mode_t

        init(of path: String) {
            var status = stat()
            bits = stat(path, &status) == 0 ? status.st_mode & 0o777 : 0o644
        }
    }

    private func write(_ content: [UInt8], like mode: FileMode) throws(FileFailure) {
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileFailure(code: errno) }
        defer { close(descriptor) }
        guard fchmod(descriptor, mode.bits) == 0 else { throw FileFailure(code: errno) }
        var rest = content[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileFailure(code: count < 0 ? errno : EIO) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw FileFailure(code: errno) }
    }

    private static func synchronize(_ folder: String) throws(FileFailure) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure(code: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileFailure(code: errno) }
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
