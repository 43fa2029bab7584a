import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let homepage = Verb(
        "homepage", group: .yourself, role: .player,
        usage: ["homepage", "homepage NAME", "homepage NAME FILE", "homepage remove FILE"],
        summary: "See what is on your homepage, or on somebody else's.",
        help: """
            Lists the files of your homepage and how much room there is. You put files there from your own computer, with \
            a program for SFTP, and can read and write your notes and copy your letters in the same way; `help files` tells \
            how. `homepage remove` takes a file, or a folder that is empty, away. With a name it lists what that player shows \
            to everybody, and with a file as well it shows that, if it is a text.
            Example: `homepage`, `homepage ada`, `homepage ada index.html`, `homepage remove pictures/cat.png`.
            """,
        forms: [[], [.word(["remove", "delete"]), .text], [.name], [.name, .text]], hasShortForms: false
    ) { command, action in
        switch command.form {
        case 0: action.listHomepage()
        case 1: try action.removeFile(command.text, in: .homepage)
        case 2: action.listHomepage(of: try action.anybody(command.words[0], typed: command.typed[0]))
        default:
            let person = try action.anybody(command.words[0], typed: command.typed[0])
            try action.showFile(command.text, of: person)
        }
    }

    static let notes = Verb(
        "notes", ["note"], group: .yourself, role: .player,
        usage: ["notes", "note NAME", "note NAME = TEXT", "note add NAME = TEXT", "note remove NAME"],
        summary: "Keep texts for yourself.",
        help: """
            Lists the texts that you keep; nobody else reads them. With a name it shows one, and with an equals sign it \
            writes one, in place of what it said; `note add` adds a line. Longer ones are easier to write in a file: `help \
            files` tells how. For notes on a board use `post`.
            Example: `note shopping = Flour and lamp oil.`, `note add shopping = A hat.`, `note shopping`.
            """,
        forms: [[], [.word(["remove", "delete"]), .text], [.word(["add"]), .text], [.text]], hasShortForms: false
    ) { command, action in
        switch command.form {
        case 0: action.listNotes()
        case 1: try action.removeFile(command.text, in: .notes)
        case 2: try action.writeNote(command.text, isAdding: true)
        default: try action.note(command.text)
        }
    }
}

extension Action {
    private var files: PlayerFiles { PlayerFiles(of: actor, in: world) }

    /// Does something with files, and refuses for the reason it has when it cannot be done.
    private func filing<Answer>(_ body: () throws(FileProblem) -> Answer) throws -> Answer {
        do throws(FileProblem) {
            return try body()
        } catch {
            throw refuse(error.sentence)
        }
    }

    /// The path of what somebody typed, who need not know how files are named: `shopping list` is `shopping-list.txt`.
    private func path(_ text: String, in section: FileSection) throws -> FilePath {
        let typed = text.trimmed.split(separator: " ").joined(separator: "-")
        let path = try filing { () throws(FileProblem) in try FilePath(section, text: typed) }
        if section != .notes || path.name.contains(".") || files.entry(at: path) != nil { return path }
        return try filing { () throws(FileProblem) in try FilePath(section, text: typed + ".txt") }
    }

    // MARK: Lists

    fileprivate func listHomepage() {
        let all = files.all(in: .homepage)
        var text = turn.text("\(phrase: "Your homepage", .title)")
        appendUsage(of: .homepage, to: &text)
        appendFiles(all, to: &text)
        text.append("\n")
        text.append(
            turn.text(
                """
                You put files there by SFTP, with your name and password here; \(command: "help files") tells how.
                """))
        turn.show(text, as: .reference)
    }

    /// What somebody shows to everybody.
    fileprivate func listHomepage(of person: Thing) {
        if person === actor { return listHomepage() }
        let all = PlayerFiles(of: person, in: world).all(in: .homepage)
        if all.isEmpty { return turn.reply("There is nothing on the homepage of \(name: person).", as: .reference) }
        var text = turn.text("\(phrase: "The homepage of \(name: person)", .title)")
        appendFiles(all, to: &text)
        text.append("\n")
        text.append(turn.text("\(command: "homepage NAME FILE") shows a text of it."))
        turn.show(text, as: .reference)
    }

    private func appendFiles(_ all: [PlayerFile], to text: inout StyledText) {
        for file in all.prefix(FileLimits.listed) {
            let size = FileProblem.kibibytes(file.octetCount)
            text.append("\n- ")
            text.append(
                turn.phrase(
                    file.isFolder
                        ? "\(plain: file.path.text), a folder"
                        : "\(plain: file.path.text), \(plain: size) KiB, \(plain: file.mediaType)"))
        }
        appendRest(of: all.count, to: &text)
    }

    fileprivate func listNotes() {
        let all = files.all(in: .notes)
        if all.isEmpty {
            return turn.reply("You keep no notes; \(command: "note NAME = TEXT") writes one.", as: .reference)
        }
        var text = turn.text("\(phrase: "Your notes", .title)")
        appendUsage(of: .notes, to: &text)
        for file in all.prefix(FileLimits.listed) {
            let time = LetterTime.relative(file.modified, world.now)
            text.append("\n- ")
            text.append(
                turn.phrase(
                    file.isFolder ? "\(plain: file.path.text), a folder" : "\(plain: file.path.text), \(time)"))
        }
        appendRest(of: all.count, to: &text)
        turn.show(text, as: .reference)
    }

    private func appendUsage(of section: FileSection, to text: inout StyledText) {
        let (octets, count) = files.usage(of: section)
        let (taken, room) = (FileProblem.kibibytes(octets), FileProblem.kibibytes(section.octets))
        text.append("\n")
        text.append(
            turn.text(
                """
                \(plain: String(count)) of \(plain: String(section.files)) files, \(plain: taken) of \(plain: room) KiB.
                """))
    }

    private func appendRest(of count: Int, to text: inout StyledText) {
        let rest = count - FileLimits.listed
        if rest <= 0 { return }
        text.append("\n")
        text.append(turn.text("And \(plain: String(rest)) more."))
    }

    // MARK: One file

    fileprivate func note(_ text: String) throws {
        if text.contains("=") { return try writeNote(text, isAdding: false) }
        let path = try path(text, in: .notes)
        let file = try filing { () throws(FileProblem) in try files.file(at: path) }
        turn.show(Self.shown(file.content, titled: path.text), as: .reference)
    }

    /// Shows a text of somebody's homepage.
    fileprivate func showFile(_ text: String, of person: Thing) throws {
        let file = try filing { () throws(FileProblem) in
            try PlayerFiles(of: person, in: world).file(at: try FilePath(.homepage, text: text.trimmed))
        }
        let content = file.content
        guard PlayerFiles.isText(content) else {
            throw refuse("The file \(plain: file.path.text) is no text, and cannot be shown here.")
        }
        var shown = Self.shown(content.prefix(FileLimits.shown), titled: file.path.text)
        if content.count > FileLimits.shown {
            let (part, all) = (FileProblem.kibibytes(FileLimits.shown), FileProblem.kibibytes(content.count))
            shown.append("\n")
            shown.append(turn.text("These are the first \(plain: part) of \(plain: all) KiB."))
        }
        turn.show(shown, as: .reference)
    }

    private static func shown(_ content: some Collection<UInt8>, titled title: String) -> StyledText {
        var shown = StyledText(title, .title)
        for line in String(decoding: content, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        {
            shown.append("\n")
            shown.append(String(line).cleaned)
        }
        return shown
    }

    fileprivate func writeNote(_ text: String, isAdding: Bool) throws {
        guard let sign = text.firstIndex(of: "=") else {
            throw refuse("Use it like this: \(command: "note add NAME = TEXT").")
        }
        let path = try path(String(text[..<sign]), in: .notes)
        let line = String(text[text.index(after: sign)...]).trimmed
        try filing { () throws(FileProblem) in
            var content: [UInt8] = []
            if isAdding, let known = files.entry(at: path), !known.isFolder {
                content = known.content
                if let last = content.last, last != UInt8(ascii: "\n") { content.append(UInt8(ascii: "\n")) }
            }
            try files.write(content + Array(line.utf8) + [UInt8(ascii: "\n")], to: path)
        }
        turn.reply(isAdding ? "You add it to \(plain: path.text)." : "You note it as \(plain: path.text).")
    }

    fileprivate func removeFile(_ text: String, in section: FileSection) throws {
        let path = try path(text, in: section)
        try filing { () throws(FileProblem) in try files.remove(path) }
        turn.reply("You throw away \(plain: path.text).")
    }
}
