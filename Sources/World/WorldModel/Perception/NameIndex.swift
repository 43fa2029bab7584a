/// The contents of one large container by the words that name them, so that naming one does not look at all.
///
/// It is made when somebody first names something in the container, and kept with every change from then on.
///
/// - Complexity: finding is O(log words + candidates); adding and removing are O(words of the thing · log *n*), and a move of
///   the rest of an array.
final class NameIndex {
    /// Containers of fewer things are searched one by one.
    static let smallest = 48

    /// By every word that names them, in the order of arrival.
    private var byWord: [String: [Thing]] = [:]
    /// By their nouns, of which a beginning is enough.
    private var byNoun: [String: [Thing]] = [:]
    /// The keys of ``byNoun``, sorted; nil after a new one came.
    private var nouns: [String]?
    /// What may hold further things; in the order of arrival.
    private var holders: [Thing] = []
    /// What came, or whose names changed, since the last question.
    private var pending: [Thing] = []

    init(_ contents: [Thing]) {
        pending = contents
    }

    /// Counts a thing from the next question on.
    func add(_ thing: Thing) { pending.append(thing) }

    /// Forgets a thing, before its names or its place in the order change.
    func remove(_ thing: Thing) {
        if let place = pending.lastIndex(where: { $0 === thing }) {
            pending.remove(at: place)
            return
        }
        for word in Self.words(of: thing) { Self.strike(thing, from: &byWord, at: word) }
        for noun in thing.words.nouns where Self.strike(thing, from: &byNoun, at: noun) { nouns = nil }
        Self.strike(thing, from: &holders)
    }

    /// What words may name, the last being a noun or the beginning of one, and everything that holds something: the first so
    /// many, in order of arrival.
    ///
    /// Of what has the noun and of what has one of the other words the fewer are taken: `golden` leaves few of a
    /// thousand lamps. What holds something leaves most of them to what the words name.
    func candidates(for words: [String], atMost limit: Int) -> [Thing] {
        settle()
        guard let noun = words.last else { return [] }
        var named = byWord[noun] ?? []
        if noun.utf8.count > 1 {
            for other in beginning(with: noun) where other != noun {
                if let list = byNoun[other] { named = Self.merged(named, list, limit) }
            }
        }
        for word in words.dropLast() {
            if let list = byWord[word], list.count < named.count { named = list }
        }
        let most = max(limit - named.count, limit / 4)
        return Self.merged(Array(holders.lazy.filter { !$0.contents.isEmpty }.prefix(most)), named, limit)
    }

    /// Whether it knows each of the things by all their words, and no other.
    func knows(_ contents: [Thing]) -> Bool {
        settle()
        let all = Set(contents)
        let lists = Array(byWord.values) + Array(byNoun.values) + [holders]
        return lists.allSatisfy { $0.allSatisfy(all.contains) }
            && contents.allSatisfy { thing in
                Self.words(of: thing).allSatisfy { Self.contains(thing, byWord[$0] ?? []) }
                    && thing.words.nouns.allSatisfy { Self.contains(thing, byNoun[$0] ?? []) }
                    && Self.contains(thing, holders) == thing.hasAny(of: .holding)
            }
    }

    /// Both lists in the order of arrival, what is in both once.
    private static func merged(_ left: [Thing], _ right: [Thing], _ limit: Int) -> [Thing] {
        if left.isEmpty { return right.count > limit ? Array(right[..<limit]) : right }
        var merged: [Thing] = []
        merged.reserveCapacity(min(left.count + right.count, limit))
        var (first, second) = (0, 0)
        while first < left.count, second < right.count, merged.count < limit {
            let (one, other) = (left[first], right[second])
            if one === other {
                second += 1
            } else if one.arrival < other.arrival {
                merged.append(one)
                first += 1
            } else {
                merged.append(other)
                second += 1
            }
        }
        merged += left[first...].prefix(limit - merged.count)
        merged += right[second...].prefix(limit - merged.count)
        return merged
    }

    private func beginning(with word: String) -> ArraySlice<String> {
        let nouns = sortedNouns
        var (low, high) = (0, nouns.count)
        while low < high {
            let middle = (low + high) / 2
            if nouns[middle] < word { low = middle + 1 } else { high = middle }
        }
        var end = low
        while end < nouns.count, nouns[end].hasPrefix(word) { end += 1 }
        return nouns[low..<end]
    }

    private var sortedNouns: [String] {
        if let nouns { return nouns }
        let made = byNoun.keys.sorted()
        nouns = made
        return made
    }

    private func settle() {
        if pending.isEmpty { return }
        for thing in pending {
            for word in Self.words(of: thing) {
                Self.insert(thing, into: &byWord[word, default: []])
            }
            for noun in thing.words.nouns {
                if byNoun[noun] == nil { nouns = nil }
                Self.insert(thing, into: &byNoun[noun, default: []])
            }
            if thing.hasAny(of: .holding) { Self.insert(thing, into: &holders) }
        }
        pending = []
    }

    private static func words(of thing: Thing) -> Set<String> {
        let names = thing.words
        return Set(names.nouns + names.plurals + names.adjectives + [names.fullName])
    }

    private static func insert(_ thing: Thing, into list: inout [Thing]) {
        if !contains(thing, list) { list.insert(thing, at: place(of: thing, in: list)) }
    }

    private static func contains(_ thing: Thing, _ list: [Thing]) -> Bool {
        let place = place(of: thing, in: list)
        return place < list.count && list[place] === thing
    }

    /// - Returns: Whether nothing is left at the word.
    @discardableResult
    private static func strike(_ thing: Thing, from lists: inout [String: [Thing]], at word: String) -> Bool {
        strike(thing, from: &lists[word, default: []])
        guard lists[word]?.isEmpty == true else { return false }
        lists[word] = nil
        return true
    }

    private static func strike(_ thing: Thing, from list: inout [Thing]) {
        let place = place(of: thing, in: list)
        if place < list.count, list[place] === thing { list.remove(at: place) }
    }

    /// Where a thing is in the order of arrival, or would be.
    private static func place(of thing: Thing, in list: [Thing]) -> Int {
        // Nearly always the newest goes last.
        if let last = list.last, last.arrival < thing.arrival { return list.count }
        var (low, high) = (0, list.count)
        while low < high {
            let middle = (low + high) / 2
            if list[middle].arrival < thing.arrival { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Thing {
    /// What of its contents words may name or hide, if there is an index of them; nil when all have to be looked at.
    func candidates(for words: [String], atMost limit: Int) -> [Thing]? {
        if contents.count < NameIndex.smallest {
            nameIndex = nil
            return nil
        }
        if let known = nameIndex { return known.candidates(for: words, atMost: limit) }
        let made = NameIndex(contents)
        nameIndex = made
        return made.candidates(for: words, atMost: limit)
    }
}
