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

    /// Names that differ from a word by a letter or two.
    static func suggestions(for word: String, in world: World) -> [String] {
        if word.utf8.count > Spelling.maximumLength || word.utf8.count < 3 { return [] }
        let farthest = word.utf8.count < 6 ? 1 : 2
        return Array(names(in: world).filter { Spelling.distance(word, $0) <= farthest }.prefix(3))
    }

    private func form(_ key: String) -> SocialForm? {
        guard case .text(let text)? = forms[key] else { return nil }
        return try? SocialForm(text)
    }

    /// What everybody reads of it; nil when it is not for that.
    func sentence(of actor: Thing, at aim: Aim) -> Sentence? {
        switch aim {
        case .nobody: form("alone").map { sentence($0, actor, aim) }
        case .oneself: (form("self") ?? form("at")).map { sentence($0, actor, aim) }
        case .other, .example: form("at").map { sentence($0, actor, aim) }
        }
    }

    private func sentence(_ form: SocialForm, _ actor: Thing, _ aim: Aim) -> Sentence {
        var pieces: [Sentence.Piece] = [.subject(actor), .text(" ", .plain)]
        var subject: Thing? = actor
        var isPronoun = false
        for part in form.parts {
            switch part {
            case .text(let text): pieces.append(.text(text, .plain))
            case .verb(let verb):
                if isPronoun, let subject {
                    pieces.append(.pronounVerb(verb, of: subject))
                } else if subject == nil {
                    pieces.append(.text(verb, .plain))
                } else {
                    pieces.append(.verb(verb, of: subject))
                }
            case .mark(.i): (subject, isPronoun) = (actor, true)
            case .mark(.they): (subject, isPronoun) = (Self.thing(aim, actor), true)
            case .mark: break
            }
            if case .mark(let mark) = part { pieces.append(Self.piece(mark, actor, aim)) }
        }
        return Sentence(pieces: pieces)
    }

    private static func thing(_ aim: Aim, _ actor: Thing) -> Thing? {
        switch aim {
        case .nobody, .example: nil
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
        case (.oneself, .you), (.oneself, .them): return .themself(actor)
        case (.oneself, .they): return .they(actor)
        case (.oneself, _): return .their(actor)
        case (_, .you): return .text("NAME", .command)
        case (_, .your): return .text("NAME's", .command)
        default: return .text(mark.rawValue, .plain)
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

    private static func preposition(of form: SocialForm) -> String {
        guard let place = form.parts.firstIndex(of: .mark(.you)), place > 0,
            case .text(let text) = form.parts[place - 1],
            let word = text.split(separator: " ").last.map(String.init), prepositions.contains(word)
        else { return "" }
        return word + " "
    }
}

extension Action {
    /// Does a social, at somebody or at nobody, for all to see who can.
    func perform(_ social: Social, at target: Thing?) throws {
        let aim: Social.Aim = target.map { $0 === actor ? .oneself : .other($0) } ?? .nobody
        guard let plain = social.sentence(of: actor, at: aim) else {
            let usage = English.list(social.usage.map { StyledText($0, .command) }, conjunction: "or")
            throw refuse("Use it like this: \(usage).")
        }
        if social.isTouch, let target, target !== actor { try requireReach(target) }
        let sentence = modified(plain)
        turn.announce(sentence, in: place, except: social.isHeard ? [] : blind(except: target), as: .emote)
        guard let target, target.place !== place, target.has(.player) else { return }
        // Somebody beyond a window.
        if Perception(of: target, in: world).sees(actor) {
            turn.tell(target, sentence, as: .emote)
        } else {
            turn.reply("\(target) \(verb: "do") not see it.", as: .emote)
        }
    }

    /// Who is here and does not see the actor; whoever is touched notices anyway.
    private func blind(except target: Thing?) -> [Thing] {
        guard let place, !Perception.isLit(place, in: world) else { return [] }
        return turn.players(in: place).filter {
            $0 !== actor && $0 !== target && !Perception(of: $0, in: world).sees(actor)
        }
    }

    /// The page of a social.
    func show(_ social: Social) {
        var text = StyledText(social.name, .title)
        text.append(": A gesture.")
        for usage in social.usage {
            text.append("\n  ")
            text.append(usage, .command)
        }
        text.append("\nOthers read:")
        let onlooker = Thing.makeNobody()
        for aim in [Social.Aim.nobody, .oneself, .example] {
            guard let sentence = social.sentence(of: actor, at: aim) else { continue }
            text.append("\n- ")
            text.append(sentence.rendered(for: onlooker) { _ in true })
        }
        if social.isTouch { text.append("\nWhoever it is done at has to be within reach.") }
        text.append("\nA word such as ")
        text.append("warmly", .command)
        text.append(" after it says how it is done.")
        turn.show(text, as: .reference)
    }
}
