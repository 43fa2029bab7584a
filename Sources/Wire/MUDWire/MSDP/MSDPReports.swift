/// Which variables one client wants to be told, and what it was told last.
///
/// - Limits: ``MSDPLimits/names`` variables are reported; those beyond are not.
package struct MSDPReports: Hashable, Sendable {
    /// In the order in which they were asked for.
    package private(set) var reported: [String] = []
    private var told: [String: MSDPValue] = [:]

    private static let commands = ["LIST", "REPORT", "UNREPORT", "SEND", "RESET"]
    private static let lists = [
        "COMMANDS", "LISTS", "CONFIGURABLE_VARIABLES", "REPORTABLE_VARIABLES", "REPORTED_VARIABLES",
        "SENDABLE_VARIABLES",
    ]
    /// What clients may set; it is theirs to say, and changes nothing here.
    private static let configurable = ["CLIENT_NAME", "CLIENT_VERSION"]

    package init() {}

    /// Follows a command.
    ///
    /// - Parameters:
    ///   - command: From the client.
    ///   - facts: As they are now.
    /// - Returns: What to answer; empty for nothing.
    package mutating func receive(_ command: MSDPCommand, facts: MSDPFacts) -> [MSDPVariable] {
        switch command {
        case .list(let names):
            return names.compactMap { name in
                list(name, facts).map { MSDPVariable(name, .array($0.map { .text($0) })) }
            }
        case .report(let names):
            // Also those that have no value yet, before the login.
            for name in names where !reported.contains(name) && reported.count < MSDPLimits.names {
                reported.append(name)
            }
            let found = Self.variables(names, in: facts)
            for variable in found where reported.contains(variable.name) { told[variable.name] = variable.value }
            return found
        case .unreport(let names):
            reported.removeAll { names.contains($0) }
            for name in names { told[name] = nil }
            return []
        case .send(let names):
            return Self.variables(names, in: facts)
        case .reset(let names):
            if names.contains("REPORTED_VARIABLES") || names.contains("REPORTABLE_VARIABLES") { self = MSDPReports() }
            return []
        case .configure:
            return []
        }
    }

    /// The reported variables that have another value than the client was told; afterwards it was told.
    package mutating func changes(in facts: MSDPFacts) -> [MSDPVariable] {
        if reported.isEmpty { return [] }
        let changed = Self.variables(reported, in: facts).filter { told[$0.name] != $0.value }
        for variable in changed { told[variable.name] = variable.value }
        return changed
    }

    private func list(_ name: String, _ facts: MSDPFacts) -> [String]? {
        switch name {
        case "COMMANDS": Self.commands
        case "LISTS": Self.lists
        case "CONFIGURABLE_VARIABLES": Self.configurable
        case "REPORTABLE_VARIABLES", "SENDABLE_VARIABLES": facts.names
        case "REPORTED_VARIABLES": reported
        default: nil
        }
    }

    /// Those of these names that have a value, each once, in the order of the facts.
    private static func variables(_ names: [String], in facts: MSDPFacts) -> [MSDPVariable] {
        let names = Set(names)
        return facts.variables.filter { names.contains($0.name) }
    }
}
