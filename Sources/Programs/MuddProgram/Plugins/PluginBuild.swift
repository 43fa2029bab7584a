import DaemonCore
import FileAccess
import FoundationEssentials
import Glibc
import PluginCore
import PluginHost
import ReactorCore

/// Makes a shared library of a plugin's package, and completes its manifest.
///
/// The library holds the package's own code alone; what it uses of `mudd` is left open, and found in the program that loads it.
struct PluginBuild {
    let package: String
    /// The folder below `Sources` to compile; nil for the one with the entry in it.
    let target: String?
    let kit: PluginKit
    let compiler: String
    /// Further words for the compiler.
    let flags: [String]

    /// Builds, and puts library and manifest into a folder of the plugin's name below `place`.
    ///
    /// - Returns: The folder, and what the plugin provides.
    func run(into place: String) throws(DaemonFailure) -> (folder: String, provides: [String]) {
        let file: PluginFile
        do throws(PluginFailure) {
            file = try PluginFile.read(in: package, isComplete: false)
        } catch {
            throw DaemonFailure(.configuration, "\(package): \(error.reason)")
        }
        guard file.build.isEmpty else {
            throw DaemonFailure(
                .configuration, "\(package)/\(PluginFile.fileName): build is written by mudd plugins build")
        }
        guard let build = BuildID.own else {
            throw DaemonFailure(.usage, "This program was linked without --build-id, and can load no libraries.")
        }
        let target = if let target { target } else { try entryTarget() }
        let folder = "\(place)/\(file.name)"
        let library = file.library.isEmpty ? "lib\(file.name).so" : file.library
        // A folder whose name begins with a dot is not looked at by servers.
        let scratch = "\(place)/.\(file.name).\(getpid())"
        do {
            try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        } catch {
            throw DaemonFailure(.cannotCreate, "The folder \(scratch) cannot be made: \(error).")
        }
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        let version = try Self.output(of: [compiler, "--version"]).split(whereSeparator: \.isNewline).first ?? ""
        try compile(target, seal: PluginLibrary.seal(ofBuild: build), library: library, in: scratch)
        let text = file.completed(library: library, build: build, compiler: String(version))
        do {
            try Data(text.utf8).write(to: URL(filePath: "\(scratch)/\(PluginFile.fileName)"))
        } catch {
            throw DaemonFailure(.cannotCreate, "\(scratch)/\(PluginFile.fileName) cannot be written: \(error).")
        }
        try tryOut(scratch)
        try publish([library, PluginFile.fileName], from: scratch, to: folder)
        return (folder, file.provides)
    }

    private func compile(_ target: String, seal: String, library: String, in scratch: String) throws(DaemonFailure) {
        let sources = Self.swiftFiles(below: "\(package)/Sources/\(target)")
        let sealFile = "\(scratch)/Seal.swift"
        let code = "@c(\(seal))\npublic func muddPluginSeal() {}\n"
        guard (try? Data(code.utf8).write(to: URL(filePath: sealFile))) != nil else {
            throw DaemonFailure(.cannotCreate, "\(sealFile) cannot be written.")
        }
        let words =
            [
                compiler, "-emit-library", "-o", "\(scratch)/\(library)", "-emit-module-path",
                "\(scratch)/\(target).swiftmodule", "-module-name", target, "-O", "-wmo", "-g",
            ]
            + [
                "-swift-version", "6", "-enable-upcoming-feature", "NonisolatedNonsendingByDefault",
                "-parse-as-library",
            ]
            + kit.flags + flags + sources + [sealFile]
        guard try Self.status(of: words) == 0 else {
            throw DaemonFailure(.damaged, "The plugin's code cannot be compiled.")
        }
    }

    /// Loads what was built, in this process, so that nothing is published that a server would leave out.
    private func tryOut(_ scratch: String) throws(DaemonFailure) {
        do throws(PluginFailure) {
            let file = try PluginFile.read(in: scratch)
            let plugin = try PluginLibrary.load(file)
            var registry = PluginRegistry(reserved: Mudd.reserved)
            registry.add(StandardServices.self)
            guard plugin.manifest == file.manifest else {
                throw PluginFailure(
                    plugin: file.name,
                    reason: "its code calls itself \(plugin.manifest.name) \(plugin.manifest.version)")
            }
            registry.add(plugin, providing: file.provides)
            if let failure = registry.failures.first { throw failure }
        } catch {
            throw DaemonFailure(.damaged, "A server would leave the plugin out: \(error.reason).")
        }
    }

    /// Puts files into their places one by one, the manifest last; each is there as a whole or not at all.
    private func publish(_ names: [String], from scratch: String, to folder: String) throws(DaemonFailure) {
        guard mkdir(folder, 0o755) == 0 || errno == EEXIST, chmod(folder, 0o755) == 0 else {
            throw DaemonFailure(
                .cannotCreate, "The folder \(folder) cannot be made: \(SystemReason.text(of: errno)).")
        }
        for name in names {
            guard chmod("\(scratch)/\(name)", 0o644) == 0, rename("\(scratch)/\(name)", "\(folder)/\(name)") == 0 else {
                throw DaemonFailure(
                    .cannotCreate, "\(folder)/\(name) cannot be written: \(SystemReason.text(of: errno)).")
            }
        }
    }

    /// The only folder below `Sources` in which a function carries the name that libraries are asked for.
    private func entryTarget() throws(DaemonFailure) -> String {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(package)/Sources")) ?? []
        let found = names.sorted().filter { name in
            Self.swiftFiles(below: "\(package)/Sources/\(name)").contains { path in
                let octets = (try? readFile(path, limit: 1 << 20)) ?? []
                return String(decoding: octets, as: UTF8.self).contains("(\(PluginEntry.symbol))")
            }
        }
        guard found.count == 1, let only = found.first else {
            throw DaemonFailure(
                .usage,
                found.isEmpty
                    ? "No file below \(package)/Sources has a function with @c(\(PluginEntry.symbol))."
                    : "Several targets have a function with @c(\(PluginEntry.symbol)): say --target NAME, one of "
                        + found.joined(separator: ", ") + ".")
        }
        return only
    }

    private static func swiftFiles(below folder: String) -> [String] {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".swift") }.sorted().map { "\(folder)/\($0)" }
    }

    // MARK: Other programs

    private static func output(of words: [String]) throws(DaemonFailure) -> String {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw DaemonFailure(.software, "There is no pipe to be had.") }
        defer { close(ends[0]) }
        let program: ChildProgram
        do throws(DaemonFailure) {
            program = try start(words, output: .descriptor(ends[1]))
        } catch {
            close(ends[1])
            throw error
        }
        close(ends[1])
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while text.count < 65_536 {
            let count = read(ends[0], &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            text += chunk[..<count]
        }
        _ = program.wait()
        return String(decoding: text, as: UTF8.self)
    }

    private static func status(of words: [String]) throws(DaemonFailure) -> Int32 {
        try start(words, output: .inherited).wait()
    }

    private static func start(
        _ words: [String], output: ChildProgram.Output
    ) throws(DaemonFailure) -> ChildProgram {
        do throws(SystemFailure) {
            return try ChildProgram(words[0], words: words, output: output)
        } catch {
            throw DaemonFailure(.unavailable, "\(words[0]) cannot be run: \(SystemReason.text(of: error.code)).")
        }
    }
}
