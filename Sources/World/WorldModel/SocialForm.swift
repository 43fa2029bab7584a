/// Reads what a social shows, which is a sentence with marks.
///
/// The one who does it stands before it and is the subject of its first verb.
///
/// ```text
///   <smile>                          any other word: a verb, as its subject takes it
///   <my> <myself> <i>                of who does it: your, yourself, you
///   <you> <your> <them> <their> <they>   of the other: Ada, Ada's, her, her, she
/// ```
///
/// - Limits: ``longest`` octets.
package struct SocialForm: Equatable, Sendable {
    /// A mark that is no verb.
    package enum Mark: String, CaseIterable, Sendable {
        case i, my, myself
        case you, your, them, their, they

        /// Whether it speaks of the other.
        package var isOther: Bool {
            switch self {
            case .i, .my, .myself: false
            case .you, .your, .them, .their, .they: true
            }
        }
    }

    package enum Part: Equatable, Sendable {
        case text(String)
        case verb(String)
        case mark(Mark)
    }

    /// What is wrong with a form, to be put after its name.
    package struct Mistake: Error, Equatable {
        package let text: String
    }

    /// In octets.
    package static let longest = 200

    package let parts: [Part]

    package init(_ text: String) throws(Mistake) {
        if text.utf8.count > Self.longest { throw Mistake(text: "is longer than \(Self.longest) octets") }
        var parts: [Part] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: "<") {
            if start > rest.startIndex { parts.append(.text(String(rest[..<start]))) }
            let after = rest.index(after: start)
            guard let end = rest[after...].firstIndex(of: ">") else { throw Mistake(text: "has a < without a >") }
            let word = String(rest[after..<end])
            guard !word.isEmpty, word.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) else {
                throw Mistake(text: "has <\(word)>, which is no word in lower case")
            }
            parts.append(Mark(rawValue: word).map { .mark($0) } ?? .verb(word))
            rest = rest[rest.index(after: end)...]
        }
        if rest.contains(">") { throw Mistake(text: "has a > without a <") }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        guard parts.contains(where: { if case .verb = $0 { true } else { false } }) else {
            throw Mistake(text: "has no verb, such as <smile>")
        }
        self.parts = parts
    }

    /// Whether it speaks of somebody else than who does it.
    package var hasOther: Bool {
        parts.contains { if case .mark(let mark) = $0 { mark.isOther } else { false } }
    }
}
