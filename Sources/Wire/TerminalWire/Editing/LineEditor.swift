/// A line that is being typed, key by key.
///
/// | Key | Does |
/// | --- | --- |
/// | Left Right ^B ^F, with Ctrl or Alt by word, Alt-B Alt-F | moves |
/// | Home End ^A ^E | moves to the beginning, to the end |
/// | Backspace Delete ^D | deletes a sign; ^D in an empty line ends the input |
/// | ^W Alt-Backspace Alt-D ^U ^K | cuts a word or the line before or behind the cursor; ^Y puts it back |
/// | ^T | swaps two signs |
/// | ^_ | takes back a change |
/// | Up Down ^P ^N | recalls lines |
/// | ^R | searches the lines for what is typed next |
/// | Tab | completes; when nothing is left to complete, lists |
/// | ^L ^C Enter | draws anew, gives the line up, enters it |
///
/// Signs are grapheme clusters, so that a letter goes with its accents. While the input is hidden, nothing is kept
/// of it: no recall, no search, no undo.
///
/// - Isolation: none; a value type. Draws nothing: ``LineScreen`` does.
/// - Limits: ``LineLimits``.
/// - Complexity: a key is O(*n*) in the line.
/// - SeeAlso: `TerminalWireTests/LineEditorTests`.
package struct LineEditor: Sendable {
    package internal(set) var text: [Character] = []
    /// The index of the character the cursor stands on; the length of the text behind it.
    package internal(set) var cursor = 0
    package internal(set) var isHidden = false
    package internal(set) var history = LineHistory()
    /// The search through the history, while there is one.
    package internal(set) var search: LineSearch?
    /// Octets of the text in UTF-8.
    var octets = 0
    /// What was cut last.
    var cut: [Character] = []
    var undo: [Snapshot] = []
    /// Whether the last change was the insertion of a sign inside a word, which is taken back with the next one.
    var isInserting = false
    /// The recalled line, and what was typed before.
    var recalled: (index: Int, draft: [Character])?
    /// Whether something did not fit into the line.
    var isOverlong = false
    /// What the last Tab left, so that the next one lists.
    var candidates: [String] = []
    /// The line whose completion is awaited.
    var isCompleting = false

    struct Snapshot: Sendable {
        var text: String
        var cursor: Int
    }

    package init() {}

    /// Takes one key.
    ///
    /// - Parameters:
    ///   - key: What was pressed.
    ///   - actions: Gets what is to be done about it.
    package mutating func receive(_ key: TerminalKey, into actions: inout [LineEditorAction]) {
        if search != nil, receiveInSearch(key, into: &actions) { return }
        if key != .tab { candidates = [] }
        switch key {
        case .text(let scalar): insert(scalar, into: &actions)
        case .pasted("\n"), .enter: enter(into: &actions)
        case .pasted(let scalar): insert(scalar, into: &actions)
        case .backspace: delete(max(0, cursor - 1)..<cursor, into: &actions)
        case .tab: complete(into: &actions)
        case .control(let code): receiveControl(code, into: &actions)
        case .alt(let scalar): receiveAlt(scalar, into: &actions)
        case .special(let key, let modifiers): receiveSpecial(key, modifiers, into: &actions)
        case .escape: break
        }
    }

    /// Hides what is typed, or shows it again; what was typed before the change is forgotten if it was hidden.
    package mutating func setHidden(_ hidden: Bool) {
        if hidden == isHidden { return }
        if isHidden { setText([]) }
        isHidden = hidden
        search = nil
        recalled = nil
        undo = []
        candidates = []
    }

    /// Puts a line into the history as if it had been entered.
    package mutating func remember(_ line: String) { history.add(line) }

    // MARK: Kinds of keys

    private mutating func receiveControl(_ code: UInt8, into actions: inout [LineEditorAction]) {
        switch code {
        case 0x01: move(to: 0)
        case 0x02: move(to: cursor - 1)
        case 0x03: interrupt(into: &actions)
        case 0x04:
            if text.isEmpty { actions.append(.endOfInput) } else { deleteForward(into: &actions) }
        case 0x05: move(to: text.count)
        case 0x06: move(to: cursor + 1)
        case 0x0B: delete(cursor..<text.count, cuts: true, into: &actions)
        case 0x0C: actions.append(.clear)
        case 0x0E: recall(by: 1, into: &actions)
        case 0x10: recall(by: -1, into: &actions)
        case 0x12: beginSearch(into: &actions)
        case 0x14: transpose(into: &actions)
        case 0x15: delete(0..<cursor, cuts: true, into: &actions)
        case 0x17: delete(startOfWord(isWord: { !$0.isWhitespace })..<cursor, cuts: true, into: &actions)
        case 0x19: insertCut(into: &actions)
        case 0x1F: takeBack(into: &actions)
        default: actions.append(.bell)
        }
    }

    private mutating func receiveAlt(_ scalar: Unicode.Scalar, into actions: inout [LineEditorAction]) {
        switch scalar {
        case "b", "B": move(to: startOfWord())
        case "f", "F": move(to: endOfWord())
        case "d", "D": delete(cursor..<endOfWord(), cuts: true, into: &actions)
        case "\u{7F}": delete(startOfWord()..<cursor, cuts: true, into: &actions)
        default: actions.append(.bell)
        }
    }

    private mutating func receiveSpecial(
        _ key: TerminalKey.Special, _ modifiers: TerminalKey.Modifiers, into actions: inout [LineEditorAction]
    ) {
        let byWord = !modifiers.isDisjoint(with: [.control, .alt])
        switch key {
        case .left: move(to: byWord ? startOfWord() : cursor - 1)
        case .right: move(to: byWord ? endOfWord() : cursor + 1)
        case .up: recall(by: -1, into: &actions)
        case .down: recall(by: 1, into: &actions)
        case .home: move(to: 0)
        case .end: move(to: text.count)
        case .delete:
            byWord ? delete(cursor..<endOfWord(), cuts: true, into: &actions) : deleteForward(into: &actions)
        case .insert, .pageUp, .pageDown, .backTab: actions.append(.bell)
        }
    }

    // MARK: Ends of a line

    private mutating func enter(into actions: inout [LineEditorAction]) {
        let line = String(text)
        if !isHidden { history.add(line) }
        actions.append(isOverlong ? .lineTooLong : .line(line))
        startLine()
    }

    private mutating func interrupt(into actions: inout [LineEditorAction]) {
        startLine()
        actions.append(.interrupt)
    }

    /// Begins the next line.
    private mutating func startLine() {
        setText([])
        undo = []
        recalled = nil
        isOverlong = false
    }
}
