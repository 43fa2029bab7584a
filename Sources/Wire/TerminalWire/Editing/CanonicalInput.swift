/// Makes lines of keys as the driver of a terminal in canonical mode does, for a terminal that knows no sequences.
///
/// | Key | Does | Is shown as |
/// | --- | --- | --- |
/// | a sign | joins the line | itself |
/// | Backspace, ^W, ^U | takes back a sign, a word, the line | BS SP BS for each column |
/// | Enter | ends the line | CR LF |
/// | ^C, and ^D in an empty line | gives the line up, ends the input | nothing |
///
/// Other keys mean nothing. Nothing is shown of what is hidden, not even the end of the line.
///
/// - Isolation: none; a value type.
/// - Limits: ``LineLimits``.
/// - Source: POSIX.1-2017, General Terminal Interface, canonical mode.
/// - SeeAlso: `TerminalWireTests/CanonicalInputTests`.
package struct CanonicalInput: Sendable {
    private var decoder = KeyDecoder()
    private var editor = LineEditor()
    private let echoes: Bool
    private var output: [UInt8] = []

    /// Begins an empty line.
    ///
    /// - Parameter echoes: Whether what is typed is shown from here; a program that sends whole lines has shown it.
    package init(echoes: Bool) { self.echoes = echoes }

    /// What is to be written to the terminal since the last call.
    package mutating func takeOutput() -> [UInt8] {
        defer { output = [] }
        return output
    }

    /// Shows nothing of what is typed, or shows it again.
    package mutating func setHidden(_ hidden: Bool) { editor.setHidden(hidden) }

    /// Gives up what was typed of the line.
    package mutating func interrupt() {
        var actions: [LineEditorAction] = []
        editor.receive(.control(0x03), into: &actions)
    }

    /// Takes an octet.
    ///
    /// - Returns: What the owner has to act upon, in order; a line that asks for a secret hides what follows.
    package mutating func receive(_ octet: UInt8) -> [LineConsole.Event] {
        var keys: [TerminalKey] = []
        decoder.receive(octet, into: &keys)
        return keys.flatMap { receive($0) }
    }

    private mutating func receive(_ key: TerminalKey) -> [LineConsole.Event] {
        var actions: [LineEditorAction] = []
        switch key {
        case .enter, .pasted("\n"):
            editor.receive(key, into: &actions)
            show([0x0D, 0x0A])
        case .text(let scalar), .pasted(let scalar): insert(scalar)
        case .tab: insert(" ")
        case .backspace, .control(0x15), .control(0x17): erase(by: key)
        case .control(0x03): editor.receive(key, into: &actions)
        case .control(0x04): if editor.text.isEmpty { return [.endOfInput] }
        case .control, .alt, .escape, .special: break
        }
        return actions.compactMap(Self.event)
    }

    private static func event(_ action: LineEditorAction) -> LineConsole.Event? {
        switch action {
        case .line(let line): .line(line)
        case .lineTooLong: .lineTooLong
        case .interrupt: .interrupt
        case .endOfInput: .endOfInput
        case .clear, .bell, .complete, .list: nil
        }
    }

    private mutating func insert(_ scalar: Unicode.Scalar) {
        let before = editor.octets
        var actions: [LineEditorAction] = []
        editor.receive(.text(scalar), into: &actions)
        if editor.octets > before { show(Array(String(Character(scalar)).utf8)) }
    }

    /// The cursor is always behind the last sign, as no key moves it elsewhere.
    private mutating func erase(by key: TerminalKey) {
        let before = editor.text
        var actions: [LineEditorAction] = []
        editor.receive(key, into: &actions)
        let columns = before.dropFirst(editor.text.count).reduce(0) { $0 + DisplayWidth.columns(of: $1) }
        for _ in 0..<columns { show([0x08, 0x20, 0x08]) }
    }

    private mutating func show(_ octets: [UInt8]) {
        if echoes, !editor.isHidden { output += octets }
    }
}
