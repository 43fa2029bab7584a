import Basics

/// What pairs of accounts have said to each other.
///
/// - Limits: as many pairs as ``init(limit:lines:budget:)`` is told; the one that was silent longest is forgotten.
struct IRCConversations {
    private struct Pair: Hashable {
        let first: String
        let second: String

        init(_ one: String, _ other: String) {
            (first, second) = one < other ? (one, other) : (other, one)
        }
    }

    private let limit: Int
    private let lines: Int
    private let budget: IRCHistoryBudget
    private var histories: [Pair: IRCHistory] = [:]

    /// Makes none; `lines` are kept of each.
    init(limit: Int, lines: Int, budget: IRCHistoryBudget) {
        (self.limit, self.lines, self.budget) = (max(1, limit), lines, budget)
    }

    func history(of one: String, with other: String) -> IRCHistory? { histories[Pair(one, other)] }

    mutating func add(_ entry: IRCHistory.Entry, between one: String, and other: String) {
        let pair = Pair(one, other)
        if let history = histories[pair] { return history.add(entry) }
        if histories.count >= limit { forgetOldest() }
        let history = IRCHistory(limit: lines, budget: budget)
        history.add(entry)
        histories[pair] = history
    }

    /// With whom somebody has spoken, and when last.
    func partners(of one: String) -> [(name: String, last: WallInstant)] {
        histories.compactMap { pair, history in
            guard pair.first == one || pair.second == one, let last = history.last else { return nil }
            return (pair.first == one ? pair.second : pair.first, last.time)
        }
    }

    private mutating func forgetOldest() {
        func last(_ history: IRCHistory) -> WallInstant { history.last?.time ?? WallInstant(milliseconds: 0) }
        let oldest = histories.min { last($0.value) < last($1.value) }
        if let oldest { histories[oldest.key] = nil }
    }
}
