import WorldLanguage
import WorldModel

extension Verb {
    static let mail = Verb(
        "mail", group: .talking, role: .player,
        usage: [
            "mail", "mail NUMBER", "mail to NAME about SUBJECT = TEXT", "mail reply NUMBER = TEXT",
            "mail delete NUMBER",
            "mail list FOLDER",
        ],
        summary: "Read and write letters.",
        help: """
            Letters reach people who are away. Without more this lists what has come; a number reads one. Numbers stay as \
            they are when other letters go. For long letters leave out the text, add lines with `write`, and send with \
            `mail send`. `help letters` tells the rest: folders, attachments, searching.
            Example: `mail 3`, `mail to ada, ben about tea = Come at five.`, `mail reply 3 = Gladly.`, `mail list sent`.
            """,
        forms: MailDeed.all.map(\.form)
    ) { command, action in
        guard MailDeed.all.indices.contains(command.form) else { return }
        try MailDeed.all[command.form].perform(command, action)
    }

    static let write = Verb(
        "write", group: .talking, role: .player, usage: ["write TEXT", "write"],
        summary: "Add a line to the letter or note you are writing.",
        help: """
            Adds a line to what you began with `mail to` or `mail draft about`; without a text the line is empty. \
            `mail draft` shows what you have, `mail unwrite` takes the last line back.
            Example: `write Dear Ada,`.
            """,
        forms: [[], [.text]]
    ) { command, action in
        try action.writeLine(command.text)
    }
}

/// One thing that can be done with mail: what is typed after the verb, and what it does.
struct MailDeed: Sendable {
    let form: [Element]
    let perform: @Sendable (Command, Action) throws -> Void

    private init(_ form: [Element], _ perform: @escaping @Sendable (Command, Action) throws -> Void) {
        self.form = form
        self.perform = perform
    }

    /// A word, or one of several, and then a text.
    private init(_ words: String..., text perform: @escaping @Sendable (String, Action) throws -> Void) {
        self.init([.word(words), .text]) { try perform($0.text, $1) }
    }

    /// One word of several and nothing more.
    private init(_ words: String..., alone perform: @escaping @Sendable (Action) throws -> Void) {
        self.init([.word(words)]) { try perform($1) }
    }

    /// The first form that fits is taken.
    static let all =
        reading + writing + filing + [
            MailDeed([.text]) { command, action in
                if LetterSelection(command.text) != nil { return try action.readMail(command.text) }
                if let name = InputLine.words(of: command.text).first, let person = action.world.player(named: name) {
                    throw action.refuse(
                        "To write to \(name: person), type \(command: "mail to \(name) about SUBJECT = TEXT").")
                }
                throw action.refuse(
                    "Mail knows nothing about \"\(speech: command.text)\". \(command: "help letters") tells what it does."
                )
            }
        ]

    private static let reading = [
        MailDeed([]) { try $1.listFolder(try $1.folder(named: nil)) },
        MailDeed("list", "ls", alone: { try $0.listFolder(try $0.folder(named: nil)) }),
        MailDeed("list", "ls", text: { try $1.listMail($0) }),
        MailDeed("folders", alone: { $0.listMailFolders() }),
        MailDeed("drafts", alone: { try $0.listFolder(try $0.folder(named: StandardFolder.drafts.rawValue)) }),
        MailDeed("read", text: { try $1.readMail($0) }),
        MailDeed("next", alone: { try $0.readNextMail() }),
        MailDeed("show", text: { try $1.showAttachment($0) }),
        MailDeed("search", "find", text: { try $1.searchMail($0) }),
    ]

    private static let writing = [
        MailDeed("to", text: { try $1.writeMail($0) }),
        MailDeed("draft", alone: { try $0.showDraft() }),
        MailDeed([.word(["draft"]), .word(["about"]), .text]) { try $1.beginDraft(about: $0.text) },
        MailDeed("draft", text: { try $1.takeUpDraft($0) }),
        MailDeed("address", text: { try $1.readdressDraft($0) }),
        MailDeed("subject", text: { try $1.renameDraft($0) }),
        MailDeed("write", alone: { try $0.writeLine("") }),
        MailDeed("write", text: { try $1.writeLine($0) }),
        MailDeed("unwrite", alone: { try $0.unwriteLine() }),
        MailDeed([.word(["attach"]), .name, .word(["from"]), .object(.held)]) { command, action in
            guard let thing = command.thing(), let name = command.words.first else { return }
            try action.attachWriting(of: thing, as: name)
        },
        MailDeed(
            "attach",
            text: { text, action in
                let line = LetterLine(text)
                guard let text = line.text else {
                    throw action.refuse(
                        "Use it like this: \(command: "mail attach NAME = TEXT") or \(command: "mail attach NAME from THING")."
                    )
                }
                try action.attachText(line.head, text)
            }),
        MailDeed("detach", text: { try $1.detachText($0) }),
        MailDeed("send", alone: { try $0.sendDraft() }),
        MailDeed("drop", alone: { try $0.dropDraft() }),
        MailDeed("reply", "answer", text: { try $1.replyToMail($0) }),
        MailDeed("forward", text: { try $1.forwardMail($0) }),
    ]

    private static let filing = [
        MailDeed("delete", "remove", text: { try $1.deleteMail($0) }),
        MailDeed("empty", alone: { try $0.emptyTrash() }),
        MailDeed("move", text: { try $1.moveMail($0) }),
        MailDeed("flag", text: { try $1.mark($0, .flagged, true) }),
        MailDeed("unflag", text: { try $1.mark($0, .flagged, false) }),
        MailDeed("unread", text: { try $1.mark($0, .seen, false) }),
        MailDeed([.word(["folder"]), .word(["create", "make", "new"]), .text]) { try $1.makeMailFolder($0.text) },
        MailDeed([.word(["folder"]), .word(["remove", "delete"]), .text]) { try $1.removeMailFolder($0.text) },
        MailDeed("folder", text: { try $1.listMail($0) }),
    ]
}
