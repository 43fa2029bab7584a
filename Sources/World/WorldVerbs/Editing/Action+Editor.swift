import Basics
import WorldLanguage
import WorldModel

/// The editor at work: what a line does to the draft.
extension Action {
    /// Lines that are listed at once, at most.
    private static let mostListed = 100

    /// Takes a line: adds it, or does what it asks for.
    func edit(_ line: String, _ draft: Letter) throws {
        let question = conversation.editorQuestion
        conversation.editorQuestion = nil
        if let question, try answer(line.trimmed.folded, question, draft) { return }
        switch EditorLine(line) {
        case .text(let text): try add(text.trimmedAtEnd, to: draft)
        case .command(let command): try perform(command, draft)
        case .misused(let word):
            throw refuse("Use it like this: \(command: word.usage).")
        case .unknown(let word):
            throw refuse(
                """
                There is no command \(command: "." + word) here; \(command: ".h") lists them. To write a line that begins \
                with a dot, type two dots.
                """)
        }
    }

    private func perform(_ command: EditorCommand, _ draft: Letter) throws {
        switch command {
        case .help: showEditorHelp()
        case .list(let span): try list(span, of: draft)
        case .preview: try preview(draft)
        case .delete(let span):
            let count = try change(draft) { text throws(EditProblem) in try text.delete(span) }
            if count == 1 { return turn.reply("One line is deleted.") }
            turn.reply("\(plain: String(count)) lines are deleted.")
        case .insert(let line, let words):
            try change(draft) { text throws(EditProblem) in try text.insert(words.trimmedAtEnd, before: line) }
            turn.reply("The line is put there.")
        case .replace(let line, let words):
            try change(draft) { text throws(EditProblem) in try text.replace(line, with: words.trimmedAtEnd) }
            turn.reply("The line is written anew.")
        case .substitute(let old, let new, let span):
            let count = try change(draft) { text throws(EditProblem) in try text.substitute(old, new, in: span) }
            if count == 1 { return turn.reply("\"\(speech: old)\" is changed once.") }
            turn.reply("\"\(speech: old)\" is changed \(plain: String(count)) times.")
        case .move(let span, let goal):
            let number = try change(draft) { text throws(EditProblem) in try text.move(span, to: goal) }
            turn.reply(
                span.first == span.last
                    ? "It is line \(plain: String(number)) now." : "They begin at line \(plain: String(number)) now.")
        case .undo:
            try change(draft) { text throws(EditProblem) in try text.undo() }
            switch draft.lineCount {
            case 0: turn.reply("The last change is taken back. There is no line.")
            case 1: turn.reply("The last change is taken back. There is one line.")
            case let count: turn.reply("The last change is taken back. There are \(plain: String(count)) lines.")
            }
        case .clear: try askToClear(draft)
        case .leave: try leaveEditor(draft)
        case .discard: askToDiscard(draft)
        case .finish: try finish(draft)
        case .perform(let line):
            try interpreter.interpret(line, turn)
            // It may have sent or thrown away the draft.
            if mailbox.draft == nil { world.set(PropertyKey(.editing), to: nil, on: actor) }
        }
    }

    // MARK: Changing

    /// Changes the text and keeps it.
    @discardableResult
    private func change<Answer>(
        _ draft: Letter, _ body: (inout TextDraft) throws(EditProblem) -> Answer
    ) throws -> Answer {
        var text = draft.draft(history(of: draft))
        let answer: Answer
        do {
            answer = try body(&text)
        } catch {
            throw refuse(error.sentence)
        }
        world.write(text.text, to: draft.thing)
        let memory = EditMemory(draft: draft.thing.id, octetCount: text.octetCount, history: text.history)
        turn.whenKept { [conversation] in conversation.edits = memory }
        return answer
    }

    /// What can be taken back; nothing if the text was changed elsewhere meanwhile.
    private func history(of draft: Letter) -> EditHistory {
        guard let edits = conversation.edits, edits.draft == draft.thing.id,
            edits.octetCount == draft.body.utf8.count
        else { return EditHistory() }
        return edits.history
    }

    private func add(_ line: String, to draft: Letter) throws {
        if line.isEmpty, draft.body.isEmpty {
            return turn.reply(
                "Nothing is written yet. \(command: ".q") leaves the editor, \(command: ".h") lists what you can do.")
        }
        try change(draft) { text throws(EditProblem) in try text.append(line) }
        let number = String(draft.lineCount)
        if usesScreenReader { turn.reply("Line \(plain: number).") }
        if Self.slips.contains(line.folded) {
            turn.reply(
                """
                That is line \(plain: number) of the text now. \(command: ".u") takes it back, \(command: ".q") leaves the \
                editor, \(command: ".h") lists what you can do.
                """)
        }
    }

    /// What somebody types who does not know that they are writing.
    private static let slips: Set<String> = [
        "quit", "exit", "q", "help", "?", "look", "l", "stop", "cancel", "abort", "done", "send", "end", "mail send",
        ":q", ":wq", "/quit", "/help", "/send", "@", "**", "~",
    ]

    // MARK: Questions

    /// Takes a line as an answer, if it is one.
    private func answer(_ line: String, _ question: EditorQuestion, _ draft: Letter) throws -> Bool {
        let isSame =
            switch (question, EditorLine(line)) {
            case (.leave, .command(.leave)), (.discard, .command(.discard)), (.clear, .command(.clear)): true
            default: false
            }
        // Whoever is asked about leaving has read what this does.
        if question == .leave, EditorLine(line) == .command(.discard) {
            discardAndLeave(draft)
            return true
        }
        if isSame || line == "yes" || line == "y" {
            switch question {
            case .leave: try keepAndLeave(draft)
            case .discard: discardAndLeave(draft)
            case .clear:
                try change(draft) { text throws(EditProblem) in try text.clear() }
                turn.reply("All lines are deleted. \(command: ".u") brings them back.")
            }
            return true
        }
        if line == "no" || line == "n" {
            turn.reply("You go on writing.")
            return true
        }
        return false
    }

    private func askToClear(_ draft: Letter) throws {
        let count = draft.lineCount
        if count == 0 { throw refuse(EditProblem.empty.sentence) }
        conversation.editorQuestion = .clear
        turn.reply(
            count == 1
                ? "Really delete the only line? Type \(command: ".c") once more, or \(command: "no")."
                : """
                Really delete all \(plain: String(count)) lines? Type \(command: ".c") once more, or \(command: "no").
                """)
    }

    private func leaveEditor(_ draft: Letter) throws {
        if !isChanged(draft) { return try keepAndLeave(draft) }
        conversation.editorQuestion = .leave
        let rest: Sentence =
            """
            Type \(command: ".q") once more to leave and keep it as a draft, \(command: ".drop") to throw it away, \
            \(command: ".x") to be done with it, or \(command: "no") to go on.
            """
        let count = draft.lineCount
        switch count {
        case 0: turn.reply("You have deleted every line.")
        case 1: turn.reply("You have written one line.")
        default: turn.reply("You have written \(plain: String(count)) lines.")
        }
        turn.reply(rest)
    }

    private func askToDiscard(_ draft: Letter) {
        if !isChanged(draft) { return discardAndLeave(draft) }
        conversation.editorQuestion = .discard
        turn.reply("Really throw this text away? Type \(command: ".drop") once more, or \(command: "no").")
    }

    // MARK: Reading

    private func list(_ span: LineSpan?, of draft: Letter) throws {
        let text = draft.draft()
        let places: Range<Int>
        do {
            places = try span.map { span throws(EditProblem) in try text.places(of: span) } ?? text.lines.indices
        } catch {
            throw refuse(error.sentence)
        }
        if text.lines.isEmpty { throw refuse(EditProblem.empty.sentence) }
        var shown = StyledText()
        for place in places.prefix(Self.mostListed) {
            if !shown.isEmpty { shown.append("\n") }
            let (number, line) = (String(place + 1), text.lines[place])
            switch (usesScreenReader, line.isEmpty) {
            case (true, true): shown.append(turn.text("Line \(plain: number) is empty."))
            case (true, false): shown.append(turn.text("Line \(plain: number): \(line, .quote)"))
            case (false, true): shown.append("\(number):")
            case (false, false):
                shown.append("\(number): ")
                shown.append(line, .quote)
            }
        }
        if places.count > Self.mostListed {
            let next = ".l \(places.lowerBound + Self.mostListed + 1)-last"
            shown.append("\n")
            shown.append(turn.text("There are more lines; \(command: next) lists them."))
        }
        turn.show(shown, as: .reference)
    }

    private func showEditorHelp() {
        var text = turn.text("\(phrase: "The editor", .title)")
        text.append("\n")
        text.append(
            turn.text("What you type is added to the text, line by line. A line that begins with a dot does something:")
        )
        for word in EditorWord.allCases {
            text.append("\n- ")
            text.append(turn.phrase("\(command: word.usage): \(word.summary)"))
        }
        text.append("\n")
        text.append(
            turn.text(
                "To write a line that begins with a dot, type two dots. \(command: ".do help editor") tells more."))
        turn.show(text, as: .reference)
    }
}

extension String {
    /// Without spaces at the end; those at the beginning indent.
    fileprivate var trimmedAtEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
