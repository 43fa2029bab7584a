import CredentialCore

/// The network a peer comes from, as whoever holds a whole one is one crowd: IPv4 by /24, IPv6 by /48.
///
/// Each local source is a network of its own, and so is what is no address.
struct SourceNetwork: Hashable {
    private let key: String

    /// Finds the network of a peer's address.
    init(_ source: String) {
        guard !Game.isLoopback(source) else {
            key = source
            return
        }
        let counted = GuessBudget.sourceKey(source)
        let parts = counted.split(separator: ".", omittingEmptySubsequences: false)
        if counted.hasSuffix("/64") {
            key = counted.split(separator: ":").prefix(6).joined(separator: ":") + "/48"
        } else if parts.count == 4, parts.allSatisfy({ UInt8($0) != nil }) {
            key = parts.prefix(3).joined(separator: ".") + "/24"
        } else {
            key = counted
        }
    }
}
