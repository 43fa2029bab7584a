package import Basics

/// A terminal at which somebody types lines: keys in, lines out, and a screen that stays tidy.
///
/// Joins ``KeyDecoder``, ``LineEditor`` and ``LineScreen``. Whoever owns it hands it what arrives and what shall be
/// shown, and writes ``takeOutput()`` after each call.
///
/// - Isolation: none; a value type.
/// - Limits: ``LineLimits``.
/// - SeeAlso: `TerminalWireTests/LineConsoleTests`.
package struct LineConsole: Sendable {
    /// What the owner has to act upon.
    package enum Event: Hashable, Sendable {
        /// A line is whole; the prompt is gone until ``LineConsole/setPrompt(_:)`` says what it is now.
        case line(String)
        /// A line was longer than ``LineLimits/lineOctets``, and none of it was taken.
        case lineTooLong
        /// The line was given up.
        case interrupt
        /// Nothing more is meant to come.
        case endOfInput
        /// A key, while keys are taken one by one.
        case key(TerminalKey)
    }

    private var decoder = KeyDecoder()
    private var editor = LineEditor()
    private var screen: LineScreen
    private var profile: TerminalProfile
    private var prompt = StyledText()
    private var output: [UInt8] = []
    private var rings = false
    /// Whether the next prompt is a new one, instead of the same in other words.
    private var awaitsPrompt = true
    /// Whether a line was entered whose answer has not ended.
    private var isAnswering = false

    /// Stands before what is searched for.
    package var searchPrompt: StyledText = "Search: "
    /// Stands there when no line has it.
    package var failedSearchPrompt: StyledText = "Not found: "
    /// Whether each key is an event, as a pager wants it, instead of a part of a line.
    package var takesKeys = false

    package init(profile: TerminalProfile, width: Int? = nil, height: Int? = nil) {
        self.profile = profile
        screen = LineScreen(profile: profile, width: width, height: height)
        output = TerminalSequences.markPastes
    }

    /// Whether a key waits for what follows it; then call ``timeOut(complete:)`` after ``LineLimits/escapeMilliseconds``.
    package var isPending: Bool { decoder.isPending }
    package var isHidden: Bool { editor.isHidden }
    /// Whether a key looks through the history, which takes longer than others.
    package var isSearching: Bool { editor.search != nil }
    package var history: LineHistory { editor.history }

    /// Rows of the terminal that are there for text and the line; the one of status is not.
    package var scrollingRows: Int { screen.scrollingRows }

    /// What is to be written to the terminal since the last call.
    package mutating func takeOutput() -> [UInt8] {
        defer { output = [] }
        return output
    }

    // MARK: From the terminal

    /// Takes octets that arrived.
    ///
    /// - Parameters:
    ///   - bytes: Octets in the order in which they came.
    ///   - complete: Finds how the word before the cursor, an index of characters, may go on.
    /// - Returns: What the owner has to act upon, in order.
    package mutating func receive(
        _ bytes: [UInt8], complete: (_ text: String, _ cursor: Int) -> LineCompletion?
    ) -> [Event] {
        var keys: [TerminalKey] = []
        decoder.receive(bytes, into: &keys)
        return receive(keys, complete: complete)
    }

    /// Nothing followed what ``isPending``.
    ///
    /// - Parameter complete: As for ``receive(_:complete:)``.
    /// - Returns: What the owner has to act upon, in order.
    package mutating func timeOut(complete: (_ text: String, _ cursor: Int) -> LineCompletion?) -> [Event] {
        var keys: [TerminalKey] = []
        decoder.timeOut(into: &keys)
        return receive(keys, complete: complete)
    }

    private mutating func receive(
        _ keys: [TerminalKey], complete: (_ text: String, _ cursor: Int) -> LineCompletion?
    ) -> [Event] {
        var events: [Event] = []
        var completions = 0
        for key in keys {
            if takesKeys {
                events.append(.key(key))
                continue
            }
            var actions: [LineEditorAction] = []
            editor.receive(key, into: &actions)
            var index = 0
            while index < actions.count {
                if case .complete(let text, let cursor) = actions[index] {
                    completions += 1
                    let found = completions > LineLimits.completionsPerRead ? nil : complete(text, cursor)
                    editor.complete(with: found, into: &actions)
                } else if case .list = actions[index], completions >= LineLimits.completionsPerRead {
                    rings = true
                } else if case .list(let candidates) = actions[index] {
                    completions += 1
                    print(TerminalRenderer(profile).render(Self.list(candidates)))
                } else if let event = perform(actions[index]) {
                    events.append(event)
                }
                index += 1
            }
        }
        if !keys.isEmpty { redraw() }
        if rings { output.append(TerminalSequences.bell) }
        rings = false
        return events
    }

    private mutating func perform(_ action: LineEditorAction) -> Event? {
        switch action {
        case .line(let line):
            let text = editor.isHidden ? [] : Array(line)
            screen.draw(prompt: prompt, text: text, cursor: text.count, into: &output)
            screen.commit(into: &output)
            prompt = StyledText()
            awaitsPrompt = true
            if profile.marksPrompts, !isAnswering {
                isAnswering = true
                output += TerminalSequences.answerBegins
            }
            return .line(line)
        case .lineTooLong:
            prompt = StyledText()
            return .lineTooLong
        case .interrupt: return .interrupt
        case .endOfInput: return .endOfInput
        case .clear: screen.clear(into: &output)
        case .bell: rings = true
        case .complete, .list: break
        }
        return nil
    }

    /// The candidates in one paragraph, which the terminal's width breaks.
    private static func list(_ candidates: [String]) -> StyledText {
        var text = StyledText()
        for candidate in candidates.prefix(LineLimits.listedCandidates) {
            if !text.isEmpty { text.append("  ") }
            text.append(candidate.replacing(" ", with: "\u{A0}"))
        }
        let rest = candidates.count - LineLimits.listedCandidates
        if rest > 0 { text.append("  … +\(rest)") }
        text.append("\n")
        return text
    }

    // MARK: From the owner

    /// Shows text above the line.
    ///
    /// - Parameter text: Octets as a ``TerminalRenderer`` makes them, in whole lines.
    package mutating func print(_ text: [UInt8]) {
        screen.print(text, into: &output)
        redraw()
    }

    /// Shows what stands before the line from now on.
    package mutating func setPrompt(_ prompt: StyledText) {
        self.prompt = prompt
        guard profile.marksPrompts, awaitsPrompt, !prompt.isEmpty else { return redraw() }
        awaitsPrompt = false
        if isAnswering { output += TerminalSequences.answerEnds }
        isAnswering = false
        output += TerminalSequences.promptBegins
        redraw()
        // What was typed ahead stands there already, and has no mark of its own.
        if editor.text.isEmpty || editor.isHidden { output += TerminalSequences.promptEnds }
    }

    /// Shows nothing of what is typed, not even how much it is, or shows it again.
    package mutating func setHidden(_ hidden: Bool) {
        editor.setHidden(hidden)
        redraw()
    }

    /// Shows a text in the last row, or gives that row back to the rest.
    package mutating func setStatus(_ text: StyledText?) {
        screen.setStatus(text, into: &output)
        redraw()
    }

    /// The terminal has another size or is to be written to in another way.
    package mutating func change(profile: TerminalProfile, width: Int?, height: Int?) {
        self.profile = profile
        screen.change(profile: profile, width: width, height: height, into: &output)
        redraw()
    }

    /// Puts a line into the history.
    package mutating func remember(_ line: String) { editor.remember(line) }

    /// Leaves the terminal as it would be without this; nothing may be called any more but ``takeOutput()``.
    package mutating func end() {
        screen.erase(into: &output)
        screen.setStatus(nil, into: &output)
        output += TerminalSequences.markNoPastes
    }

    private mutating func redraw() {
        var before = prompt
        if let search = editor.search {
            before = search.hasFailed ? failedSearchPrompt : searchPrompt
            before.append(search.query, .emphasis)
            before.append(" | ")
        }
        screen.draw(
            prompt: before, text: editor.isHidden ? [] : editor.text, cursor: editor.isHidden ? 0 : editor.cursor,
            into: &output)
    }
}
