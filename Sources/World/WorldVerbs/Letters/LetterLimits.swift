/// How much mail and notes may take; every limit is checked before anything is kept.
package enum LetterLimits {
    /// Of a text, in octets of UTF-8.
    package static let body = 65_536
    /// Of a subject, in characters.
    package static let subject = 200
    /// Texts that go with one letter.
    package static let attachments = 10
    /// Of an attached text, in octets of UTF-8.
    package static let attachment = 65_536
    /// Of the name of an attached text or of a folder, in characters.
    package static let name = 40
    /// Letters in all folders of one mailbox.
    package static let letters = 1000
    /// Drafts of one mailbox.
    package static let drafts = 100
    /// Folders of one mailbox, with those that everybody has.
    package static let folders = 20
    /// Whom one letter goes to.
    package static let recipients = 50
    /// Letters and notes that one account sends in an hour.
    package static let hourly = 30
    /// Notes on one board.
    package static let notes = 200
    /// Boards of which a reader's place is remembered.
    package static let boards = 50
    /// Notes beyond the last one without a gap of which is remembered that they were read.
    package static let readAhead = 50
    /// Letters or notes that one list tells of.
    package static let listed = 20
    /// Text that one search looks through, in octets; the newest letters come first.
    package static let searched = 1 << 20
}
