import Basics
import WorldLanguage
import WorldModel

/// Keeping a mailbox in order.
extension Action {
    /// Letters go to the trash; those that are there already end.
    func deleteMail(_ text: String) throws {
        let (letters, folder) = try selected(text)
        let isTrash = folder.name == StandardFolder.trash.rawValue
        let trash = mailbox.madeFolder(.trash)
        for letter in letters {
            if isTrash { mailbox.expunge(letter) } else { try move(letter, to: trash) }
        }
        if letters.count == 1, let letter = letters.first {
            if isTrash { return turn.reply("The letter is gone for good.") }
            return turn.reply("You throw away the letter \"\(letter.shownSubject)\". It lies in the trash.")
        }
        let count = String(letters.count)
        if isTrash { return turn.reply("\(plain: count) letters are gone for good.") }
        turn.reply("You throw away \(plain: count) letters. They lie in the trash.")
    }

    func emptyTrash() throws {
        guard let trash = mailbox.folder(.trash), trash.count > 0 else {
            throw refuse("There is nothing in the trash.")
        }
        let letters = trash.letters
        for letter in letters { mailbox.expunge(letter) }
        if letters.count == 1 { return turn.reply("The trash is empty: one letter is gone for good.") }
        turn.reply("The trash is empty: \(plain: String(letters.count)) letters are gone for good.")
    }

    /// Moves letters to another folder: `3 to plans`, `3-5 in sent to plans`.
    func moveMail(_ text: String) throws {
        let line = InputLine(text)
        guard let place = line.tokens.lastIndex(where: { $0.word == "to" }), place > 0 else {
            throw refuse("Use it like this: \(command: "mail move NUMBER to FOLDER").")
        }
        let (letters, source) = try selected(line.text(before: place))
        let name = line.text(from: place + 1)
        let target = try standardFolder(named: name).map { mailbox.madeFolder($0) } ?? folder(named: name)
        if target.thing === source.thing { throw refuse("That is where it lies already.") }
        if target.name == StandardFolder.drafts.rawValue, letters.contains(where: { !$0.isDraft }) {
            throw refuse("Only what was not sent yet can lie among the drafts.")
        }
        let numbers = letters.map(\.number)
        for letter in letters { try move(letter, to: target) }
        guard letters.count == 1, let letter = letters.first else {
            return turn.reply("You move \(plain: String(letters.count)) letters to \(target.shownName).")
        }
        let (old, new) = (String(numbers[0]), String(letter.number))
        turn.reply("Letter \(plain: old) is letter \(plain: new) in \(target.shownName) now.")
    }

    private func move(_ letter: Letter, to folder: LetterFolder) throws {
        try letters { () throws(LetterProblem) in try mailbox.move(letter, to: folder) }
        let isCurrent = world.thing(actor, .draft) === letter.thing
        if isCurrent, folder.name != StandardFolder.drafts.rawValue { world.set(.draft, to: nil, on: actor) }
    }

    func makeMailFolder(_ name: String) throws {
        let name = standardFolder(named: name)?.rawValue ?? name
        let folder = try letters { () throws(LetterProblem) in try mailbox.makeFolder(named: name) }
        turn.reply("You make a folder called \"\(speech: folder.name)\".")
    }

    func removeMailFolder(_ name: String) throws {
        let folder = try folder(named: name)
        let name = folder.name
        try letters { () throws(LetterProblem) in try mailbox.remove(folder) }
        turn.reply("The folder \"\(speech: name)\" is gone.")
    }

    /// Marks letters, and says so.
    func mark(_ text: String, _ flag: LetterFlag, _ isOn: Bool) throws {
        let (letters, _) = try selected(text)
        for letter in letters { letter.set(flag, isOn, in: world) }
        let isOne = letters.count == 1
        let number = isOne ? String(letters[0].number) : String(letters.count)
        switch (flag, isOn, isOne) {
        case (.flagged, true, true): turn.reply("Letter \(plain: number) is flagged.")
        case (.flagged, true, false): turn.reply("\(plain: number) letters are flagged.")
        case (.flagged, false, true): turn.reply("Letter \(plain: number) is not flagged any more.")
        case (.flagged, false, false): turn.reply("\(plain: number) letters are not flagged any more.")
        case (_, true, true): turn.reply("Letter \(plain: number) counts as read.")
        case (_, true, false): turn.reply("\(plain: number) letters count as read.")
        case (_, false, true): turn.reply("Letter \(plain: number) counts as unread.")
        case (_, false, false): turn.reply("\(plain: number) letters count as unread.")
        }
    }

    // MARK: Searching

    /// Lists the letters in all folders in which all the words are, the newest first.
    func searchMail(_ words: String) throws {
        let wanted = InputLine.words(of: words).map { Array($0.utf8) }
        if wanted.isEmpty { throw refuse("Use it like this: \(command: "mail search WORDS").") }
        var found: [(letter: Letter, folder: LetterFolder)] = []
        var budget = LetterLimits.searched
        let all = mailbox.folders.flatMap { folder in folder.letters.map { ($0, folder) } }
            .sorted { ($0.0.thing[.sent], $0.0.thing.id) > ($1.0.thing[.sent], $1.0.thing.id) }
        for (letter, folder) in all where budget > 0 && found.count < LetterLimits.listed {
            let parts = [letter.subject, letter.authorName, letter.body] + letter.recipients
            let text = Array(parts.joined(separator: "\n").folded.utf8)
            budget -= text.count
            if wanted.allSatisfy({ Self.has(text, $0) }) { found.append((letter, folder)) }
        }
        if found.isEmpty { return turn.reply("No letter has \"\(speech: words)\" in it.", as: .reference) }
        var text = turn.text("\(phrase: "Letters found", .title)")
        for (letter, folder) in found {
            let (number, subject) = (String(letter.number), letter.shownSubject)
            let time = LetterTime.text(letter.date, now: world.now)
            text.append("\n- ")
            text.append(
                letter.isDraft
                    ? turn.text("\(plain: number) in \(folder.shownName): \"\(subject)\".")
                    : turn.text(
                        """
                        \(plain: number) in \(folder.shownName): "\(subject)", from \
                        \(letter.authorName, .person), \(time).
                        """))
        }
        if budget <= 0 {
            text.append("\n")
            text.append(turn.text("Older letters were not looked through."))
        }
        turn.show(text, as: .reference)
    }

    /// Whether octets occur in others; by octets, because a search by characters takes fifty times as long.
    private static func has(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        guard let first = word.first else { return true }
        var start = 0
        while start + word.count <= text.count {
            if text[start] == first, text[start..<(start + word.count)].elementsEqual(word) { return true }
            start += 1
        }
        return false
    }
}
