import Glibc
package import PluginCore

/// The plugins of a running program: those that are built in, and those loaded from a folder.
///
/// Looking is slow and may be done on any thread; what was found is taken on the one that uses the registry.
package struct PluginShelf: Sendable {
    /// What looking found out about one plugin.
    package enum Finding: Sendable {
        case loaded(PluginFile, any Plugin.Type, stamp: FileStamp)
        /// Its files are others now; what is loaded stays until the process ends.
        case changed(from: PluginFile, to: PluginFile)
        case gone(PluginFile)
        case failed(PluginFailure)
    }

    /// What tells one version of a library's file from another.
    package struct FileStamp: Equatable, Sendable {
        let device, inode: UInt64
        let size, seconds, nanoseconds: Int

        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            device = UInt64(status.st_dev)
            inode = UInt64(status.st_ino)
            size = Int(status.st_size)
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
        }
    }

    /// All that the program has.
    package private(set) var registry: PluginRegistry
    private var loaded: [(file: PluginFile, stamp: FileStamp)] = []

    /// Makes a shelf of plugins that are built in.
    package init(_ registry: PluginRegistry) {
        self.registry = registry
    }

    /// Adds a plugin that is built in.
    package mutating func add(_ plugin: any Plugin.Type) { registry.add(plugin) }

    /// Looks into a folder, and loads the libraries that are new; without a folder, everything is gone.
    package func look(in folder: PluginFolder?) -> [Finding] {
        var findings: [Finding] = []
        var names = Set(registry.plugins.map(\.name))
        var present: Set<String> = []
        do throws(PluginFailure) {
            for result in try folder?.look() ?? [] {
                switch result {
                case .failure(let failure): findings.append(.failed(failure))
                case .success(let file):
                    present.insert(file.folder)
                    if let finding = look(at: file, among: &names) { findings.append(finding) }
                }
            }
        } catch {
            // A folder that cannot be looked into takes nothing away.
            return [.failed(error)]
        }
        return findings + loaded.filter { !present.contains($0.file.folder) }.map { .gone($0.file) }
    }

    private func look(at file: PluginFile, among names: inout Set<String>) -> Finding? {
        if let known = loaded.first(where: { $0.file.folder == file.folder }) {
            let isSame = known.file == file && known.stamp == FileStamp(file.libraryPath)
            return isSame ? nil : .changed(from: known.file, to: file)
        }
        guard names.insert(file.name).inserted else {
            return .failed(PluginFailure(plugin: file.name, reason: "there is a plugin of this name already"))
        }
        do throws(PluginFailure) {
            guard let stamp = FileStamp(file.libraryPath) else {
                throw PluginFailure(plugin: file.name, reason: "\(file.library) is gone")
            }
            let plugin = try PluginLibrary.load(file)
            guard plugin.manifest == file.manifest else {
                let own = plugin.manifest
                throw PluginFailure(
                    plugin: file.name,
                    reason:
                        "its library calls itself \(own.name) \(own.version), its manifest \(file.name) \(file.version)"
                )
            }
            return .loaded(file, plugin, stamp: stamp)
        } catch {
            return .failed(error)
        }
    }

    /// Takes over what was found.
    ///
    /// - Parameters:
    ///   - findings: What ``look(in:)`` returned.
    ///   - liveKinds: The kinds of provisions that a program that runs can use at once.
    /// - Returns: What changed and what did not, a line for each plugin.
    package mutating func take(_ findings: [Finding], liveKinds: Set<String> = []) -> [String] {
        registry.forgetFailures()
        return findings.compactMap { finding in
            switch finding {
            case .loaded(let file, let plugin, let stamp):
                // Somebody else found it at the same time.
                if loaded.contains(where: { $0.file.folder == file.folder }) { return nil }
                guard registry.add(plugin, from: file.folder, providing: file.provides) else {
                    return leftOut(registry.failures.last)
                }
                loaded.append((file, stamp))
                return "The plugin \(file.name) \(file.version) is loaded: \(Self.list(file.provides, liveKinds))."
            case .changed(let old, let new):
                let versions = old.version == new.version ? new.version : "\(old.version) → \(new.version)"
                return "The plugin \(new.name) has changed (\(versions)): at the next start."
            case .gone(let file):
                return "The plugin \(file.name) is not there any more: it goes at the next start."
            case .failed(let failure):
                registry.leaveOut(failure)
                return leftOut(failure)
            }
        }
    }

    /// Notes again what was left out of what is built in, which no second look would find.
    package mutating func note(_ failures: [PluginFailure]) {
        for failure in failures { registry.leaveOut(failure) }
    }

    private func leftOut(_ failure: PluginFailure?) -> String {
        failure.map { "The plugin \($0.plugin) is left out: \($0.reason)." } ?? ""
    }

    private static func list(_ provides: [String], _ liveKinds: Set<String>) -> String {
        let words = provides.map { text in
            liveKinds.contains(where: { text.hasPrefix($0 + " ") }) ? text : "\(text) (at the next start)"
        }
        return words.isEmpty ? "nothing" : words.joined(separator: ", ")
    }
}
