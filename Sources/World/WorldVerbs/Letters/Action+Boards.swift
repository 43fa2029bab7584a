import Basics
import WorldLanguage
import WorldModel

/// Reading boards and pinning notes to them.
extension Action {
    // MARK: Which board

    /// The board that words name, or the only one here.
    func board(named words: [String]) throws -> Board {
        let findings = turn.perception.find(.anything.providing(.board))
        let words = words.first == "the" ? Array(words.dropFirst()) : words
        let fitting = findings.percepts.filter { words.isEmpty || $0.thing.words.match(words, plural: false) != nil }
        if fitting.count > 1 {
            let names: [Sentence] = fitting.map { "\(the: $0.thing)" }
            throw refuse("Say which one with \(command: "on NAME"): \(list: names, isChoice: true).")
        }
        guard let only = fitting.first else {
            if let objection = findings.objection { throw turn.refusal(objection) }
            if words.isEmpty { throw refuse("There is no board here.") }
            throw refuse("There is no board \"\(speech: words.joined(separator: " "))\" here.")
        }
        try requireSight(only.thing)
        try turn.require(.read, on: only.thing)
        return Board(only.thing, in: world)
    }

    /// A text without `on NAME` at its end, and the board.
    private func divided(_ text: String) throws -> (text: String, board: Board) {
        let line = InputLine(text)
        guard let place = line.tokens.lastIndex(where: { $0.word == "on" }) else { return (text, try board(named: [])) }
        let name = LetterLine.names(line.words((place + 1)..<line.tokens.count))
        return (place == 0 ? "" : line.text(before: place), try board(named: name))
    }

    private func note(_ text: String, on board: Board) throws -> Letter {
        guard let number = LetterSelection(text)?.number else {
            throw refuse("Say which note by its number, as in \(command: "board 3").")
        }
        guard let note = board.folder.letter(number) else {
            throw refuse("There is no note \(plain: String(number)) on \(the: board.thing).")
        }
        return note
    }

    // MARK: Reading

    /// Does what the words after `board` say: nothing, a number, or the name of a board.
    func consultBoard(_ text: String) throws {
        if LetterSelection(text) != nil {
            return try readNote(text, on: try board(named: []))
        }
        let (rest, board) = try divided(text)
        if rest.isEmpty { return list(board) }
        if LetterSelection(rest) != nil { return try readNote(rest, on: board) }
        list(try self.board(named: LetterLine.names(InputLine.words(of: text))))
    }

    /// Reads a note of a board that was named as a thing.
    func read(_ number: String, on thing: Thing) throws {
        guard thing.has(.board) else { throw refuse("There are no notes on \(the: thing).") }
        try requireSight(thing)
        try turn.require(.read, on: thing)
        try readNote(number, on: Board(thing, in: world))
    }

    func readNote(_ text: String, on board: Board) throws {
        read(try note(text, on: board), on: board)
    }

    func readNextNote(_ text: String) throws {
        let (_, board) = try divided(text)
        guard let note = board.unread(by: actor).first else {
            throw refuse("You have read every note on \(the: board.thing).")
        }
        read(note, on: board)
    }

    private func read(_ note: Letter, on board: Board) {
        let number = String(note.number)
        let head: Sentence = "Note \(plain: number) on \(the: board.thing): \(note.headSubject)"
        turn.show(sheet(note, head), as: .reference)
        if !interpreter.isReadOnly { ReadMarks(of: actor, on: board.thing).read(note, in: world) }
    }

    func listOlderNotes(_ text: String) throws {
        let (rest, board) = try divided(text)
        guard let number = LetterSelection(rest)?.number else {
            throw refuse("Use it like this: \(command: "board before NUMBER").")
        }
        list(board, before: number)
    }

    func list(_ board: Board, before end: Int = .max) {
        let notes = board.notes(for: actor)
        if notes.isEmpty { return turn.reply("There is no note on \(the: board.thing).", as: .reference) }
        var text = StyledText(board.title.capitalizedFirst, .title)
        text.append("\n")
        let count = String(notes.count)
        text.append(turn.text(notes.count == 1 ? "There is one note." : "There are \(plain: count) notes."))
        let unread = Set(board.unread(by: actor).map(\.number))
        if unread.count == 1 { text.append(turn.text(" One is unread.")) }
        if unread.count > 1 { text.append(turn.text(" \(plain: String(unread.count)) are unread.")) }
        let older = notes.filter { $0.number < end }
        let shown = older.suffix(LetterLimits.listed)
        for note in shown {
            text.append("\n- ")
            text.append(item(note, isUnread: unread.contains(note.number), on: board))
        }
        if shown.count < older.count, let first = shown.first {
            let line = "board before \(first.number)"
            let rest = String(older.count - shown.count)
            text.append("\n")
            text.append(turn.text("\(plain: rest) older ones are not shown; \(command: line) lists more."))
        }
        turn.show(text, as: .reference)
    }

    /// One line of a list.
    private func item(_ note: Letter, isUnread: Bool, on board: Board) -> StyledText {
        let number = String(note.number)
        let head: Sentence = isUnread ? "\(plain: number), unread" : "\(plain: number)"
        let time = LetterTime.text(note.date, now: world.now)
        let (subject, author) = (note.shownSubject, note.authorName)
        let answered = note.answered(in: world).flatMap { $0.thing.location === board.thing ? $0 : nil }
        if let answered {
            let other = String(answered.number)
            return turn.text(
                """
                \(head): "\(subject)", from \(author, .person), in answer to \(plain: other), \
                \(time).
                """)
        }
        if author.isEmpty { return turn.text("\(head): \"\(subject)\", \(time).") }
        return turn.text("\(head): \"\(subject)\", from \(author, .person), \(time).")
    }

    // MARK: Pinning

    /// Pins a note: `SUBJECT = TEXT`, `on BOARD: SUBJECT = TEXT`.
    func postNote(_ text: String) throws {
        let (text, board) = try addressed(text)
        let line = LetterLine(text)
        if line.head.isEmpty {
            throw refuse(
                """
                Use it like this: \(command: "post SUBJECT = TEXT"), or \(command: "post SUBJECT") for a note of several lines.
                """)
        }
        guard let body = line.text else {
            try requireReach(board.thing)
            try turn.require(.post, on: board.thing)
            return try editNote(line.head, for: board.thing)
        }
        try pin(line.head, body, to: board)
    }

    /// The board of `on BOARD: …`, and the rest.
    private func addressed(_ text: String) throws -> (text: String, board: Board) {
        let line = InputLine(text)
        guard line.tokens.count > 1, line.tokens[0].word == "on" || line.tokens[0].word == "to",
            let colon = text.firstIndex(of: ":")
        else { return (text, try board(named: [])) }
        let words = InputLine.words(of: String(text[..<colon])).dropFirst()
        return (String(text[text.index(after: colon)...]).trimmed, try board(named: Array(words)))
    }

    /// Pins what is being written.
    func postDraft(_ text: String) throws {
        let (_, board) = try divided(text)
        try post(try currentDraft(), on: board)
    }

    /// Makes a note of a draft.
    func post(_ draft: Letter, on board: Board) throws {
        if draft.body.isEmpty { throw refuse(LetterProblem.noText.sentence) }
        if !draft.attachments.isEmpty { throw refuse("A note has no attachments; take them off first.") }
        let isNote = draft.purpose == .note
        world.settle(draft.thing)
        try pin(draft.thing, to: board)
        if mailbox.draft?.thing === draft.thing { world.set(.draft, to: nil, on: actor) }
        // What a draft of a letter answers is a letter.
        for core in isNote ? [CoreProperty.recipients] : [.recipients, .replyTo] {
            world.set(PropertyKey(core), to: nil, on: draft.thing)
        }
    }

    /// Answers a note with another one: `3 = TEXT`, `3 on BOARD = TEXT`, or without a text in the editor.
    func replyToNote(_ text: String) throws {
        let line = LetterLine(text)
        let (head, board) = try divided(line.head)
        let note = try note(head, on: board)
        guard let body = line.text else {
            try requireReach(board.thing)
            try turn.require(.post, on: board.thing)
            return try editNote(note.replySubject, for: board.thing, answering: note)
        }
        try pin(note.replySubject, body, to: board, answering: note)
    }

    private func pin(_ subject: String, _ body: String, to board: Board, answering other: Letter? = nil) throws {
        let note = world.create(.letter)
        world.set(.author, to: Int(clamping: actor.id.number), on: note)
        world.set(.authorName, to: actor.name, on: note)
        world.set(.subject, to: subject, on: note)
        world.set(.body, to: body, on: note)
        if let other { world.set(.replyTo, to: Int(clamping: other.thing.id.number), on: note) }
        try pin(note, to: board)
    }

    private func pin(_ note: Thing, to board: Board) throws {
        try requireReach(board.thing)
        try turn.require(.post, on: board.thing)
        try letters { () throws(LetterProblem) in
            try postOffice.countSending()
            _ = try board.post(note)
        }
        ReadMarks(of: actor, on: board.thing).read(Letter(note), in: world)
        announce("\(actor) \(verb: "pin") a note to \(the: board.thing): \"\(Letter(note).shownSubject)\".")
    }

    // MARK: Removing

    /// Takes a note off: one's own, or any for those who look after the world.
    func removeNote(_ text: String) throws {
        let (rest, board) = try divided(text)
        let note = try note(rest, on: board)
        try requireReach(board.thing)
        if note.author(in: world) !== actor { try turn.require(.moderate, on: board.thing) }
        let subject = note.shownSubject
        board.remove(note)
        announce("\(actor) \(verb: "take") a note off \(the: board.thing): \"\(subject)\".")
    }
}
