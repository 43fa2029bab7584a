package import WorldLanguage

/// Why a letter or note cannot be kept or sent.
package enum LetterProblem: Error {
    case longSubject, longBody, longName
    case tooManyAttachments, longAttachment
    case attachmentExists(String)
    case noText, noRecipient, tooManyRecipients
    case unknown(String)
    case guest(String)
    case ignored(String)
    case full(String)
    case ownFull, tooManyDrafts
    case tooOften(wait: Duration)
    case folderExists(String)
    case tooManyFolders
    case standardFolder(String)
    case folderInUse(String)
    case fullBoard

    /// What the writer reads.
    package var sentence: Sentence {
        switch self {
        case .longSubject: "A subject has \(plain: String(LetterLimits.subject)) characters at most."
        case .longBody: "A letter has \(plain: String(LetterLimits.body / 1024)) KiB of text at most."
        case .longName: "A name here has between one and \(plain: String(LetterLimits.name)) characters."
        case .tooManyAttachments:
            "A letter takes \(plain: String(LetterLimits.attachments)) attachments at most."
        case .longAttachment: "An attachment has \(plain: String(LetterLimits.attachment / 1024)) KiB of text at most."
        case .attachmentExists(let name): "The letter has an attachment called \"\(speech: name)\" already."
        case .noText: "There is nothing in it yet. Add something with \(command: "write TEXT") first."
        case .noRecipient: "It goes to nobody yet. Say to whom with \(command: "mail address NAME")."
        case .tooManyRecipients:
            "A letter goes to \(plain: String(LetterLimits.recipients)) people at most."
        case .unknown(let name): "There is nobody called \"\(speech: name)\" to write to."
        case .guest(let person): "\(plain: person) is a guest and has no mailbox."
        case .ignored(let person): "\(plain: person) does not take letters from you, so nothing was sent."
        case .full(let person): "The mailbox of \(plain: person) is full, so nothing was sent."
        case .ownFull:
            "Your mailbox is full. Delete some letters, and empty the trash with \(command: "mail empty"), to make room."
        case .tooManyDrafts:
            """
            You have \(plain: String(LetterLimits.drafts)) drafts, which is as many as one may. Send some of them, or \
            delete them with \(command: "mail delete NUMBER in drafts"). Nothing was sent or kept.
            """
        case .tooOften(let wait):
            """
            You have sent \(plain: String(LetterLimits.hourly)) letters and notes within an hour, which is as many as \
            one may. Nothing was sent; you can send the next one in \(wait.told).
            """
        case .folderExists(let name): "There is a folder called \"\(speech: name)\" already."
        case .tooManyFolders: "A mailbox has \(plain: String(LetterLimits.folders)) folders at most."
        case .standardFolder(let name): "\(Sentence(message: name)) is a folder that everybody has, so it stays."
        case .folderInUse(let name):
            "There are still letters in \"\(speech: name)\". Move or delete them first."
        case .fullBoard: "There is no room for another note on this board. Whoever looks after it has to remove some."
        }
    }
}
