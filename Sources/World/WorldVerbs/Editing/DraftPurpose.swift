import Basics
import WorldLanguage
import WorldModel

/// What becomes of a draft when it is done.
enum DraftPurpose: String {
    case letter = ""
    /// A note for the board that is its `target`.
    case note
    /// What one reads who looks at its `target`.
    case description
    /// What `finger` tells of its writer.
    case plan

    var limits: TextDraft.Limits {
        switch self {
        case .letter, .note: TextDraft.Limits(lines: 1000, octets: LetterLimits.body)
        case .description:
            TextDraft.Limits(lines: 100, characters: Action.longestDescription, octets: LetterLimits.body)
        case .plan: TextDraft.Limits(lines: 20, characters: Plan.longest, octets: LetterLimits.body)
        }
    }
}

extension Letter {
    /// A purpose that is not known makes a letter of it.
    var purpose: DraftPurpose { DraftPurpose(rawValue: thing[.purpose]) ?? .letter }

    /// What is edited of it.
    func draft(_ history: EditHistory = EditHistory()) -> TextDraft {
        TextDraft(body, history, limits: purpose.limits)
    }

    /// The lines of it.
    var lineCount: Int {
        let body = body
        return body.isEmpty ? 0 : body.utf8.count { $0 == UInt8(ascii: "\n") } + 1
    }
}

extension World {
    /// Octets of a draft that are written again with every line, at most.
    private static let longestEnd = 2048

    /// Keeps the text of a draft.
    ///
    /// A line more writes only what was added of late: a long text is not written again with each of its lines.
    func write(_ text: String, to draft: Thing) {
        let body = draft[.body]
        let end = text.utf8.count - body.utf8.count
        if end > 0, end <= Self.longestEnd, text.utf8.starts(with: body.utf8) {
            let start = text.utf8.index(text.startIndex, offsetBy: body.utf8.count)
            return set(.bodyEnd, to: String(text[start...]), on: draft)
        }
        set(PropertyKey(.body), to: text.isEmpty ? nil : text.value, on: draft)
        set(PropertyKey(.bodyEnd), to: nil, on: draft)
    }

    /// Makes of a draft a text like any other, which is for nothing special any more.
    func settle(_ draft: Thing) {
        let end = draft[.bodyEnd]
        if !end.isEmpty { set(.body, to: draft[.body] + end, on: draft) }
        for core in [CoreProperty.bodyEnd, .purpose, .target] { set(PropertyKey(core), to: nil, on: draft) }
    }
}
