/// Moving, inserting and deleting.
extension LineEditor {
    mutating func move(to index: Int) {
        cursor = min(max(0, index), text.count)
        isInserting = false
    }

    /// The index at which the word before the cursor begins.
    func startOfWord(isWord: (Character) -> Bool = LineEditor.isWord) -> Int {
        var index = cursor
        while index > 0, !isWord(text[index - 1]) { index -= 1 }
        while index > 0, isWord(text[index - 1]) { index -= 1 }
        return index
    }

    /// The index behind the word at or behind the cursor.
    func endOfWord() -> Int {
        var index = cursor
        while index < text.count, !Self.isWord(text[index]) { index += 1 }
        while index < text.count, Self.isWord(text[index]) { index += 1 }
        return index
    }

    private static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    mutating func insert(_ scalar: Unicode.Scalar, into actions: inout [LineEditorAction]) {
        // A new step of undo for each word.
        let continues = isInserting && scalar != " "
        insert([Character(scalar)], continues: continues, into: &actions)
        isInserting = true
    }

    /// Inserts at the cursor, if there is room.
    ///
    /// - Parameters:
    ///   - new: What is inserted.
    ///   - continues: Whether it is taken back together with the change before.
    ///   - actions: Gets a bell where there is no room.
    mutating func insert(_ new: [Character], continues: Bool = false, into actions: inout [LineEditorAction]) {
        if octets + Self.size(new[...]) > LineLimits.lineOctets {
            isOverlong = true
            return actions.append(.bell)
        }
        if !continues { keepForUndo() }
        replace(cursor..<cursor, with: new)
    }

    mutating func delete(_ range: Range<Int>, cuts: Bool = false, into actions: inout [LineEditorAction]) {
        if range.isEmpty { return actions.append(.bell) }
        if cuts, !isHidden { cut = Array(text[range]) }
        keepForUndo()
        replace(range, with: [])
        isOverlong = false
    }

    mutating func deleteForward(into actions: inout [LineEditorAction]) {
        delete(cursor..<min(cursor + 1, text.count), into: &actions)
    }

    mutating func insertCut(into actions: inout [LineEditorAction]) {
        if cut.isEmpty { return actions.append(.bell) }
        insert(cut, into: &actions)
    }

    /// Swaps the sign before the cursor with the one on it; at the end, the last two.
    mutating func transpose(into actions: inout [LineEditorAction]) {
        let second = min(cursor, text.count - 1)
        if second < 1 || cursor == 0 { return actions.append(.bell) }
        keepForUndo()
        replace(second - 1..<second + 1, with: [text[second], text[second - 1]])
    }

    // MARK: Undo

    /// Keeps the line as it is, before a change.
    func snapshot() -> Snapshot { Snapshot(text: String(text), cursor: cursor) }

    mutating func keepForUndo() {
        isInserting = false
        if isHidden { return }
        undo.append(snapshot())
        if undo.count > LineLimits.undoSteps { undo.removeFirst() }
    }

    mutating func takeBack(into actions: inout [LineEditorAction]) {
        guard let last = undo.popLast() else { return actions.append(.bell) }
        setText(Array(last.text))
        move(to: last.cursor)
        isOverlong = false
    }

    // MARK: The text

    /// Makes this the whole line, with the cursor behind it.
    mutating func setText(_ new: [Character]) {
        text = new
        octets = Self.size(new[...])
        move(to: new.count)
    }

    /// Puts characters in the place of others and the cursor behind them.
    private mutating func replace(_ range: Range<Int>, with new: [Character]) {
        octets += Self.size(new[...]) - Self.size(text[range])
        text.replaceSubrange(range, with: new)
        cursor = range.lowerBound + new.count
        // Plain letters stay what they are; an accent joins the letter before it, and what it stood before may change too.
        let seam = max(0, range.lowerBound - 1)..<min(cursor + 1, text.count)
        if !text[seam].allSatisfy(\.isASCII) { joinCharacters(seam) }
    }

    /// Finds anew where one character ends and the next begins, as far as a change can matter.
    ///
    /// Of what stands behind the seam only the letters of flags depend on those before them: each two are one sign.
    private mutating func joinCharacters(_ seam: Range<Int>) {
        var end = seam.upperBound
        while end < text.count, Self.isFlag(text[end - 1]) { end += 1 }
        let before = Self.size(text[seam.lowerBound..<cursor])
        let joined = Array(String(text[seam.lowerBound..<end]))
        text.replaceSubrange(seam.lowerBound..<end, with: joined)
        var size = 0
        cursor = seam.lowerBound
        for character in joined where size < before {
            size += character.utf8.count
            cursor += 1
        }
    }

    /// Whether it is a flag, or half of one: UAX #29, GB12 and GB13.
    private static func isFlag(_ character: Character) -> Bool {
        character.unicodeScalars.first.map { (0x1F1E6...0x1F1FF).contains($0.value) } == true
    }

    static func size(_ characters: ArraySlice<Character>) -> Int {
        characters.reduce(0) { $0 + $1.utf8.count }
    }
}
