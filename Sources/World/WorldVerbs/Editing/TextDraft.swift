/// A text that somebody writes line by line, with what they can take back.
///
/// - Isolation: none; a value type. Lines hold no line ends.
/// - Limits: ``Limits``; a change that would pass one is refused whole.
struct TextDraft: Equatable {
    /// How much of a text there may be.
    struct Limits: Equatable {
        /// Lines, empty ones counted.
        var lines: Int
        /// Characters, line ends counted.
        var characters = Int.max
        /// Octets of UTF-8, line ends counted.
        var octets: Int
    }

    /// Of what is looked for, in characters: a long one takes long to find.
    static let longestSearch = 100

    private(set) var lines: [String]
    private(set) var history: EditHistory
    let limits: Limits

    /// Takes up a text.
    ///
    /// - Parameters:
    ///   - text: With `\n` between its lines; an empty text has none.
    ///   - history: What was changed of it before, the latest last.
    ///   - limits: What it may grow to.
    init(_ text: String, _ history: EditHistory = EditHistory(), limits: Limits) {
        lines = text.isEmpty ? [] : text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        self.history = history
        self.limits = limits
    }

    /// The lines with `\n` between them.
    var text: String { lines.joined(separator: "\n") }

    // MARK: Which lines

    /// The places of the lines that a span names.
    ///
    /// - Throws: ``EditProblem`` when there are no such lines.
    func places(of span: LineSpan) throws(EditProblem) -> Range<Int> {
        let first = try place(of: span.first)
        let last = try place(of: span.last)
        if last < first { throw .reversed }
        return first..<last + 1
    }

    /// The place of a line.
    ///
    /// - Throws: ``EditProblem`` when there is no such line.
    func place(of line: LineNumber) throws(EditProblem) -> Int {
        if lines.isEmpty { throw .empty }
        switch line {
        case .last: return lines.count - 1
        case .number(let number):
            guard number >= 1, number <= lines.count else { throw .noLine(number, count: lines.count) }
            return number - 1
        }
    }

    // MARK: Changes

    /// Adds a line at the end.
    ///
    /// - Throws: ``EditProblem`` when there is no room for it.
    mutating func append(_ line: String) throws(EditProblem) {
        try replace(lines.count..<lines.count, with: [line])
    }

    /// Puts a line before another one.
    ///
    /// - Throws: ``EditProblem`` when there is no such line or no room.
    mutating func insert(_ line: String, before number: LineNumber) throws(EditProblem) {
        let place = try place(of: number)
        try replace(place..<place, with: [line])
    }

    /// Puts a line in place of another one.
    ///
    /// - Throws: ``EditProblem`` when there is no such line or no room.
    mutating func replace(_ number: LineNumber, with line: String) throws(EditProblem) {
        let place = try place(of: number)
        try replace(place..<place + 1, with: [line])
    }

    /// Takes lines out.
    ///
    /// - Returns: How many.
    /// - Throws: ``EditProblem`` when there are no such lines.
    @discardableResult
    mutating func delete(_ span: LineSpan) throws(EditProblem) -> Int {
        let places = try places(of: span)
        try replace(places, with: [])
        return places.count
    }

    /// Moves lines so that the first of them becomes the line of that number.
    ///
    /// - Returns: The number the first of them has then.
    /// - Throws: ``EditProblem`` when there are no such lines.
    mutating func move(_ span: LineSpan, to goal: LineNumber) throws(EditProblem) -> Int {
        let places = try places(of: span)
        let goal = min(try place(of: goal), lines.count - places.count)
        if goal == places.lowerBound { return goal + 1 }
        let moved = Array(lines[places])
        // The lines between here and there change places with them.
        if goal < places.lowerBound {
            try replace(goal..<places.upperBound, with: moved + lines[goal..<places.lowerBound])
        } else {
            let end = goal + places.count
            try replace(places.lowerBound..<end, with: lines[places.upperBound..<end] + moved)
        }
        return goal + 1
    }

    /// Puts one text in place of another wherever it stands in some lines.
    ///
    /// - Parameters:
    ///   - old: What is looked for, to the letter.
    ///   - new: What stands there then.
    ///   - span: In which lines; nil is all of them.
    /// - Returns: How often it stood there.
    /// - Throws: ``EditProblem`` when it stands nowhere, or there is no room.
    mutating func substitute(_ old: String, _ new: String, in span: LineSpan?) throws(EditProblem) -> Int {
        if lines.isEmpty { throw .empty }
        if old.isEmpty { throw .nothingToFind }
        if old.count > Self.longestSearch { throw .longSearch(Self.longestSearch) }
        let places = try span.map { span throws(EditProblem) in try self.places(of: span) } ?? lines.indices
        let growth = new.utf8.count - old.utf8.count
        var room = limits.octets - octetCount
        var count = 0
        var changed: [String] = []
        for line in lines[places] {
            let found = line.ranges(of: old).count
            // Before anything is built: a short line can become a long one many times over.
            if growth > 0 {
                room -= found.multipliedReportingOverflow(by: growth).partialValue
                if room < 0 { throw .tooManyOctets(limits.octets) }
            }
            changed.append(found == 0 ? line : line.replacing(old, with: new))
            count += found
        }
        if count == 0 { throw .notFound(old) }
        try replace(places, with: changed)
        return count
    }

    /// Takes all lines out.
    ///
    /// - Throws: ``EditProblem/empty`` when there are none.
    mutating func clear() throws(EditProblem) {
        if lines.isEmpty { throw .empty }
        try replace(lines.indices, with: [])
    }

    /// Takes the last change back.
    ///
    /// - Throws: ``EditProblem/nothingToUndo``.
    mutating func undo() throws(EditProblem) {
        guard let step = history.removeLast(), step.start >= 0, step.added >= 0,
            step.start <= lines.count, step.added <= lines.count - step.start
        else { throw .nothingToUndo }
        lines.replaceSubrange(step.start..<step.start + step.added, with: step.removed)
    }

    /// Octets of UTF-8 with the line ends.
    var octetCount: Int { Self.size(lines) { $0.utf8.count } }

    private static func size(_ lines: [String], _ measure: (String) -> Int) -> Int {
        lines.isEmpty ? 0 : lines.reduce(lines.count - 1) { $0 + measure($1) }
    }

    /// The one place that changes lines: checks the limits and remembers what was there.
    private mutating func replace(_ places: Range<Int>, with new: [String]) throws(EditProblem) {
        var changed = lines
        changed.replaceSubrange(places, with: new)
        // A single empty line would be an empty text, which has no lines.
        let isBlank = changed.count == 1 && changed[0].isEmpty
        if isBlank { changed = [] }
        if changed.count > limits.lines, changed.count > lines.count { throw .tooManyLines(limits.lines) }
        let octets = Self.size(changed) { $0.utf8.count }
        if octets > limits.octets, octets > octetCount { throw .tooManyOctets(limits.octets) }
        if limits.characters < Int.max {
            let characters = Self.size(changed) { $0.count }
            if characters > limits.characters, characters > Self.size(lines, { $0.count }) {
                throw .tooManyCharacters(limits.characters)
            }
        }
        if changed == lines { return }
        history.append(
            isBlank
                ? EditHistory.Step(start: 0, removed: lines, added: 0)
                : EditHistory.Step(start: places.lowerBound, removed: Array(lines[places]), added: new.count))
        lines = changed
    }
}

/// A line of a draft, as one says it.
enum LineNumber: Equatable {
    /// From 1.
    case number(Int)
    case last
}

/// Some lines of a draft that follow each other.
struct LineSpan: Equatable {
    var first: LineNumber
    var last: LineNumber
}
