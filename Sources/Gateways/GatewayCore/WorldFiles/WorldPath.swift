package import WorldModel

/// The place of one of the world's own files: names from the folder of the world downwards.
///
/// A name begins with a letter or digit of ASCII, and otherwise is of those, dots, hyphens and low lines: so there is neither
/// `..` nor a slash in it, and nothing that begins with a dot, which the server keeps for itself.
///
/// - Limits: ``nameLimit``, ``depthLimit``.
/// - SeeAlso: `GatewayCoreTests/WorldPathTests`.
package struct WorldPath: Hashable, Sendable {
    /// Characters of one name.
    package static let nameLimit = 64
    /// Names in one path; `languages/zh/areas/mill.yaml` has four.
    package static let depthLimit = 8

    package let names: [String]

    /// Takes names; nil when one of them can be none, or they are too many.
    package init?(_ names: [String]) {
        guard names.count <= Self.depthLimit, names.allSatisfy(Self.isName) else { return nil }
        self.names = names
    }

    /// The names with slashes: `areas/mill.yaml`.
    package var text: String { names.joined(separator: "/") }

    package var name: String { names.last ?? "" }

    /// Whether it is a file that the server reads: YAML or Markdown.
    package var isContent: Bool { [".yaml", ".yml", ".md"].contains { name.hasSuffix($0) && name.count > $0.count } }

    /// Who may change it at least; what in it they may change is decided thing by thing.
    ///
    /// Builders have the areas, the pages of help and what both are in other languages; what the whole world is like, and the
    /// words of the game itself, are for administrators.
    package var leastRole: Role {
        let parts = names.first == "languages" ? Array(names.dropFirst(2)) : names
        return parts.count == 2 && ["areas", "help"].contains(parts[0]) ? .builder : .admin
    }

    package static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, isWord(first), name.utf8.count <= nameLimit else { return false }
        return name.utf8.allSatisfy {
            isWord($0) || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_")].contains($0)
        }
    }

    private static func isWord(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
