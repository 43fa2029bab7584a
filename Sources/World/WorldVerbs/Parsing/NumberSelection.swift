/// Numbers as somebody names them, one by one or as ranges.
///
/// ```text
///   3    3, 5 and 7    3-7    #3
/// ```
struct NumberSelection {
    private(set) var ranges: [ClosedRange<Int>] = []

    /// Numbers and ranges that are named at most.
    private static let most = 100

    /// Adds what a word names; false when it names no numbers, or there are too many.
    mutating func add(_ word: String) -> Bool {
        guard let range = Self.range(word), ranges.count < Self.most else { return false }
        ranges.append(range)
        return true
    }

    private static func range(_ word: String) -> ClosedRange<Int>? {
        let parts = word.split(separator: "-", omittingEmptySubsequences: false).map { number($0) }
        switch (parts.first ?? nil, parts.last ?? nil) {
        case (let low?, let high?) where parts.count <= 2 && low <= high: return low...high
        default: return nil
        }
    }

    private static func number(_ word: Substring) -> Int? {
        let digits = word.first == "#" ? word.dropFirst() : word
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(digits)
    }

    /// The only number, if one is named.
    var number: Int? {
        guard ranges.count == 1, let range = ranges.first, range.lowerBound == range.upperBound else { return nil }
        return range.lowerBound
    }

    func contains(_ number: Int) -> Bool { ranges.contains { $0.contains(number) } }
}

extension NumberSelection {
    /// Reads the numbers a text begins with, joined by commas or `and`, and what comes after them.
    ///
    /// - Returns: Nil when the text does not begin with a number.
    static func leading(_ text: String) -> (numbers: NumberSelection, rest: String)? {
        let line = InputLine(text)
        var numbers = NumberSelection()
        var place = 0
        while place < line.tokens.count, numbers.add(line.tokens[place].word) {
            place += 1
            guard place + 1 < line.tokens.count, line.tokens[place].word == "and" else { break }
            // What is no number after a comma belongs to the text.
            var probe = NumberSelection()
            if probe.add(line.tokens[place + 1].word) { place += 1 } else { break }
        }
        return place == 0 ? nil : (numbers, line.text(from: place))
    }
}
