import Basics
import DaemonCore
import FileAccess
package import PluginCore
import Yams

/// The manifest of a plugin in a folder: `plugin.yaml`.
///
/// ```yaml
/// name: roses                # lower-case letters, digits and hyphens
/// version: 1.2               # in the author's own counting
/// interface: 1               # what it is written against
/// library: libroses.so       # beside this file
/// build: 8c1f…               # the build of mudd it was made for
/// compiler: Swift version 6.3.1 (swift-6.3.1-RELEASE)
/// provides:
///   - service roses
///   - verb smell
/// ```
///
/// An author writes `name`, `version` and `provides`; `mudd plugins build` adds the rest.
///
/// - Limits: 64 KiB.
package struct PluginFile: Equatable, Sendable {
    /// What the file is called.
    package static let fileName = "plugin.yaml"
    private static let longest = 1 << 16

    /// The folder it stands in.
    package let folder: String
    package private(set) var name = ""
    package private(set) var version = ""
    package private(set) var interface = 0
    /// The name of the library in the folder.
    package private(set) var library = ""
    /// The ``BuildID`` of the program it was made for.
    package private(set) var build = ""
    /// What it was compiled by, in the compiler's own words.
    package private(set) var compiler = ""
    /// What it provides, each as `KIND NAME`.
    package private(set) var provides: [String] = []

    private init(folder: String) {
        self.folder = folder
    }

    /// What the plugin has to say of itself.
    package var manifest: PluginManifest { PluginManifest(name: name, version: version, interface: interface) }

    /// The path of the library.
    package var libraryPath: String { "\(folder)/\(library)" }

    /// Reads the manifest in a folder.
    ///
    /// - Parameters:
    ///   - folder: The plugin's.
    ///   - isComplete: Whether what `mudd plugins build` adds has to be there.
    /// - Returns: What it says.
    /// - Throws: `PluginFailure` in the name of the folder: all that is wrong, each with line and column.
    package static func read(in folder: String, isComplete: Bool = true) throws(PluginFailure) -> PluginFile {
        let name = folder.split(separator: "/").last.map(String.init) ?? folder
        let octets: [UInt8]
        do throws(FileFailure) {
            octets = try readFile("\(folder)/\(fileName)", limit: longest)
        } catch {
            throw PluginFailure(plugin: name, reason: "\(fileName) cannot be read: \(error.reason)")
        }
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw PluginFailure(plugin: name, reason: "\(fileName) is not UTF-8 text")
        }
        return try parse(text, folder: folder, named: name, isComplete: isComplete)
    }

    static func parse(_ text: String, folder: String, named name: String, isComplete: Bool)
        throws(PluginFailure) -> PluginFile
    {
        var reader = PluginFileReader(file: PluginFile(folder: folder))
        do {
            guard let root = try Yams.compose(yaml: text) else {
                throw PluginFailure(plugin: name, reason: "\(fileName) is empty")
            }
            reader.read(root)
        } catch let failure as PluginFailure {
            throw failure
        } catch {
            let (mark, problem) = yamlProblem(error)
            reader.complain(mark, problem)
        }
        if reader.problems.isEmpty {
            let added = isComplete ? ["interface", "library", "build"] : []
            for key in ["name", "version", "provides"] + added where !reader.found.contains(key) {
                reader.complain(nil, "\(key) is missing")
            }
        }
        if !reader.problems.isEmpty {
            throw PluginFailure(plugin: name, reason: reader.problems.joined(separator: "; "))
        }
        return reader.file
    }

    /// Sets a value from its text.
    ///
    /// - Returns: What was expected instead, or nil when the text fits.
    fileprivate mutating func set(_ key: String, to text: String) -> String? {
        switch key {
        case "name":
            if !PluginManifest.isName(text) { return "lower-case letters, digits and hyphens" }
            name = text
        case "version":
            if text.isEmpty || text.utf8.count > 64 || text.contains(where: \.isNewline) { return "a short text" }
            version = text
        case "interface":
            guard let number = Int(text), number >= 0 else { return "a whole number" }
            interface = number
        case "library":
            guard !text.isEmpty, !text.contains("/"), !text.utf8.contains(0), text != ".." else {
                return "the name of a file beside this one"
            }
            library = text
        case "build":
            let isDigits = text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
            if !isDigits || !(8...128).contains(text.utf8.count) { return "8 to 128 hexadecimal digits" }
            build = text
        default:
            compiler = text
        }
        return nil
    }

    /// The text of the manifest with all that the author's lacks.
    package func completed(library: String, build: String, compiler: String) -> String {
        func quoted(_ text: String) -> String {
            let escaped = text.map { $0 == "\\" || $0 == "\"" ? "\\\($0)" : "\($0)" }.joined()
            return "\"\(escaped)\""
        }
        var lines = ["# Made by mudd plugins build.", "name: \(name)", "version: \(quoted(version))"]
        lines += [
            "interface: \(PluginManifest.currentInterface)", "library: \(quoted(library))", "build: \(quoted(build))",
        ]
        lines += ["compiler: \(quoted(compiler))", provides.isEmpty ? "provides: []" : "provides:"]
        lines += provides.map { "  - \(quoted($0))" }
        return lines.joined(separator: "\n") + "\n"
    }

    fileprivate mutating func setProvided(_ list: [String]) { provides = list }
}

private struct PluginFileReader {
    static let keys = ["name", "version", "interface", "library", "build", "compiler", "provides"]

    var file: PluginFile
    var problems: [String] = []
    var found: Set<String> = []

    mutating func read(_ root: Node) {
        guard case .mapping(let mapping) = root else { return complain(root.mark, "expected keys and values") }
        for (key, value) in mapping {
            let name = key.string ?? "?"
            guard Self.keys.contains(name) else {
                let near = Spelling.nearest(to: name, among: Self.keys)
                complain(key.mark, "unknown key “\(name)”" + (near.map { "; did you mean \($0)?" } ?? ""))
                continue
            }
            found.insert(name)
            if name == "provides" { readProvided(value) } else { read(value, of: name) }
        }
    }

    private mutating func read(_ value: Node, of key: String) {
        guard case .scalar(let scalar) = value else { return complain(value.mark, "\(key): expected one value") }
        if let expectation = file.set(key, to: scalar.string) {
            complain(value.mark, "\(key): expected \(expectation), not “\(scalar.string)”")
        }
    }

    private mutating func readProvided(_ value: Node) {
        guard case .sequence(let sequence) = value else {
            return complain(value.mark, "provides: expected a list such as [service roses, verb smell]")
        }
        var list: [String] = []
        for item in sequence {
            let words = item.string?.split(separator: " ", omittingEmptySubsequences: false) ?? []
            guard words.count == 2, words.allSatisfy({ !$0.isEmpty }), let text = item.string else {
                complain(item.mark, "provides: expected a kind and a name, such as service roses")
                continue
            }
            list.append(text)
        }
        file.setProvided(list)
    }

    mutating func complain(_ mark: Mark?, _ problem: String) {
        let place = mark.map { ":\($0.line):\($0.column)" } ?? ""
        problems.append("\(PluginFile.fileName)\(place): \(problem)")
    }
}
