import Basics
import WorldModel

/// Reads what becomes of a thing when one that it names is destroyed, by the property in which it names it.
struct CascadeReader {
    let sink: DiagnosticSink

    /// Letters of a property's name at most.
    private static let longestName = 40

    func read(_ entries: [TextNode.Entry]) -> [String: String] {
        var cascades: [String: String] = [:]
        for entry in entries {
            let name = entry.key
            guard (1...Self.longestName).contains(name.utf8.count), name.utf8.allSatisfy(Self.isNamed) else {
                sink.error(entry.keyPosition, "\(name) cannot name a property; use letters, digits and hyphens")
                continue
            }
            if PropertyNames().known(name) != nil {
                sink.error(entry.keyPosition, "\(name) is a property of the game's own, whose cascade is fixed")
                continue
            }
            guard let word = Fields.text(entry.value, what: "cascade of \(name)", sink) else { continue }
            guard CascadeRule(rawValue: word) != nil else {
                let known = ["clear", "forbid", "destroy"]
                sink.error(
                    entry.value.position,
                    "cascade of \(name) must be clear, forbid or destroy, not \(word)\(sink.hint(for: word, among: known))"
                )
                continue
            }
            cascades[name] = word
        }
        return cascades
    }

    private static func isNamed(_ octet: UInt8) -> Bool {
        (0x61...0x7A).contains(octet | 0x20) || (0x30...0x39).contains(octet) || octet == 0x2D
    }
}
