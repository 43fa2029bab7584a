import Basics

/// Counts the accounts that are made, by where from: so many in a while, and no more until it is over.
///
/// - Isolation: none; a value type, time is a parameter.
/// - Limits: ``sourceLimit`` sources are remembered; when there are more, those whose time is over are forgotten, and no others are
///   let in.
/// - SeeAlso: `ChatPeersTests/IRCCreationMeterTests`.
struct IRCCreationMeter {
    private struct Entry {
        var count: Int
        let since: MonotonicInstant
    }

    /// Sources that are remembered; an entry has about 100 octets.
    static let sourceLimit = 16_384

    private let limit: Int
    private let window: Duration
    private var entries: [String: Entry] = [:]

    init(limit: Int, window: Duration) {
        (self.limit, self.window) = (limit, window)
    }

    /// Counts one.
    ///
    /// - Returns: False, and nothing is counted, when the source has made as many as it may.
    mutating func charge(_ source: String, now: MonotonicInstant) -> Bool {
        if entries.count >= Self.sourceLimit, entries[source] == nil {
            entries = entries.filter { $0.value.since.duration(to: now) < window }
            if entries.count >= Self.sourceLimit { return false }
        }
        var entry = Entry(count: 0, since: now)
        if let known = entries[source], known.since.duration(to: now) < window { entry = known }
        guard entry.count < limit else { return false }
        entry.count += 1
        entries[source] = entry
        return true
    }
}
