import Basics
import FileAccess
import Yams

extension Configuration {
    /// The longest configuration file that is read, in octets.
    private static let longestFile = 1 << 20

    /// Overlays the values of a file.
    ///
    /// - Throws: ``DaemonFailure`` with one `FILE:LINE:COL: message` line for each thing wrong.
    package mutating func overlay(file path: String, shownAs name: String? = nil) throws(DaemonFailure) {
        var configuration = self
        if let failure = try configuration.overlayAsFarAsPossible(file: path, shownAs: name) { throw failure }
        self = configuration
    }

    /// Overlays those values of a file that fit.
    ///
    /// - Returns: What does not fit, with one `FILE:LINE:COL: message` line for each thing; nil when all does.
    /// - Throws: ``DaemonFailure`` when the file cannot be read, or is no YAML; then nothing is overlaid.
    mutating func overlayAsFarAsPossible(
        file path: String, shownAs name: String? = nil
    ) throws(DaemonFailure) -> DaemonFailure? {
        let name = name ?? path
        let octets: [UInt8]
        do throws(FileFailure) {
            octets = try readFile(path, limit: Self.longestFile)
        } catch {
            throw DaemonFailure(
                ExitStatus(ofFile: error.code, otherwise: .configuration),
                "The configuration \(name) cannot be read: \(error.reason).")
        }
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw DaemonFailure(.configuration, "\(name):1:1: this is not UTF-8 text")
        }
        return try overlayAsFarAsPossible(text: text, file: name)
    }

    /// Overlays the values of a file's text; `file` is its name in messages.
    package mutating func overlay(text: String, file: String) throws(DaemonFailure) {
        var configuration = self
        if let failure = try configuration.overlayAsFarAsPossible(text: text, file: file) { throw failure }
        self = configuration
    }

    private mutating func overlayAsFarAsPossible(text: String, file: String) throws(DaemonFailure) -> DaemonFailure? {
        var reader = ConfigurationReader(file: file, configuration: self)
        do {
            if let root = try Yams.compose(yaml: text) { reader.read(root, at: "") }
        } catch {
            // What comes behind the place is lost, so nothing can be said of the rest.
            reader.complain(about: error)
            throw DaemonFailure(.configuration, reader.problems.joined(separator: "\n"))
        }
        self = reader.configuration
        if reader.problems.isEmpty { return nil }
        return DaemonFailure(.configuration, reader.problems.joined(separator: "\n"))
    }
}

/// Walks a YAML document and fills a configuration, gathering everything that is wrong.
private struct ConfigurationReader {
    let file: String
    var configuration: Configuration
    var problems: [String] = []

    /// Reads the value at a path; an empty value leaves what is below it as it was.
    mutating func read(_ node: Node, at path: String) {
        if let key = ConfigurationKey.all.first(where: { $0.path == path }) {
            return readValue(node, of: key)
        }
        if path == "services" { return readServices(node) }
        if isEmpty(node) { return }
        guard case .mapping(let mapping) = node else {
            return complain(node.mark, path.isEmpty ? "expected keys and values" : "\(path): expected keys below it")
        }
        for (name, value) in mapping {
            let inner = (path.isEmpty ? "" : path + ".") + (name.string ?? "?")
            if ConfigurationKey.all.contains(where: { $0.path == inner || $0.path.hasPrefix(inner + ".") })
                || inner == "services"
            {
                read(value, at: inner)
            } else {
                complain(name.mark, ConfigurationKey.unknown(inner))
            }
        }
    }

    private mutating func readValue(_ node: Node, of key: ConfigurationKey) {
        guard let text = text(of: node, key) else {
            return complain(node.mark, "\(key.path): expected one value")
        }
        if let expectation = key.read(text, into: &configuration) {
            return complain(node.mark, "\(key.path): expected \(expectation), not \(key.shown(text))")
        }
        configuration.origins[key.path] = place(node.mark)
    }

    // MARK: Services

    private mutating func readServices(_ node: Node) {
        if isEmpty(node) { return }
        guard case .mapping(let mapping) = node else {
            return complain(node.mark, "services: expected names of services, and keys below each")
        }
        for (key, value) in mapping {
            let name = key.string ?? "?"
            guard ServiceEntry.isName(name) else {
                complain(key.mark, "services: “\(name)” is no name: lower-case letters, digits and hyphens")
                continue
            }
            configuration.addService(name, at: place(key.mark))
            if isEmpty(value) { continue }
            guard case .mapping(let fields) = value else {
                complain(value.mark, "services.\(name): expected keys below it")
                continue
            }
            for (field, content) in fields {
                if field.string == "options" {
                    readOptions(content, of: name)
                } else {
                    readField(content, "services.\(name).\(field.string ?? "?")", at: field.mark)
                }
            }
        }
    }

    private mutating func readOptions(_ node: Node, of name: String) {
        if isEmpty(node) { return }
        guard case .mapping(let options) = node else {
            return complain(node.mark, "services.\(name).options: expected keys below it")
        }
        for (option, content) in options {
            readField(content, "services.\(name).options.\(option.string ?? "?")", at: option.mark)
        }
    }

    /// A value, or a list of them.
    private mutating func readField(_ node: Node, _ path: String, at mark: Mark?) {
        var texts: [String] = []
        var places: [String] = []
        switch node {
        case .scalar(let scalar): texts = [scalar.string]
        case .sequence(let sequence):
            for item in sequence {
                guard let text = item.string else { return complain(item.mark, "\(path): expected one value") }
                texts.append(text)
                places.append(place(item.mark))
            }
        default: return complain(node.mark, "\(path): expected one value, or a list")
        }
        if let problem = configuration.setService(path, to: texts, at: place(node.mark), places) {
            complain(problem.hasPrefix("unknown") ? mark : node.mark, problem)
        }
    }

    private func isEmpty(_ node: Node) -> Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.string.isEmpty || scalar.string == "~"
    }

    /// The text of a value; of a list, where there may be one, all its parts.
    private func text(of node: Node, _ key: ConfigurationKey) -> String? {
        switch node {
        case .scalar(let scalar): return scalar.string
        case .sequence(let sequence):
            guard case .checkers = key.field else { return nil }
            let parts = sequence.map(\.scalar?.string)
            return parts.contains(nil)
                ? nil : parts.compactMap(\.self).map(CheckerList.protected).joined(separator: " ")
        default: return nil
        }
    }

    private func place(_ mark: Mark?) -> String { "\(file):\(mark?.line ?? 1):\(mark?.column ?? 1)" }

    private mutating func complain(_ mark: Mark?, _ message: String) {
        problems.append("\(place(mark)): \(message)")
    }

    mutating func complain(about error: any Error) {
        let (mark, problem) = yamlProblem(error)
        complain(mark, problem)
    }
}
