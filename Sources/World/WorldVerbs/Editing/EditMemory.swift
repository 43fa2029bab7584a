import WorldModel

/// What somebody has changed of a draft, for as long as nobody else has; never stored.
struct EditMemory {
    let draft: ThingID
    /// Octets of the text after the last change.
    let octetCount: Int
    let history: EditHistory
}

/// What the editor asks before it does something; any other line is no answer.
enum EditorQuestion {
    case leave, discard, clear
}
