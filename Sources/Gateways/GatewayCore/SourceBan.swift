package import Basics
package import Transports
package import WorldLanguage
package import WorldModel

/// Addresses from which nobody is let in, at whatever door, as the world keeps it.
///
/// ```text
///   stored    [network, until when, who decided it, since when, why]
/// ```
///
/// - Isolation: none; a value type.
package struct SourceBan: Equatable, Sendable, PropertyContent {
    /// Bans at most.
    package static let most = 1000
    /// The longest that has an end, in seconds: ten years.
    package static let longest = 10 * 365 * 86_400
    /// Octets of a reason at most.
    package static let longestReason = 300
    /// Bits that a network has at least, so that no slip shuts half the world out.
    package static let leastBits = (ipv4: 8, ipv6: 16)

    /// Who decides one.
    package enum Author {
        /// An administrator in play, with where from.
        case character(Thing, origin: String)
        /// A user of the machine, by `mud-admin`.
        case user(UInt32)
    }

    /// The addresses it is about.
    package let network: AddressPrefix
    /// When it ends; nil is not by itself.
    package let end: WallInstant?
    /// Who decided it.
    package let moderator: String
    package let time: WallInstant
    /// What those read who are kept out; may be empty.
    package let reason: String

    init(_ network: AddressPrefix, until end: WallInstant?, by moderator: String, at time: WallInstant, reason: String)
    {
        (self.network, self.end, self.moderator, self.time, self.reason) = (network, end, moderator, time, reason)
    }

    /// Whether it still counts at a time.
    func counts(at now: WallInstant) -> Bool { end.map { $0 > now } ?? true }

    /// Whether a peer's address is one of those; never that of a Unix socket.
    func covers(_ source: String) -> Bool { Self.address(source).map(network.contains) ?? false }

    private static func address(_ source: String) -> SocketAddress? {
        if let host = IPv4Host(source) { return .ipv4(host, port: 0) }
        return IPv6Host(source).map { .ipv6($0, port: 0) }
    }

    /// The network as people write it: a single address without its length.
    package var title: String { Self.title(of: network) }

    static func title(of network: AddressPrefix) -> String {
        let text = network.description
        let isSingle = network.length == (network.isIPv6 ? 128 : 32)
        return isSingle ? String(text.prefix { $0 != "/" }) : text
    }

    /// What those read who are kept out.
    package var sentence: Sentence {
        reason.isEmpty
            ? "Nobody is let in from where you are." : "Nobody is let in from where you are: \(plain: reason)"
    }

    /// What the audit trail says of it.
    var deed: String {
        let term = end.map { " until \($0)" } ?? ""
        return "ban" + term + (reason.isEmpty ? "" : ": \(reason)")
    }

    // MARK: Reading

    /// Reads what somebody typed: an address, a network as `192.0.2.0/24`, or one of IPv4 as `192.0.2.*`.
    ///
    /// - Throws: ``SourceBanFailure`` when it is none, or too large.
    static func network(_ text: String) throws(SourceBanFailure) -> AddressPrefix {
        let network: AddressPrefix
        do throws(AddressPrefixFailure) {
            network = try AddressPrefix(withoutStars(text))
        } catch {
            if case .bitsBeyondLength(let suggestion) = error.kind { throw .bitsBeyondLength(suggestion) }
            throw .noNetwork(text)
        }
        let least = network.isIPv6 ? leastBits.ipv6 : leastBits.ipv4
        guard network.length >= least else { throw .tooLarge(least) }
        return network
    }

    /// `192.0.*` and `192.0.*.*` as `192.0.0.0/16`; what has no such ending stays as it is.
    private static func withoutStars(_ text: String) -> String {
        var parts = text.split(separator: ".", maxSplits: 4, omittingEmptySubsequences: false)
        guard text.utf8.count <= 15, parts.last == "*" else { return text }
        while parts.last == "*" { parts.removeLast() }
        guard (1...3).contains(parts.count) else { return text }
        let zeros = Array(repeating: Substring("0"), count: 4 - parts.count)
        return (parts + zeros).joined(separator: ".") + "/\(8 * parts.count)"
    }

    // MARK: Keeping

    package init?(_ value: Value) {
        guard case .list(let parts) = value, parts.count == 5,
            let network = String(parts[0]).flatMap({ try? AddressPrefix($0) }), let end = Int(parts[1]),
            let moderator = String(parts[2]), let time = Int(parts[3]), let reason = String(parts[4])
        else { return nil }
        self.init(
            network, until: end == 0 ? nil : WallInstant(milliseconds: Int64(end)), by: moderator,
            at: WallInstant(milliseconds: Int64(time)), reason: reason)
    }

    package var value: Value {
        .list([
            .text(network.description), .int(end?.milliseconds ?? 0), .text(moderator), .int(time.milliseconds),
            .text(reason),
        ])
    }
}

extension Property where Content == [SourceBan] {
    /// Of the world's own thing: from where nobody is let in, the latest last.
    static var sourceBans: Self { Self(.sourceBans, []) }
}

/// Why addresses were not banned, or let in again.
package enum SourceBanFailure: Error, Equatable {
    case noNetwork(String)
    /// With the network that may have been meant.
    case bitsBeyondLength(String)
    /// With the bits that are needed.
    case tooLarge(Int)
    case reasonTooLong
    case tooMany
    /// Whoever decides it is connected from there.
    case own
    /// Somebody is connected from there who has as much to say; with their name.
    case powerful(String)
    case notBanned(String)
    /// The world takes no change.
    case notKept

    /// The same for people.
    package var sentence: Sentence {
        switch self {
        case .noNetwork(let text):
            """
            "\(plain: text)" is no address; write \(command: "192.0.2.7"), \(command: "192.0.2.0/24") or \
            \(command: "2001:db8::/48").
            """
        case .bitsBeyondLength(let network): "There are bits set beyond the length; is it \(command: network)?"
        case .tooLarge(let bits):
            "That would keep out too many: a network has at least \(plain: String(bits)) bits here."
        case .reasonTooLong: "That is too long; please say it shorter."
        case .tooMany: "So many addresses are banned that no more can be."
        case .own: "You are connected from there yourself."
        case .powerful(let name): "\(plain: name) is connected from there, and has as much to say as you."
        case .notBanned(let text): "\(plain: text) is not banned."
        case .notKept: "That cannot be kept just now; nothing is changed."
        }
    }
}
