import Basics
import WorldLanguage
import WorldModel

/// A gesture that the world's files define, found by its name.
struct Social {
    /// Whom it is done at.
    enum Aim {
        case nobody
        case oneself
        case other(Thing)
        /// Each of several, oneself perhaps among them, of whom no other than ``Mark/you`` is said.
        case several([Thing])
        /// All who are here.
        case everybody
        /// Anybody, for showing what it is like.
        case example
    }

    let name: String
    private let forms: [String: Value]

    /// Whether it needs the other within reach.
    var isTouch: Bool { forms["touch"] != nil }
    /// Whether it is noticed without being seen.
    var isHeard: Bool { forms["heard"] != nil }

    private static func table(_ world: World) -> [String: Value] {
        guard case .map(let table)? = world.root?.value(of: PropertyKey(.socials)) else { return [:] }
        return table
    }

    private init?(_ name: String, _ value: Value?) {
        guard case .map(let forms)? = value else { return nil }
        self.name = name
        self.forms = forms
    }

    /// The social of that name, else the first of the alphabet with a name that begins so; two letters are needed.
    init?(for word: String, in world: World) {
        let table = Self.table(world)
        if let exact = Social(word, table[word]) {
            self = exact
            return
        }
        guard word.utf8.count > 1, let name = table.keys.filter({ $0.hasPrefix(word) }).min() else { return nil }
        self.init(name, table[name])
    }

    static func names(in world: World) -> [String] { table(world).keys.sorted() }

    /// Whether a word is the whole name of one.
    static func isName(_ word: String, in world: World) -> Bool { table(world)[word] != nil }

    /// Names that differ from a word by a letter or two.
    static func suggestions(for word: String, in world: World) -> [String] {
        if word.utf8.count > Spelling.maximumLength || word.utf8.count < 3 { return [] }
        let farthest = word.utf8.count < 6 ? 1 : 2
        let letters = Spelling.letters(of: word)
        let near = table(world).keys.filter { name in
            (Spelling.letters(of: name) ^ letters).nonzeroBitCount <= 2 * farthest
                && Spelling.distance(word, name) <= farthest
        }
        return Array(near.sorted().prefix(3))
    }

    private func form(_ key: String) -> SocialForm? {
        guard case .text(let text)? = forms[key] else { return nil }
        return try? SocialForm(text)
    }

    /// What everybody reads of it; nil when it is not for that.
    func sentence(of actor: Thing, at aim: Aim) -> Sentence? {
        switch aim {
        case .nobody: sentence("alone", actor, aim)
        case .oneself: sentence("self", actor, aim) ?? sentence("at", actor, aim)
        case .other, .several, .everybody, .example: sentence("at", actor, aim)
        }
    }

    /// The sentence of a form, which other languages have by the name of the social.
    private func sentence(_ key: String, _ actor: Thing, _ aim: Aim) -> Sentence? {
        form(key).map { Self.sentence($0, named: Language.key(ofGesture: name, key), actor, aim) }
    }

    /// What everybody reads of a form that other languages have by that name.
    static func sentence(_ form: SocialForm, named key: String, _ actor: Thing, _ aim: Aim) -> Sentence {
        var sentence = sentence(form, actor, aim)
        let marks = SocialForm.Mark.allCases.map { piece($0, actor, aim) }
        sentence.named = Sentence.Named(key: key, arguments: [.subject(actor)] + marks)
        return sentence
    }

    /// Whether what it shows speaks of the other with a name alone, so that several names can stand there.
    var takesSeveral: Bool {
        guard let form = form("at") else { return true }
        return form.parts.allSatisfy { part in
            if case .mark(let mark) = part { return mark == .you || !mark.isOther }
            return true
        }
    }

    /// What everybody reads of a form.
    static func sentence(_ form: SocialForm, _ actor: Thing, _ aim: Aim) -> Sentence {
        var pieces: [Sentence.Piece] = [.subject(actor), .literal(" ")]
        var subject: Thing? = actor
        var isPronoun = false
        for part in form.parts {
            switch part {
            case .text(let text): pieces.append(.literal(text))
            case .verb(let verb):
                if isPronoun, let subject {
                    pieces.append(.pronounVerb(verb, of: subject))
                } else if subject == nil {
                    // As after `they`.
                    pieces.append(.text(verb, .plain))
                } else {
                    pieces.append(.verb(verb, of: subject))
                }
            case .mark(.i): (subject, isPronoun) = (actor, true)
            case .mark(.they): (subject, isPronoun) = (thing(aim, actor), true)
            case .mark: break
            }
            if case .mark(let mark) = part { pieces.append(piece(mark, actor, aim)) }
        }
        return Sentence(pieces: pieces)
    }

    private static func thing(_ aim: Aim, _ actor: Thing) -> Thing? {
        switch aim {
        case .nobody, .several, .everybody, .example: nil
        case .oneself: actor
        case .other(let thing): thing
        }
    }

    private static func piece(_ mark: SocialForm.Mark, _ actor: Thing, _ aim: Aim) -> Sentence.Piece {
        switch mark {
        case .i: return .they(actor)
        case .my: return .their(actor)
        case .myself: return .themself(actor)
        case .you, .your, .them, .their, .they: break
        }
        switch (aim, mark) {
        case (.other(let other), .you): return .definite(other)
        case (.other(let other), .your): return .possessive(other)
        case (.other(let other), .them): return .them(other)
        case (.other(let other), .their): return .their(other)
        case (.other(let other), _): return .they(other)
        case (.several(let others), .you):
            return .list(others.map { $0 === actor ? "\(themself: $0)" : "\(the: $0)" }, isChoice: false)
        case (.everybody, .you): return .phrase("everybody")
        case (.everybody, .your): return .phrase("everybody's")
        case (.everybody, .them): return .phrase("them")
        case (.everybody, .their): return .phrase("their")
        case (.everybody, .they): return .phrase("they")
        case (.oneself, .you), (.oneself, .them): return .themself(actor)
        case (.oneself, .they): return .they(actor)
        case (.oneself, _): return .their(actor)
        case (_, .you): return .text("NAME", .command)
        case (_, .your): return .text("NAME's", .command)
        default: return .phrase(Sentence(message: mark.rawValue))
        }
    }

    /// How it is typed: `smile`, `smile at NAME`.
    var usage: [String] {
        var lines: [String] = []
        if let form = form("alone"), !form.parts.isEmpty { lines.append(name) }
        if let form = form("at") { lines.append("\(name) \(Self.preposition(of: form))NAME") }
        return lines
    }

    /// Words that may stand between a social and whom it is done at.
    static let prepositions: Set<String> = [
        "at", "to", "with", "for", "on", "before", "about", "over", "toward", "towards", "around", "beside",
    ]

    /// Words that mean all who are here.
    static let everybody: Set<String> = ["all", "everybody", "everyone"]

    private static func preposition(of form: SocialForm) -> String {
        guard let place = form.parts.firstIndex(of: .mark(.you)), place > 0,
            case .text(let text) = form.parts[place - 1],
            let word = text.split(separator: " ").last.map(String.init), prepositions.contains(word)
        else { return "" }
        return word + " "
    }
}
