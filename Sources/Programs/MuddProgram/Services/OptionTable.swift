import ArgumentParser
import FoundationEssentials

/// The options that a command line type takes, as the parser itself describes them.
struct OptionTable {
    /// One option, flag or argument.
    struct Row: Decodable {
        /// What stands before a name: `--name` is long.
        struct Name: Decodable {
            let kind: String
            let name: String
        }

        let kind: String
        let isRepeating: Bool
        let names: [Name]?
        let valueName: String?

        /// What it is called without hyphens; for an argument without a name, what its help calls it.
        var keys: [String] {
            if kind == "positional" { return [valueName].compactMap(\.self) }
            return (names ?? []).filter { $0.kind != "short" }.map(\.name)
        }

        var isFlag: Bool { kind == "flag" }
        var isArgument: Bool { kind == "positional" }
    }

    private struct Description: Decodable {
        struct Command: Decodable {
            let arguments: [Row]?
        }
        let command: Command
    }

    let rows: [Row]

    init(_ type: any ParsableArguments.Type) {
        let description = try? JSONDecoder().decode(Description.self, from: Data(type._dumpHelp().utf8))
        rows = (description?.command.arguments ?? []).filter { !$0.keys.contains("help") }
    }

    var keys: [String] { rows.flatMap(\.keys) }

    func row(_ key: String) -> Row? { rows.first { $0.keys.contains(key) } }
}
