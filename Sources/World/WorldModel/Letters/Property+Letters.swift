/// What a letter or a note says; a letter that was sent has it once, for everybody who got it.
extension Property where Content == String {
    package static var subject: Self { Self(.subject, "") }
    /// The text, with `\n` between its lines.
    package static var body: Self { Self(.body, "") }
    /// Of a draft: what follows the `body` directly, so that a line more does not write the whole text again.
    package static var bodyEnd: Self { Self(.bodyEnd, "") }
    /// Of a draft: what becomes of the text, `note`, `description` or `plan`; empty for a letter.
    ///
    /// `target` is the thing that it is for.
    package static var purpose: Self { Self(.purpose, "") }
    /// The name of whoever wrote it, as it was then.
    package static var authorName: Self { Self(.authorName, "") }
}

extension Property where Content == Int {
    /// The number of whoever wrote it; a number rather than a reference, because a letter outlives its author.
    package static var author: Self { Self(.author, 0) }
    /// When it was sent or pinned, in milliseconds since 1970; 0 for a draft.
    package static var sent: Self { Self(.sent, 0) }
    /// The number of the letter or note that it answers, 0 for none; see ``author`` for why no reference.
    package static var replyTo: Self { Self(.replyTo, 0) }
}

extension Property where Content == [String] {
    /// To whom a letter goes, by name.
    package static var recipients: Self { Self(.recipients, []) }
    /// What is marked of a letter where it lies: `seen`, `answered`, `flagged`, `deleted`, `draft`, or a word of a mail client's own.
    package static var flags: Self { Self(.flags, []) }
}

/// What folders and boards know of what lies in them.
extension Property where Content == Int {
    /// Of a letter in a folder or a note on a board: its number there, from 1, rising, never used again.
    package static var uid: Self { Self(.uid, 0) }
    /// When it came into its mailbox, in milliseconds since 1970; 0 means when it was sent.
    package static var received: Self { Self(.received, 0) }
    /// Of a folder or board: the number that the next letter in it gets, as ``World/file(_:in:)`` gives it.
    package static var nextUID: Self { Self(.nextUID, 1) }
    /// Of a folder: tells it from another one that had the same name before, in seconds since 1970 or more; of a
    /// player: the last one given out.
    package static var uidValidity: Self { Self(.uidValidity, 0) }
}

extension Property where Content == [ThingID] {
    /// Of a player: the folders of the mailbox, in the order they were made.
    package static var letterFolders: Self { Self(.letterFolders, []) }
}

extension Property where Content == [Int] {
    /// Of an account: when its latest letters and notes were sent, in milliseconds since 1970.
    package static var lettersSent: Self { Self(.lettersSent, []) }
}

extension Property where Content == [String: [Int]] {
    /// Of a player: by the number of a board, up to which note everything is read, then what is read beyond that.
    package static var notesRead: Self { Self(.notesRead, [:]) }
}

extension Property where Content == Bool {
    /// Of a player: whether the lines they type are lines of their draft.
    package static var isEditing: Self { Self(.editing, false) }
}
