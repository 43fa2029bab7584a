import Basics
import FileAccess
package import Glibc
package import PluginCore

/// The folder that plugins are loaded from: a folder for each, with a manifest and a library.
///
/// ```text
///   Plugins/
///     roses/
///       plugin.yaml
///       libroses.so
/// ```
///
/// Looking into it writes nothing, and remembers nothing but what the caller keeps. Files beside the folders, and names that
/// begin with a dot, are left alone.
///
/// - Limits: ``most`` plugins.
package struct PluginFolder: Sendable {
    /// The most plugins that one folder may hold.
    package static let most = 256

    package let path: String
    private let user: uid_t

    /// Makes the folder at a path; `user` is whom its files have to be safe for.
    package init(path: String, user: uid_t = geteuid()) {
        self.path = path
        self.user = user
    }

    /// What is in the folder, in alphabetical order.
    ///
    /// - Throws: `PluginFailure` in the name of the folder when it cannot be looked into, or is not safe.
    package func look() throws(PluginFailure) -> [Result<PluginFile, PluginFailure>] {
        guard let real = realPath(path) else {
            throw failure(path, "it cannot be read: \(SystemReason.text(of: errno))")
        }
        if let objection = objection(to: real) ?? objectionToParents(of: real) { throw failure(path, objection) }
        let names = try subfolders(of: real)
        return names.map { name in
            let folder = "\(real)/\(name)"
            return Result { () throws(PluginFailure) in
                for file in [folder, "\(folder)/\(PluginFile.fileName)"] {
                    if let objection = objection(to: file) { throw failure(name, objection) }
                }
                let file = try PluginFile.read(in: folder)
                guard file.manifest.interface == PluginManifest.currentInterface else {
                    throw failure(name, PluginManifest.objection(toInterface: file.interface))
                }
                if let objection = objection(to: file.libraryPath) { throw failure(name, objection) }
                return file
            }
        }
    }

    /// Why a file is better not trusted: anybody could have put it there; nil when it may be.
    ///
    /// Only root is strict about owners and groups: whoever may write such a file could become root.
    private func objection(to file: String) -> String? {
        var status = stat()
        guard stat(file, &status) == 0 else {
            let name = file.split(separator: "/").last.map(String.init) ?? file
            return "\(name) cannot be read: \(SystemReason.text(of: errno))"
        }
        if status.st_mode & S_IWOTH != 0 { return "everybody may write to \(file)" }
        guard user == 0 else { return nil }
        if status.st_uid != 0 { return "\(file) belongs to user \(status.st_uid), and this process is root's" }
        if status.st_mode & S_IWGRP != 0, status.st_gid != 0 { return "group \(status.st_gid) may write to \(file)" }
        return nil
    }

    /// Whether somebody else could put another folder in the place of this one.
    private func objectionToParents(of real: String) -> String? {
        var parent = real[...]
        while user == 0, let slash = parent.lastIndex(of: "/"), slash > parent.startIndex {
            parent = parent[..<slash]
            var status = stat()
            guard stat(String(parent), &status) == 0 else {
                return "\(parent) cannot be read: \(SystemReason.text(of: errno))"
            }
            // With the sticky bit only the owner of an entry may take it away.
            let isSticky = status.st_mode & S_ISVTX != 0
            if status.st_mode & S_IWOTH != 0, !isSticky { return "everybody may write to \(parent)" }
            if status.st_uid != 0 { return "\(parent) belongs to user \(status.st_uid), and this process is root's" }
            if status.st_mode & S_IWGRP != 0, status.st_gid != 0, !isSticky {
                return "group \(status.st_gid) may write to \(parent)"
            }
        }
        return nil
    }

    private func subfolders(of real: String) throws(PluginFailure) -> [String] {
        let all: [String]
        do throws(FileFailure) {
            all = try namesInFolder(real)
        } catch {
            throw failure(path, "it cannot be read: \(error.reason)")
        }
        var names: [String] = []
        for name in all where !name.hasPrefix(".") {
            var status = stat()
            guard stat("\(real)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { continue }
            names.append(name)
            if names.count > Self.most { throw failure(path, "it holds more than \(Self.most) plugins") }
        }
        return names.sorted()
    }

    private func failure(_ plugin: String, _ reason: String) -> PluginFailure {
        PluginFailure(plugin: plugin, reason: reason)
    }
}

private func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
}
