import Basics
import WorldLanguage
import WorldModel

/// Finding letters and reading them.
extension Action {
    var mailbox: Mailbox { Mailbox(of: actor, in: world) }

    /// Does something with letters, and refuses for the reason it has when it cannot be done.
    func letters<Answer>(_ body: () throws(LetterProblem) -> Answer) throws -> Answer {
        do {
            return try body()
        } catch {
            // So that `oops` and the right name mend it.
            if case .unknown(let name) = error { conversation.unknownWord = name }
            throw refuse(error.sentence)
        }
    }

    /// A folder by its name; the inbox without one.
    func folder(named name: String?) throws -> LetterFolder {
        guard let name else { return try inbox() }
        let kind = standardFolder(named: name)
        if let folder = mailbox.folder(named: kind?.rawValue ?? name) { return folder }
        if let kind { throw refuse("There is no letter in \(Sentence(message: kind.rawValue)).") }
        throw refuse("You have no folder called \"\(speech: name)\". \(command: "mail folders") lists them.")
    }

    /// A folder that everybody has, by its name in English or in the actor's language.
    func standardFolder(named name: String) -> StandardFolder? {
        StandardFolder.allCases.first { kind in
            let shown = turn.phrase(Sentence(message: kind.rawValue)).plain
            return kind.rawValue.folded == name.folded || shown.folded == name.folded
        }
    }

    private func inbox() throws -> LetterFolder {
        guard let inbox = mailbox.folder(.inbox) else { throw refuse("You have no mail.") }
        return inbox
    }

    /// The letters that a text names, with their folder; at least one.
    func selected(_ text: String) throws -> (letters: [Letter], folder: LetterFolder) {
        guard let selection = LetterSelection(text) else {
            throw refuse(
                "Say which letter by its number, as in \(command: "mail read 3") or \(command: "mail read 3 in sent").")
        }
        let folder = try folder(named: selection.folder)
        if let number = selection.number {
            guard let letter = folder.letter(number) else {
                throw refuse("There is no letter \(plain: String(number)) in \(folder.shownName).")
            }
            return ([letter], folder)
        }
        let found = folder.letters.filter { selection.contains($0.number) }
        if found.isEmpty { throw refuse("There are no such letters in \(folder.shownName).") }
        return (found, folder)
    }

    /// The one letter that a text names.
    func selectedOne(_ text: String) throws -> (letter: Letter, folder: LetterFolder) {
        let (letters, folder) = try selected(text)
        guard letters.count == 1, let letter = letters.first else {
            throw refuse("You can do that with one letter at a time.")
        }
        return (letter, folder)
    }

    // MARK: Lists

    /// Lists a folder: `list`, `list sent`, `list before 40`, `list sent before 40`.
    func listMail(_ text: String) throws {
        let line = InputLine(text)
        var name: String? = text
        var end = Int.max
        if let place = line.tokens.firstIndex(where: { $0.word == "before" }) {
            guard place + 2 == line.tokens.count, let number = Int(line.tokens[place + 1].word) else {
                throw refuse("Use it like this: \(command: "mail list FOLDER before NUMBER").")
            }
            end = number
            name = place == 0 ? nil : line.text(before: place)
        }
        try listFolder(try folder(named: name), before: end)
    }

    func listFolder(_ folder: LetterFolder, before end: Int = .max) throws {
        let letters = folder.letters
        if letters.isEmpty { return turn.reply("There is no letter in \(folder.shownName).", as: .reference) }
        var text = turn.phrase("\(phrase: folder.shownName, .title)")
        text.append("\n")
        let count = String(letters.count)
        let isDrafts = folder.name == StandardFolder.drafts.rawValue
        switch (isDrafts, letters.count) {
        case (true, 1): text.append(turn.text("There is one draft."))
        case (true, _): text.append(turn.text("There are \(plain: count) drafts."))
        case (false, 1): text.append(turn.text("There is one letter."))
        case (false, _): text.append(turn.text("There are \(plain: count) letters."))
        }
        let unread = letters.count { !$0.has(.seen) }
        if unread == 1 { text.append(turn.text(" One is unread.")) }
        if unread > 1 { text.append(turn.text(" \(plain: String(unread)) are unread.")) }
        let older = letters.filter { $0.number < end }
        let shown = older.suffix(LetterLimits.listed)
        for letter in shown {
            text.append("\n- ")
            text.append(item(letter, in: folder))
        }
        if shown.count < older.count, let first = shown.first {
            let line = "mail list \(folder.name.folded) before \(first.number)"
            let rest = String(older.count - shown.count)
            text.append("\n")
            text.append(turn.text("\(plain: rest) older ones are not shown; \(command: line) lists more."))
        }
        turn.show(text, as: .reference)
    }

    /// One line of a list.
    private func item(_ letter: Letter, in folder: LetterFolder) -> StyledText {
        var head: Sentence = "\(plain: String(letter.number))"
        if !letter.has(.seen) { head = "\(head), unread" }
        if letter.has(.flagged) { head = "\(head), flagged" }
        if letter.has(.answered) { head = "\(head), answered" }
        let subject = letter.shownSubject
        if letter.isDraft {
            if letter.recipients.isEmpty { return turn.text("\(head): \"\(subject)\".") }
            return turn.text("\(head): \"\(subject)\", to \(list: people(letter)).")
        }
        let time = LetterTime.text(letter.date, now: world.now)
        if letter.author(in: world) === actor, folder.name != StandardFolder.inbox.rawValue {
            return turn.text("\(head): \"\(subject)\", to \(list: people(letter)), \(time).")
        }
        return turn.text("\(head): \"\(subject)\", from \(letter.authorName, .person), \(time).")
    }

    func people(_ letter: Letter) -> [Sentence] { letter.recipients.map { "\($0, .person)" } }

    func listMailFolders() {
        let folders = mailbox.folders
        if folders.isEmpty { return turn.reply("You have no mail.", as: .reference) }
        var text = turn.text("\(phrase: "Folders", .title)")
        for folder in folders {
            let (count, unread) = (folder.count, folder.unread)
            text.append("\n- ")
            switch (count, unread) {
            case (0, _): text.append(turn.text("\(folder.shownName): empty."))
            case (1, 0): text.append(turn.text("\(folder.shownName): one letter."))
            case (1, _): text.append(turn.text("\(folder.shownName): one letter, unread."))
            case (_, 0): text.append(turn.text("\(folder.shownName): \(plain: String(count)) letters."))
            default:
                text.append(
                    turn.text(
                        "\(folder.shownName): \(plain: String(count)) letters, \(plain: String(unread)) unread."))
            }
        }
        let (used, limit) = (String(mailbox.count), String(LetterLimits.letters))
        text.append("\n")
        text.append(turn.text("Your mailbox holds \(plain: used) of at most \(plain: limit) letters."))
        turn.show(text, as: .reference)
    }

    // MARK: Reading

    /// Reads the letters named, as many as a screen takes.
    func readMail(_ text: String) throws {
        let (letter, folder) = try selectedOne(text)
        read(letter, in: folder)
    }

    func readNextMail() throws {
        let inbox = try folder(named: nil)
        guard let letter = inbox.letters.first(where: { !$0.has(.seen) }) else {
            throw refuse("You have no unread mail.")
        }
        read(letter, in: inbox)
    }

    private func read(_ letter: Letter, in folder: LetterFolder) {
        let number = String(letter.number)
        let head: Sentence = "Letter \(plain: number) in \(folder.shownName): \(letter.headSubject)"
        turn.show(sheet(letter, head), as: .reference)
        // Reading works also while nothing can be kept.
        if !interpreter.isReadOnly { letter.set(.seen, true, in: world) }
    }

    /// A letter or note as it is read.
    func sheet(_ letter: Letter, _ head: Sentence) -> StyledText {
        var text = turn.text("\(phrase: head, .title)")
        text.append("\n")
        let time = LetterTime.text(letter.date, now: world.now)
        if letter.isDraft {
            text.append(turn.text("A draft."))
        } else if !letter.authorName.isEmpty {
            text.append(turn.text("From \(letter.authorName, .person), \(time)."))
        } else {
            text.append(turn.text("Written \(time)."))
        }
        if !letter.recipients.isEmpty {
            text.append("\n")
            text.append(turn.text("To \(list: people(letter))."))
        }
        let names = Self.names(of: letter.attachments)
        if !names.isEmpty {
            text.append("\n")
            text.append(turn.text(names.count == 1 ? "Attachment: \(list: names)." : "Attachments: \(list: names)."))
        }
        text.append("\n\n")
        text.append(letter.body.isEmpty ? turn.text("There is no text.") : StyledText(letter.body, .quote))
        return text
    }

    private static func names(of attachments: [Thing]) -> [Sentence] {
        attachments.map { "\"\(speech: $0[.title])\"" }
    }

    /// Reads a text that goes with a letter: `3 attachment map`, or `3` when it has only one.
    func showAttachment(_ text: String) throws {
        let line = InputLine(text)
        let place = line.tokens.firstIndex { $0.word == "attachment" }
        let (letter, _) = try selectedOne(place.map { line.text(before: $0) } ?? text)
        let attachments = letter.attachments
        guard let first = attachments.first else { throw refuse("That letter has no attachment.") }
        let names = Self.names(of: attachments)
        guard let place else {
            if attachments.count == 1 { return show(attachment: first) }
            throw refuse("Say which attachment: \(list: names, isChoice: true).")
        }
        let name = line.text(from: place + 1)
        guard let attachment = attachments.first(where: { $0[.title].folded == name.folded }) else {
            throw refuse("That letter has no attachment \"\(speech: name)\", but \(list: names, isChoice: true).")
        }
        show(attachment: attachment)
    }

    private func show(attachment: Thing) {
        var text = StyledText(attachment[.title], .title)
        text.append("\n")
        text.append(attachment[.body], .quote)
        turn.show(text, as: .reference)
    }
}
