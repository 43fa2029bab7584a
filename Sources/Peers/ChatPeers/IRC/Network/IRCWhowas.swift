import Basics
import IRCWire

/// Who was here under which nick, for WHOWAS: a ring of the latest.
///
/// - Limits: as many entries as it was made for; the oldest are forgotten.
/// - SeeAlso: `ChatPeersTests/IRCWhowasTests`.
struct IRCWhowas {
    /// Somebody as they were when they left the nick.
    struct Entry {
        let nick: IRCParameter
        let user: String
        let host: String
        let realName: IRCParameter
        let account: String?
        let leftAt: WallInstant
    }

    private let limit: Int
    private var entries: [(key: String, entry: Entry)] = []
    /// Where the next one goes once the ring is full.
    private var next = 0

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    mutating func add(_ entry: Entry, key: String) {
        if entries.count < limit {
            entries.append((key, entry))
        } else {
            entries[next] = (key, entry)
            next = (next + 1) % limit
        }
    }

    /// Those of a nick, the latest first, at most `count`.
    func entries(of key: String, atMost count: Int) -> [Entry] {
        var found: [Entry] = []
        for offset in entries.indices where found.count < count {
            // The latest stands right before the place of the next one.
            let place = (next + entries.count - 1 - offset) % entries.count
            if entries[place].key == key { found.append(entries[place].entry) }
        }
        return found
    }
}
