import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let emote = Verb(
        "emote", ["pose", "me"], group: .talking, usage: ["emote TEXT", ":TEXT"], summary: "Show what you do.",
        help: """
            Everybody here reads your name and the text after it. A colon is the short form; a text that begins with an \
            apostrophe goes on from your name. Somebody here whom you name with an at sign before it reads "you" instead.
            Example: `emote waves.`, `:waves at the keeper.`, `:'s hat falls off`, `emote winks at @ben and grins`.
            """,
        forms: [[.text]]
    ) { command, action in
        try action.emote(command.text)
    }
}

extension Action {
    /// Shows everybody here what the actor does.
    func emote(_ text: String) throws {
        let pieces = try addressed(GestureText.whole(text))
        let speech = turn.speech(.emote, nil, isGesture: true)
        // To oneself one is a name, because the text is written for the others.
        turn.reply(Sentence(pieces: [.name(actor)] + pieces), as: .emote, of: speech)
        turn.announce(
            Sentence(pieces: [.subject(actor)] + pieces), in: place, except: [actor], as: .emote, of: speech)
    }

    /// People named with an at sign in one text at most; each costs a look around.
    private static let mostAddressed = 5

    /// A text with people in the place of `@ben` and `@ben's`.
    func addressed(_ text: String) throws -> [Sentence.Piece] {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return [.text(text, .plain)] }
        var pieces: [Sentence.Piece] = []
        var plain = ""
        var rest = text[...]
        var parser = CommandParser(turn: turn, line: InputLine(""), conversation: conversation)
        var count = 0
        while let first = rest.first {
            let name = first == "@" ? rest.dropFirst().prefix { $0.isLetter } : ""
            guard plain.last.map({ !$0.isLetter && !$0.isNumber }) ?? true, !name.isEmpty else {
                plain.append(first)
                rest = rest.dropFirst()
                continue
            }
            count += 1
            if count > Self.mostAddressed { throw refuse("That is too many people at once.") }
            let person = try parser.one([String(name).folded], .people, nil)
            rest = rest.dropFirst(1 + name.count)
            let isPossessive = rest.hasPrefix("'s") || rest.hasPrefix("\u{2019}s")
            if isPossessive { rest = rest.dropFirst(2) }
            if !plain.isEmpty { pieces.append(.text(plain, .plain)) }
            plain = ""
            pieces.append(piece(person, isPossessive, hasNoun: Self.beginsWithNoun(rest)))
        }
        if !plain.isEmpty { pieces.append(.text(plain, .plain)) }
        return pieces
    }

    private func piece(_ person: Thing, _ isPossessive: Bool, hasNoun: Bool) -> Sentence.Piece {
        if person === actor { return isPossessive ? .phrase("\(name: actor)'s") : .name(actor) }
        if !isPossessive { return .definite(person) }
        return hasNoun ? .possessive(person) : .theirs(person)
    }

    /// Words after `@ben's` that begin no noun.
    private static let noNouns: Set<String> = [
        "and", "or", "but", "nor", "too", "also", "as", "than", "is", "are", "was", "were", "in", "on", "at", "with",
        "to",
        "for", "from", "by", "again", "then", "while", "when", "not",
    ]

    /// Whether what follows somebody's name is something of theirs: in `@ada's hand and @ben's` it is so only once.
    private static func beginsWithNoun(_ rest: Substring) -> Bool {
        guard rest.first == " " else { return false }
        let word = rest.drop { $0 == " " }.prefix { $0.isLetter }
        return !word.isEmpty && !noNouns.contains(String(word).folded)
    }
}
