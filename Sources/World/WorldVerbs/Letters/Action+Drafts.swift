import Basics
import WorldLanguage
import WorldModel

/// Writing letters, which lie among the drafts until they are sent.
extension Action {
    var postOffice: PostOffice { PostOffice(turn: turn) }

    /// What is being written.
    func currentDraft() throws -> Letter {
        if let draft = mailbox.draft { return draft }
        throw refuse(
            """
            You are not writing anything. Begin a letter with \(command: "mail to NAME about SUBJECT"), or a note with \
            \(command: "mail draft about SUBJECT").
            """)
    }

    // MARK: Beginning

    /// Begins a letter or sends it at once: `ada, ben about SUBJECT = TEXT`.
    func writeMail(_ text: String) throws {
        let divided = LetterLine(text)
        let line = InputLine(divided.head)
        let place = line.tokens.firstIndex { $0.word == "about" } ?? line.tokens.count
        let names = LetterLine.names(line.words(0..<place))
        let subject = line.text(from: place + 1)
        try begin(to: names, subject: subject, text: divided.text)
    }

    /// Begins a letter, and sends it if its text is complete.
    func begin(to names: [String], subject: String, text: String?, replyTo: Thing? = nil, quoting: Letter? = nil) throws
    {
        let draft = try letters { () throws(LetterProblem) in
            let people = try postOffice.people(named: names)
            try PostOffice.check(subject: subject)
            try PostOffice.check(body: text ?? "")
            return try mailbox.beginDraft(to: people.map(\.name), subject: subject)
        }
        if let replyTo { world.set(.replyTo, to: Int(clamping: replyTo.id.number), on: draft.thing) }
        if let text { world.set(.body, to: text, on: draft.thing) }
        if let quoting { try enclose(quoting, in: draft) }
        if text != nil { return try send(draft, isNew: true) }
        turn.reply("You begin a letter to \(list: people(draft)): \"\(draft.shownSubject)\".")
        enterEditor(draft)
    }

    /// Begins something of which it is not said to whom it goes, such as a note: `about SUBJECT`.
    func beginDraft(about subject: String) throws {
        let draft = try letters { () throws(LetterProblem) in
            try PostOffice.check(subject: subject)
            return try mailbox.beginDraft(to: [], subject: subject)
        }
        turn.reply("You begin to write: \"\(draft.shownSubject)\".")
        enterEditor(draft)
    }

    // MARK: Answering

    /// Answers a letter: `3`, or `3 = TEXT`.
    func replyToMail(_ text: String) throws {
        let divided = LetterLine(text)
        let (letter, _) = try selectedOne(divided.head)
        if letter.isDraft { throw refuse("That is a draft of your own.") }
        let author = letter.author(in: world)
        let names = author === actor ? letter.recipients : [author?.name ?? letter.authorName]
        try begin(to: names, subject: letter.replySubject, text: divided.text, replyTo: letter.original)
    }

    /// Sends a letter on: `3 to ben`, or `3 to ben = TEXT`.
    func forwardMail(_ text: String) throws {
        let divided = LetterLine(text)
        let line = InputLine(divided.head)
        guard let place = line.tokens.firstIndex(where: { $0.word == "to" }), place > 0 else {
            throw refuse("Use it like this: \(command: "mail forward NUMBER to NAME").")
        }
        let (letter, _) = try selectedOne(line.text(before: place))
        if letter.isDraft { throw refuse("That is a draft of your own.") }
        let subject = String("Fwd: \(letter.subject)".prefix(LetterLimits.subject))
        let names = LetterLine.names(line.words((place + 1)..<line.tokens.count))
        let isComplete = divided.text != nil
        try begin(to: names, subject: subject, text: divided.text, quoting: letter)
        if !isComplete { turn.reply("The letter that you forward stands below what you write.") }
    }

    /// Puts the text and the attachments of a letter into another one.
    private func enclose(_ letter: Letter, in draft: Letter) throws {
        let time = LetterTime.absolute(letter.date)
        let head = turn.text("Forwarded from \(plain: letter.authorName), \(time): \(letter.headSubject)").plain
        let body = [draft.body, head, letter.body].filter { !$0.isEmpty }.joined(separator: "\n")
        try letters { () throws(LetterProblem) in try PostOffice.check(body: body) }
        world.write(body, to: draft.thing)
        for attachment in letter.attachments { attach(attachment[.title], attachment[.body], to: draft) }
    }

    // MARK: Lines

    /// Adds a line to what is being written.
    func writeLine(_ text: String) throws {
        let draft = try currentDraft()
        let body = draft.body
        let longer = body.isEmpty ? text : body + "\n" + text
        try letters { () throws(LetterProblem) in try PostOffice.check(body: longer) }
        world.write(longer, to: draft.thing)
        let count = longer.utf8.count { $0 == UInt8(ascii: "\n") } + 1
        if text.isEmpty { return turn.reply("Line \(plain: String(count)) is empty.") }
        turn.reply("Line \(plain: String(count)) is written.")
    }

    /// Takes the last line back.
    func unwriteLine() throws {
        let draft = try currentDraft()
        let body = draft.body
        if body.isEmpty { throw refuse("There is no line yet.") }
        let end = body.utf8.lastIndex(of: UInt8(ascii: "\n"))
        world.write(end.map { String(body[..<$0]) } ?? "", to: draft.thing)
        let line = end.map { String(body[body.index(after: $0)...]) } ?? body
        turn.reply("The last line is gone: \"\(speech: line)\"")
    }

    func showDraft() throws {
        let draft = try currentDraft()
        let head: Sentence = "Draft \(plain: String(draft.number)): \(draft.headSubject)"
        turn.show(sheet(draft, head), as: .reference)
    }

    /// Goes on with another draft: `3`.
    func takeUpDraft(_ text: String) throws {
        guard let number = LetterSelection(text)?.number else {
            throw refuse("Say which draft by its number, as in \(command: "mail draft 3").")
        }
        guard let draft = mailbox.folder(.drafts)?.letter(number), draft.isDraft else {
            throw refuse("There is no draft \(plain: String(number)).")
        }
        world.set(.draft, to: draft.thing, on: actor)
        turn.reply("You go on with draft \(plain: String(number)): \"\(draft.shownSubject)\".")
    }

    func readdressDraft(_ text: String) throws {
        let draft = try currentDraft()
        let names = LetterLine.names(InputLine.words(of: text))
        let people = try letters { () throws(LetterProblem) in try postOffice.people(named: names) }
        world.set(.recipients, to: people.map(\.name), on: draft.thing)
        turn.reply("The letter goes to \(list: self.people(draft)).")
    }

    func renameDraft(_ text: String) throws {
        let draft = try currentDraft()
        try letters { () throws(LetterProblem) in try PostOffice.check(subject: text) }
        world.set(.subject, to: text, on: draft.thing)
        turn.reply("The subject is \"\(speech: text)\" now.")
    }

    func dropDraft() throws {
        let draft = try currentDraft()
        let subject = draft.shownSubject
        mailbox.expunge(draft)
        turn.reply("The draft \"\(subject)\" is gone.")
    }

    // MARK: Attachments

    /// Attaches a text to what is being written.
    func attachText(_ name: String, _ text: String) throws {
        let draft = try currentDraft()
        try letters { () throws(LetterProblem) in
            let known = draft.attachments
            if name.isEmpty || name.count > LetterLimits.name { throw .longName }
            if known.count >= LetterLimits.attachments { throw .tooManyAttachments }
            if text.utf8.count > LetterLimits.attachment { throw .longAttachment }
            if known.contains(where: { $0[.title].folded == name.folded }) { throw .attachmentExists(name) }
        }
        attach(name, text, to: draft)
        turn.reply("You attach \"\(speech: name)\" to the letter.")
    }

    private func attach(_ name: String, _ text: String, to draft: Letter) {
        let attachment = world.create(.letter)
        world.set(.title, to: name, on: attachment)
        world.set(.body, to: text, on: attachment)
        world.move(attachment, to: draft.thing)
    }

    func attachWriting(of thing: Thing, as name: String) throws {
        try requireSight(thing)
        try turn.require(.read, on: thing)
        let writing = thing[.readable].trimmed
        if writing.isEmpty { throw refuse("There is nothing to read on \(the: thing).") }
        try attachText(name, writing)
    }

    func detachText(_ name: String) throws {
        let draft = try currentDraft()
        guard let attachment = draft.attachments.first(where: { $0[.title].folded == name.folded }) else {
            throw refuse("The letter has no attachment \"\(speech: name)\".")
        }
        world.destroy(attachment)
        turn.reply("The attachment \"\(speech: name)\" is gone.")
    }

    // MARK: Sending

    func sendDraft() throws { try send(try currentDraft(), isNew: false) }

    /// Sends a draft; when that cannot be, the draft stays.
    private func send(_ draft: Letter, isNew: Bool) throws {
        world.settle(draft.thing)
        var people: [Thing] = []
        do {
            try turn.attempt { people = try postOffice.send(draft) }
        } catch let problem as LetterProblem {
            // What was written with the command must not be lost with it.
            guard isNew else { throw refuse(problem.sentence) }
            turn.reply(problem.sentence, as: .refusal)
            return turn.reply(
                "What you wrote is kept as draft \(plain: String(draft.number)); \(command: "mail send") tries again.",
                as: .refusal)
        }
        let names: [Sentence] = people.map { "\($0.name, .person)" }
        turn.reply("You send a letter to \(list: names): \"\(draft.shownSubject)\".")
    }
}
