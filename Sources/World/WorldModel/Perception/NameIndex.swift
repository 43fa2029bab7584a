/// The contents of one large container by the words that name them, so that naming one does not look at all.
///
/// It is made when somebody first names something in the container, and kept with every change from then on.
///
/// - Complexity: finding is O(log words + candidates); adding and removing are O(words of the thing · log *n*), and a move of
///   the rest of an array.
final class NameIndex {
    /// Containers of fewer things are searched one by one.
    static let smallest = 48

    /// In the order of arrival.
    private var byWord: [String: [Thing]] = [:]
    /// The keys of ``byWord``, sorted, for finding by a beginning; nil after a new word came.
    private var words: [String]?
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
        for word in Self.words(of: thing) {
            Self.strike(thing, from: &byWord[word, default: []])
            if byWord[word]?.isEmpty == true {
                byWord[word] = nil
                words = nil
            }
        }
        Self.strike(thing, from: &holders)
    }

    /// Everything of which the last of the words may be a name or the beginning of one, and everything that may hold
    /// such a thing, in order of arrival.
    func candidates(for word: String) -> [Thing] {
        settle()
        var lists: [[Thing]] = holders.isEmpty ? [] : [holders]
        if word.utf8.count < 2 {
            if let exact = byWord[word] { lists.append(exact) }
        } else {
            for known in beginning(with: word) {
                if let list = byWord[known] { lists.append(list) }
            }
        }
        guard lists.count > 1 else { return lists.first ?? [] }
        var merged = lists.joined().sorted { $0.arrival < $1.arrival }
        var last: Thing?
        merged.removeAll { thing in
            defer { last = thing }
            return thing === last
        }
        return merged
    }

    /// Every word that names something here.
    var vocabulary: [String] {
        settle()
        return sortedWords
    }

    private func beginning(with word: String) -> ArraySlice<String> {
        let words = sortedWords
        var (low, high) = (0, words.count)
        while low < high {
            let middle = (low + high) / 2
            if words[middle] < word { low = middle + 1 } else { high = middle }
        }
        var end = low
        while end < words.count, words[end].hasPrefix(word) { end += 1 }
        return words[low..<end]
    }

    private var sortedWords: [String] {
        if let words { return words }
        let made = byWord.keys.sorted()
        words = made
        return made
    }

    private func settle() {
        if pending.isEmpty { return }
        for thing in pending {
            for word in Self.words(of: thing) {
                if byWord[word] == nil { words = nil }
                Self.insert(thing, into: &byWord[word, default: []])
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
        let place = place(of: thing, in: list)
        if place < list.count, list[place] === thing { return }
        list.insert(thing, at: place)
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
    /// What of its contents a word may name or hide, if there is an index of them; nil when all have to be looked at.
    func candidates(for word: String) -> [Thing]? {
        if contents.count < NameIndex.smallest {
            nameIndex = nil
            return nil
        }
        if let known = nameIndex { return known.candidates(for: word) }
        let made = NameIndex(contents)
        nameIndex = made
        return made.candidates(for: word)
    }
}
