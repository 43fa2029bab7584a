import ArgumentParser
import Basics
import DaemonCore
import PluginCore
import ServiceCore
import Transports

/// The section `services` of a configuration, turned into services.
///
/// The options of a service are those of its subcommand, and are read by the same parser.
struct ServiceSection {
    private let makers: [any ServiceMaker.Type]
    private var problems: [(isFromFile: Bool, text: String)] = []

    /// Adds all services of the section below `root`; nothing is opened or changed.
    ///
    /// - Throws: `DaemonFailure` with a line for each thing that is wrong.
    static func arrange(
        _ entries: [ServiceEntry], in root: ServiceNode, _ context: ServiceContext
    ) throws(DaemonFailure) {
        var section = ServiceSection(makers: Mudd.registry.serviceMakers)
        section.checkOrder(entries)
        for entry in entries { section.arrange(entry, in: root, context) }
        guard let first = section.problems.first else { return }
        throw DaemonFailure(
            first.isFromFile ? .configuration : .usage, section.problems.map(\.text).joined(separator: "\n"))
    }

    /// Whether the section of a configuration that was read anew can, and need, be looked at while a daemon runs.
    static func mustBeValidated(_ new: Configuration, in daemon: Daemon) -> Bool {
        guard new.services != daemon.configuration.services else { return false }
        // Certificates are read before the daemon enters its root and run folder, and are not to be found from there.
        return !daemon.hasMoved
            || !new.services.contains { $0.options.contains { $0.values.contains { $0.contains("tls") } } }
    }

    private init(makers: [any ServiceMaker.Type]) {
        self.makers = makers
    }

    private mutating func complain(_ entry: ServiceEntry, _ key: String, value: Int? = nil, _ problem: String) {
        let origin = entry.origin(of: key, value: value)
        problems.append((!origin.hasPrefix("--"), "\(origin): \(entry.path(key)): \(problem)"))
    }

    /// Looks for services that wait for what is not there, or for each other.
    private mutating func checkOrder(_ entries: [ServiceEntry]) {
        let names = entries.map(\.name)
        for entry in entries {
            for name in entry.after where !names.contains(name) {
                let near = Spelling.nearest(to: name, among: names)
                complain(
                    entry, "after", "there is no service “\(name)”" + (near.map { "; did you mean \($0)?" } ?? ""))
            }
        }
        var rest = entries
        while let free = rest.firstIndex(where: { entry in
            !rest.contains { entry.after.contains($0.name) }
        }) {
            rest.remove(at: free)
        }
        if let first = rest.first {
            complain(first, "after", "services wait for each other: " + rest.map(\.name).joined(separator: ", "))
        }
    }

    private mutating func arrange(_ entry: ServiceEntry, in root: ServiceNode, _ context: ServiceContext) {
        guard let maker = makers.first(where: { $0.name == entry.kind }) else {
            let names = makers.map { $0.name }
            let near = Spelling.nearest(to: entry.kind, among: names)
            let hint = near.map { "; did you mean \($0)?" } ?? "; there are \(names.joined(separator: ", "))"
            return complain(entry, "kind", "there is no kind of service called “\(entry.kind)”\(hint)")
        }
        do {
            let node = try root.add(entry.name, after: entry.after, policy: entry.policy)
            addServices(entry, maker, to: node, context)
        } catch {
            complain(entry, "", "\(error.cause)")
        }
    }

    private mutating func addServices<Maker: ServiceMaker>(
        _ entry: ServiceEntry, _: Maker.Type, to node: ServiceNode, _ context: ServiceContext
    ) {
        let table = OptionTable(Maker.Options.self)
        let count = problems.count
        let words = words(of: entry, table)
        if problems.count > count { return }
        let options: Maker.Options
        do {
            options = try Maker.Options.parse(words)
        } catch {
            let message = Maker.Options.message(for: error)
            return complain(entry, Self.key(in: message, entry, table), message)
        }
        do {
            try Maker.addServices(to: node, options, context)
        } catch let failure as EndpointFailure {
            // A wrapper tells of what is inside.
            for option in entry.options {
                guard let value = option.values.firstIndex(where: { $0.hasSuffix(failure.text) }) else { continue }
                return complain(entry, "options.\(option.name)", value: value, "\(failure)")
            }
            complain(entry, "", "\(failure)")
        } catch let failure as ServiceFailure {
            complain(entry, "", "\(failure)")
        } catch {
            let message = Maker.Options.message(for: error)
            complain(entry, Self.key(in: message, entry, table), message)
        }
    }

    /// The options as a command line has them.
    private mutating func words(of entry: ServiceEntry, _ table: OptionTable) -> [String] {
        var words: [String] = []
        var arguments: [String: [String]] = [:]
        for option in entry.options {
            let key = "options.\(option.name)"
            guard let row = table.row(option.name) else {
                let near = Spelling.nearest(to: option.name, among: table.keys)
                let hint = near.map { "; did you mean \($0)?" } ?? Self.list(table.keys)
                complain(entry, key, "\(entry.kind) has no such option\(hint)")
                continue
            }
            if row.isFlag {
                guard option.values.count == 1, let isOn = FlagText.read(option.values[0]) else {
                    complain(entry, key, "expected yes or no, not “\(option.values.joined(separator: ", "))”")
                    continue
                }
                if isOn { words.append("--\(option.name)") }
                if !isOn, table.row("no-\(option.name)") != nil { words.append("--no-\(option.name)") }
            } else if option.values.count > 1, !row.isRepeating {
                complain(entry, key, "expected one value, not a list")
            } else if row.isArgument {
                arguments[option.name] = option.values
            } else {
                words += option.values.map { "--\(option.name)=\($0)" }
            }
        }
        // In the order in which the parser takes them, and so that none is taken for an option.
        let ordered = table.rows.filter(\.isArgument).flatMap { row in row.keys.flatMap { arguments[$0] ?? [] } }
        return ordered.isEmpty ? words : words + ["--"] + ordered
    }

    private static func list(_ keys: [String]) -> String {
        keys.isEmpty ? "" : "; it has " + keys.joined(separator: ", ")
    }

    /// The key of the option that a message of the parser speaks of, if it stands in the file.
    private static func key(in message: String, _ entry: ServiceEntry, _ table: OptionTable) -> String {
        let named = entry.options.filter { option in
            guard let place = message.firstRange(of: "--\(option.name)") else { return false }
            let next = message[place.upperBound...].unicodeScalars.first
            return next.map { $0 != "-" && !$0.properties.isAlphabetic } ?? true
        }
        return named.first.map { "options.\($0.name)" } ?? ""
    }
}
