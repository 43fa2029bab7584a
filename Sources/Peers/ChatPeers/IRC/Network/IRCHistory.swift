import Basics
import IRCWire

/// What was said in one place, and when: the latest lines, for CHATHISTORY.
///
/// ```text
///   before(x)  …………|x     after(x)  x|…………     between(x, y)  x|…………|y     around(x)  ……x……
/// ```
///
/// A line is kept as it was encoded for its listeners, so that keeping it costs one reference.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: as many lines as it was made for; up to twice as many are held, so that forgetting is cheap. Octets: those of its
///   ``IRCHistoryBudget``.
/// - Source: IRCv3 `draft/chathistory`.
/// - SeeAlso: `ChatPeersTests/IRCHistoryTests`.
final class IRCHistory {
    /// Octets of a client's own tags that are kept with a line; a reply names the message it is for within 100.
    static let clientTagOctets = 512
    /// Octets that one request gets at most.
    static let octetsPerRequest = 512 << 10

    /// One line.
    struct Entry {
        let id: IRCMessageID
        let time: WallInstant
        let line: IRCLine
        /// Whether somebody said something; the others are events, such as JOIN.
        let isMessage: Bool
        /// The further lines of a multiline message, whose first is `line`.
        let rest: [IRCLine]
        /// A multiline message as one, for clients that take it so; empty for others.
        let batch: [IRCLine]
        /// About what it takes to keep it.
        let octetCount: Int

        init(id: IRCMessageID, line: IRCLine, isMessage: Bool, rest: [IRCLine] = [], batch: [IRCLine] = []) {
            (self.id, self.line, self.isMessage, self.rest, self.batch) = (id, line, isMessage, rest, batch)
            octetCount = (rest + batch).reduce(line.keptOctetCount) { $0 + $1.keptOctetCount }
            time = line.tags.time ?? WallInstant(milliseconds: 0)
        }

        /// The same without what only its first listeners needed.
        var kept: Entry {
            func kept(_ line: IRCLine) -> IRCLine { line.kept(clientTags: IRCHistory.clientTagOctets) }
            return Entry(id: id, line: kept(line), isMessage: isMessage, rest: rest.map(kept), batch: batch.map(kept))
        }

        /// The lines as somebody is sent them.
        func lines(for user: IRCUser) -> [IRCLine] {
            if !batch.isEmpty, user.has(.multiline), user.has(.batch) { return batch }
            return rest.isEmpty ? [line] : [line] + rest
        }
    }

    /// A moment that somebody asks about.
    enum Place: Equatable {
        case message(IRCMessageID)
        case time(WallInstant)
    }

    let limit: Int
    private let budget: IRCHistoryBudget
    private var entries: [Entry] = []
    /// What all that is held takes.
    private(set) var octetCount = 0

    init(limit: Int, budget: IRCHistoryBudget) {
        self.limit = max(0, limit)
        self.budget = budget
        budget.opened()
    }

    deinit { budget.closed(octetCount) }

    var isEmpty: Bool { entries.isEmpty }
    var last: Entry? { entries.last }

    /// Keeps a line that all its listeners have been sent.
    func add(_ entry: Entry) {
        if limit == 0 { return }
        let entry = entry.kept
        entries.append(entry)
        octetCount += entry.octetCount
        budget.spend(entry.octetCount)
        if entries.count >= 2 * limit { forget(entries.count - limit) }
        if octetCount > budget.share { forgetDown(to: budget.share / 4 * 3) }
    }

    private func forget(_ count: Int) {
        let octets = entries.prefix(count).reduce(0) { $0 + $1.octetCount }
        entries.removeFirst(count)
        octetCount -= octets
        budget.spend(-octets)
    }

    /// Forgets a good deal at once, so that it is seldom done; the latest line stays.
    private func forgetDown(to octets: Int) {
        var (count, left) = (0, octetCount)
        while left > octets, count < entries.count - 1 {
            left -= entries[count].octetCount
            count += 1
        }
        forget(count)
    }

    /// The lines that are still to be had.
    private var kept: ArraySlice<Entry> { entries.suffix(limit) }

    /// The index of the first line at or after a place, and of the first after it; ids and times ascend.
    private func bounds(of place: Place) -> (at: Int, after: Int) {
        switch place {
        case .message(let id): (firstIndex { $0.id >= id }, firstIndex { $0.id > id })
        case .time(let time): (firstIndex { $0.time >= time }, firstIndex { $0.time > time })
        }
    }

    /// The first index that satisfies what holds from some index on.
    private func firstIndex(where holds: (Entry) -> Bool) -> Int {
        var (low, high) = (kept.startIndex, kept.endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if holds(kept[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The last `count` lines before a place.
    func before(_ place: Place, _ count: Int, events: Bool) -> [Entry] {
        last(count, in: kept.startIndex..<bounds(of: place).at, events: events)
    }

    /// The first `count` lines after a place.
    func after(_ place: Place, _ count: Int, events: Bool) -> [Entry] {
        first(count, in: bounds(of: place).after..<kept.endIndex, events: events)
    }

    /// The latest `count` lines, of those after a place if one is given.
    func latest(after place: Place?, _ count: Int, events: Bool) -> [Entry] {
        last(count, in: (place.map { bounds(of: $0).after } ?? kept.startIndex)..<kept.endIndex, events: events)
    }

    /// Half of `count` lines before a place, the line there, and the others after it.
    func around(_ place: Place, _ count: Int, events: Bool) -> [Entry] {
        let middle = bounds(of: place).at
        let earlier = last(count / 2, in: kept.startIndex..<middle, events: events)
        return earlier + first(count - earlier.count, in: middle..<kept.endIndex, events: events)
    }

    /// Lines between two places: from the first one on when it is the earlier, else back from it.
    func between(_ from: Place, _ to: Place, _ count: Int, events: Bool) -> [Entry] {
        let (start, end) = (bounds(of: from), bounds(of: to))
        if start.after <= end.at { return first(count, in: start.after..<end.at, events: events) }
        guard end.after <= start.at else { return [] }
        return last(count, in: end.after..<start.at, events: events)
    }

    private func first(_ count: Int, in range: Range<Int>, events: Bool) -> [Entry] {
        pick(count, range, events: events)
    }

    private func last(_ count: Int, in range: Range<Int>, events: Bool) -> [Entry] {
        pick(count, range.reversed(), events: events).reversed()
    }

    /// Entries in the order of `indices`, as many as one request gets.
    private func pick(_ count: Int, _ indices: some Sequence<Int>, events: Bool) -> [Entry] {
        var (found, octets): ([Entry], Int) = ([], 0)
        for index in indices where events || entries[index].isMessage {
            octets += entries[index].octetCount
            if found.count >= count || octets > Self.octetsPerRequest && !found.isEmpty { break }
            found.append(entries[index])
        }
        return found
    }
}

/// What a message is called: a number that only grows, in 13 letters and digits.
///
/// ```text
///   0000001K9V3A7        Crockford's base 32, so that ids sort as they were given
/// ```
struct IRCMessageID: Hashable, Comparable {
    let number: UInt64

    private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let length = 13

    init(number: UInt64) {
        self.number = number
    }

    /// Reads one; nil for anything else.
    init?(_ text: String) {
        guard text.utf8.count == Self.length else { return nil }
        var number: UInt64 = 0
        for octet in text.utf8 {
            guard let value = Self.digits.firstIndex(of: octet) else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: 32)
            if overflow { return nil }
            number = product | UInt64(value)
        }
        self.number = number
    }

    /// Short enough to be held without an allocation.
    var text: String {
        String(unsafeUninitializedCapacity: Self.length) { buffer in
            var rest = number
            for place in (0..<Self.length).reversed() {
                buffer[place] = Self.digits[Int(rest & 31)]
                rest >>= 5
            }
            return Self.length
        }
    }

    static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}
