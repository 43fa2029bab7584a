import Basics
import Transports

/// Counts connections by where they come from: an IPv4 address, or an IPv6 block of 64 bits.
///
/// - Limits: ``sourceLimit`` sources are remembered; when there are more, those without connections are forgotten.
struct IRCSourceTable {
    private struct Entry {
        var current = 0
        /// Connections since `since`.
        var recent = 0
        var since = MonotonicInstant.zero
    }

    /// Sources that are remembered; an entry has about 60 octets.
    static let sourceLimit = 65_536

    private var entries: [AddressPrefix: Entry] = [:]

    /// Sources that are remembered.
    var count: Int { entries.count }

    /// Why a newcomer may not connect; nil when it may.
    func refusal(of peer: SocketAddress, _ settings: IRCServerSettings, now: MonotonicInstant) -> String? {
        if settings.exemptsLoopback, peer.isOnThisMachine { return nil }
        guard let key = Self.key(of: peer), let entry = entries[key] else { return nil }
        if entry.current >= settings.connectionsPerSource { return "Too many connections from your address" }
        guard entry.since.duration(to: now) < settings.sourceWindow else { return nil }
        return entry.recent >= settings.newConnectionsPerSource ? "You are connecting too fast, try again later" : nil
    }

    mutating func enter(_ peer: SocketAddress, _ settings: IRCServerSettings, now: MonotonicInstant) {
        guard let key = Self.key(of: peer) else { return }
        if entries.count >= Self.sourceLimit { entries = entries.filter { $0.value.current > 0 } }
        var entry = entries[key] ?? Entry(since: now)
        if entry.since.duration(to: now) >= settings.sourceWindow { (entry.recent, entry.since) = (0, now) }
        entry.current += 1
        entry.recent += 1
        entries[key] = entry
    }

    mutating func leave(_ peer: SocketAddress) {
        guard let key = Self.key(of: peer), var entry = entries[key] else { return }
        entry.current -= 1
        entries[key] = entry
    }

    private static func key(of peer: SocketAddress) -> AddressPrefix? {
        AddressPrefix(of: peer, ipv4Length: 32, ipv6Length: 64)
    }
}
