/// Writes text to the octets of a terminal and breaks its lines.
///
/// Text goes straight to the output. When a word does not fit, the spaces before it, remembered by their place in
/// the output, are replaced by a line end, so at most one line is ever moved.
struct TerminalLineWriter {
    /// The last group of spaces on the line; a line may be broken in its place.
    struct Gap {
        /// Offsets in the output.
        var start: Int
        var end: Int
        /// The column after the spaces.
        var column: Int
        /// Whether something visible stands before it on its line.
        var followsText: Bool
    }

    var output: [UInt8] = []
    /// The sequence to start before the next visible character; empty for plain text.
    var style: [UInt8] = []
    /// What ends the style.
    var styleEnd = StylePalette.reset
    let charset: Charset
    /// Columns of a line; `Int.max` when lines are not broken.
    let limit: Int
    /// Whether something visible was written in the style.
    private(set) var isStyled = false
    private var column = 0
    private var indent = HangingIndent()
    /// Whether nothing visible was written since the last line end of the text.
    private var isBlank = true
    private var gap: Gap?
    /// The last sign, where it matters for where the line may be broken.
    private var previous: Unicode.Scalar?
    /// Whether nothing visible was written since the gap.
    private var endsInGap = false

    init(profile: TerminalProfile) {
        charset = profile.charset
        let width = profile.screenReader ? 0 : profile.width ?? 0
        limit = width > 0 ? max(width, TerminalLimits.minimumWidth) : .max
    }

    private var largestIndentation: Int { limit / TerminalLimits.indentationDivisor }

    /// Columns that a continued line starts with.
    private var hanging: Int { min(indent.columns, largestIndentation) }

    /// Appends text in the current style.
    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { octets in
            var index = 0
            while index < octets.count {
                index = appendPiece(octets, from: index)
            }
        }
    }

    /// Ends the current style, if anything was written in it.
    mutating func endStyle() {
        if isStyled { output += styleEnd }
        isStyled = false
        style = []
    }

    /// Removes trailing spaces that do not fit on the last line.
    mutating func finish() {
        if endsInGap, column > limit { removeGap() }
    }

    // MARK: Pieces

    /// Appends what begins at an index: spaces, a line end, a stretch of ASCII, or of anything else.
    private mutating func appendPiece(_ octets: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        switch octets[start] {
        case 0x20:
            let end = octets[start...].firstIndex { $0 != 0x20 } ?? octets.count
            appendSpaces(end - start)
            return end
        case 0x0A:
            appendLineEnd()
            return start + 1
        case 0x09:
            appendSpaces(1)
            return start + 1
        case 0x00..<0x20, 0x7F:
            return start + 1
        default:
            break
        }
        var end = start
        while end < octets.count, octets[end] &- 0x20 < 0x5F { end += 1 }
        // The character before a non-ASCII one may be the base of what follows.
        if end < octets.count, octets[end] >= 0x80, end > start { end -= 1 }
        if end > start {
            appendASCII(octets, start..<end)
            return end
        }
        end = octets[(start + 1)...].firstIndex { $0 < 0x80 } ?? octets.count
        for character in String(decoding: octets[start..<end], as: UTF8.self) { append(character) }
        return end
    }

    /// Appends printable ASCII that begins with a visible character.
    private mutating func appendASCII(_ octets: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        guard range.count > limit - min(column, limit) else { return appendFitting(octets[range]) }
        var index = range.lowerBound
        while index < range.upperBound {
            let end = octets[index..<range.upperBound].firstIndex { $0 == 0x20 } ?? range.upperBound
            if end > index { appendWord(octets[index..<end]) }
            index = octets[end..<range.upperBound].firstIndex { $0 != 0x20 } ?? range.upperBound
            if index > end { appendSpaces(index - end) }
        }
    }

    /// Appends ASCII that fits on the line in one go and finds its last gap.
    private mutating func appendFitting(_ octets: Slice<UnsafeBufferPointer<UInt8>>) {
        startStyle()
        indent.take(octets)
        let start = output.count
        output.append(contentsOf: octets)
        isBlank = false
        endsInGap = octets.last == 0x20
        if limit < .max || endsInGap, let last = octets.lastIndex(of: 0x20) {
            let first = octets[..<last].lastIndex { $0 != 0x20 } ?? last
            gap = Gap(
                start: start + (first + 1 - octets.startIndex), end: start + (last + 1 - octets.startIndex),
                column: column + (last + 1 - octets.startIndex), followsText: true)
        }
        column += octets.count
        previous = octets.last.map { Unicode.Scalar($0) }
    }

    private mutating func appendWord(_ octets: Slice<UnsafeBufferPointer<UInt8>>) {
        indent.take(octets)
        if octets.count > limit - min(column, limit) { breakAtGap() }
        startStyle()
        var rest = octets
        while !rest.isEmpty {
            if column >= limit { breakHere() }
            let part = rest.prefix(limit - column)
            output.append(contentsOf: part)
            column += part.count
            rest = rest.dropFirst(part.count)
        }
        previous = octets.last.map { Unicode.Scalar($0) }
        isBlank = false
        endsInGap = false
    }

    /// Appends one grapheme cluster.
    private mutating func append(_ character: Character) {
        if character.unicodeScalars.contains(where: TextSafety.isSpaceLike) { return appendSpaces(1) }
        if character.unicodeScalars.contains(where: { TextSafety.isControl($0) || TextSafety.isDirectionOverride($0) })
        {
            return
        }
        if !indent.isSettled { indent.take(character) }
        switch charset {
        case .utf8, .cp437, .gbk, .big5:
            noteBreak(before: character)
            append(character.utf8, columns: DisplayWidth.columns(of: character))
            previous = character.unicodeScalars.last
        case .latin1:
            if let known = Transliteration.latin1(character) {
                append(known.utf8, columns: 1)
            } else {
                appendSpelled(character)
            }
        case .ascii:
            appendSpelled(character)
        }
    }

    /// Remembers that the line may be broken before a sign of a script without spaces.
    private mutating func noteBreak(before character: Character) {
        guard limit < .max, !isBlank, !endsInGap, let next = character.unicodeScalars.first,
            LineBreaking.isAllowed(between: previous, and: next)
        else { return }
        gap = Gap(start: output.count, end: output.count, column: column, followsText: true)
    }

    private mutating func appendSpelled(_ character: Character) {
        var spelling = Transliteration.ascii(character)
        // The name of an emoji is words, which may be broken like others.
        if spelling.utf8.first == UInt8(ascii: "["), spelling.utf8.count > 2 {
            spelling.withUTF8 { appendASCII($0, 0..<$0.count) }
        } else {
            append(spelling.utf8, columns: spelling.utf8.count)
        }
    }

    private mutating func append(_ octets: some Collection<UInt8>, columns: Int) {
        if octets.isEmpty { return }
        if columns > limit - min(column, limit) {
            breakAtGap()
            if columns > limit - min(column, limit) { breakHere() }
        }
        startStyle()
        output.append(contentsOf: octets)
        column += columns
        isBlank = false
        endsInGap = false
    }

    // MARK: Spaces and line ends

    private mutating func appendSpaces(_ count: Int) {
        let room = isBlank ? max(0, largestIndentation - column) : count
        let count = min(count, room)
        indent.takeSpaces(count)
        if endsInGap, var wider = gap {
            // Between the two groups only the end of a style can stand: keep the spaces together before it.
            output.insert(contentsOf: repeatElement(0x20, count: count), at: wider.end)
            wider.end += count
            wider.column += count
            gap = wider
        } else {
            let start = output.count
            output.append(contentsOf: repeatElement(0x20, count: count))
            gap = Gap(start: start, end: output.count, column: column + count, followsText: !isBlank)
            endsInGap = true
        }
        column += count
    }

    private mutating func appendLineEnd() {
        if endsInGap { removeGap() }
        output.append(0x0D)
        output.append(0x0A)
        column = 0
        indent = HangingIndent()
        previous = nil
        isBlank = true
        gap = nil
        endsInGap = false
    }

    private mutating func removeGap() {
        guard let gap else { return }
        output.removeSubrange(gap.start..<gap.end)
        column -= gap.end - gap.start
        self.gap = nil
        endsInGap = false
    }

    /// Moves what follows the last spaces to a new line, if that makes room.
    private mutating func breakAtGap() {
        guard let gap, gap.followsText, gap.column > hanging else { return }
        var lineEnd: [UInt8] = [0x0D, 0x0A]
        lineEnd.append(contentsOf: repeatElement(0x20, count: hanging))
        output.replaceSubrange(gap.start..<gap.end, with: lineEnd)
        column = hanging + (column - gap.column)
        self.gap = nil
        endsInGap = false
    }

    /// Starts a new line inside a word.
    private mutating func breakHere() {
        output.append(0x0D)
        output.append(0x0A)
        output.append(contentsOf: repeatElement(0x20, count: hanging))
        column = hanging
        gap = nil
        endsInGap = false
    }

    private mutating func startStyle() {
        if isStyled || style.isEmpty { return }
        output += style
        isStyled = true
    }
}
