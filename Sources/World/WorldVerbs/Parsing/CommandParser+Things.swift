import Basics
import WorldLanguage
import WorldModel

/// Finding what words name.
extension CommandParser {
    /// What was found, and how well the words fitted.
    struct Finding {
        /// With how near each is to what the verb wants, smaller being nearer; in order of perception.
        var matches: [(thing: Thing, tier: Int)] = []
        var quality: MatchQuality?
        /// Whether something fits that cannot be seen.
        var isHidden = false

        var isEmpty: Bool { matches.isEmpty }

        /// What is nearest.
        var nearest: [Thing] {
            let tier = matches.lazy.map(\.tier).min()
            return matches.filter { $0.tier == tier }.map(\.thing)
        }

        /// Everything, the nearest first, otherwise in order of perception.
        var inOrder: [Thing] {
            let tiers = Set(matches.map(\.tier)).sorted()
            return tiers.flatMap { tier in matches.filter { $0.tier == tier }.map(\.thing) }
        }
    }

    // MARK: One and several

    mutating func one(_ words: [String], _ scope: Scope, _ container: Thing?) throws -> Thing {
        defer { phrases += 1 }
        // "ask keeper, about lamps"
        let words = words.last == "and" ? Array(words.dropLast()) : words
        if let decided = try answer(scope, container) { return decided }
        guard let phrase = NounPhrase(words) else { throw turn.refusal("You have to say what.") }
        if phrase.amount != .one { throw turn.refusal("You can do that with one thing at a time.") }
        try requireName(phrase)
        if let special = try pronoun(phrase, scope, container) { return special }
        let finding = search(phrase, scope, container)
        if finding.isEmpty, let (head, holder) = try chain(words, scope) {
            return try inner { try $0.placed(head, holder, scope) }
        }
        return try only(try meant(phrase, scope, container, finding))
    }

    /// Refuses words that can be no name, before they are compared with every name there is.
    func requireName(_ phrase: NounPhrase) throws {
        if phrase.words.count + phrase.exception.count > Self.longestName {
            throw turn.refusal("That is a very long name for a thing.")
        }
    }

    /// Words that name one thing at most, with where it is.
    private static let longestName = 24

    // MARK: Chains

    private static let links: Set<String> = ["in", "inside", "within", "on", "from", "off"]

    /// What holds a thing that is named with its place, as the purse in the box of `coin in purse in box`.
    mutating func chain(_ words: [String], _ scope: Scope) throws -> (head: [String], holder: Thing)? {
        if scope == .people || innerPhrases > Self.mostLinks { return nil }
        guard let link = words.dropFirst().firstIndex(where: { Self.links.contains($0) }), link < words.count - 1 else {
            return nil
        }
        let holder = try inner { try $0.one(Array(words[(link + 1)...]), .anything, nil) }
        return (Array(words[..<link]), holder)
    }

    /// Links of a chain at most.
    private static let mostLinks = 8

    /// A thing in another, which has also to be what the verb wants.
    private mutating func placed(_ head: [String], _ holder: Thing, _ scope: Scope) throws -> Thing {
        let thing = try one(head, .contents, holder)
        if scope != .contents { try accept(thing, scope, nil) }
        return thing
    }

    /// Reads a phrase within another; its questions are told apart by numbers of its own.
    mutating func inner<Answer>(_ read: (inout CommandParser) throws -> Answer) rethrows -> Answer {
        let outer = phrases
        phrases = Self.innerPhrase + innerPhrases
        innerPhrases += 1
        defer { phrases = outer }
        return try read(&self)
    }

    /// - Throws: A question when the things differ.
    func only(_ found: [Thing]) throws -> Thing {
        guard found.count == 1, let only = found.first else {
            throw Question(found, phrase: phrases, turn: turn)
        }
        return only
    }

    mutating func several(_ words: [String], _ scope: Scope, _ container: Thing?) throws -> [Thing] {
        let parts = Self.parts(words)
        if parts.count > Self.mostPhrases { throw turn.refusal("That is too much at once.") }
        var result: [Thing] = []
        for part in parts {
            defer { phrases += 1 }
            if let decided = try answer(scope, container) {
                result.append(decided)
                continue
            }
            guard let phrase = NounPhrase(part) else { continue }
            if phrase.words == ["them"], let group = try group(scope, container) {
                result += group
                continue
            }
            if phrase.amount == .one, let special = try pronoun(phrase, scope, container) {
                result.append(special)
                continue
            }
            result += try some(phrase, part, scope, container)
        }
        if result.isEmpty { throw turn.refusal("You have to say what.") }
        var seen: Set<ThingID> = []
        return result.filter { seen.insert($0.id).inserted }
    }

    private mutating func some(
        _ phrase: NounPhrase, _ words: [String], _ scope: Scope, _ container: Thing?
    ) throws -> [Thing] {
        try requireName(phrase)
        var phrase = phrase
        var finding = search(phrase, scope, container)
        if finding.isEmpty, phrase.amount == .one, phrase.ordinal == nil {
            // `drop coins` is `drop all coins`, if something is called so.
            var plural = phrase
            plural.amount = .all
            let kind = search(plural, scope, container)
            if !kind.isEmpty { (phrase, finding) = (plural, kind) }
        }
        if finding.isEmpty, let (head, holder) = try chain(words, scope), let headPhrase = NounPhrase(head) {
            return try inner { parser in
                let things = try parser.some(headPhrase, head, .contents, holder)
                if scope != .contents { for thing in things { try parser.accept(thing, scope, nil) } }
                return things
            }
        }
        let found = try meant(phrase, scope, container, finding)
        switch phrase.amount {
        case .one: return [try only(found)]
        case .count(let number):
            if found.count < number { throw tooFew(found, number, scope) }
            return Array(found.prefix(min(number, Self.mostThings)))
        case .all: return Array(found.prefix(Self.mostThings))
        }
    }

    /// `a and b` are two phrases; after `all except a and b` belongs to the exception.
    private static func parts(_ words: [String]) -> [[String]] {
        let parts = words.split { $0 == "and" }.map(Array.init)
        guard let start = parts.firstIndex(where: { $0.contains("except") || $0.contains("but") }) else { return parts }
        return parts[..<start] + [Array(parts[start...].joined(separator: ["and"]))]
    }

    // MARK: What is known already

    /// What the answer to an earlier question decided for this phrase, if that is still so.
    func answer(_ scope: Scope, _ container: Thing?) throws -> Thing? {
        guard let id = conversation.decided[phrases] else { return nil }
        guard let thing = turn.world[id] else { throw turn.refusal("That is not here any more.") }
        try accept(thing, scope, container)
        return thing
    }

    func pronoun(_ phrase: NounPhrase, _ scope: Scope, _ container: Thing?) throws -> Thing? {
        guard phrase.words.count == 1, let word = phrase.words.first else { return nil }
        let pronouns: Set<String>
        switch word {
        case "me", "myself", "self":
            try accept(turn.actor, scope, container)
            return turn.actor
        case "it", "this", "that": pronouns = ["it"]
        case "him": pronouns = ["he", "they"]
        case "her": pronouns = ["she", "they"]
        case "them": pronouns = ["they", "it", "she", "he"]
        default: return nil
        }
        let meant = conversation.mentioned.lazy.compactMap { turn.world[$0] }
            .first { pronouns.contains($0[.pronouns]) && $0 !== turn.actor }
        guard let meant else {
            throw turn.refusal("I am not sure what \"\(plain: word)\" is. Please name it.")
        }
        try accept(meant, scope, container)
        return meant
    }

    /// `them`, after a command about several things.
    private func group(_ scope: Scope, _ container: Thing?) throws -> [Thing]? {
        let things = conversation.group.compactMap { turn.world[$0] }
        if things.isEmpty { return nil }
        let usable = things.filter { thing in
            rank(of: thing, scope, container) != nil && turn.perception.percept(of: thing) != nil
        }
        if usable.isEmpty, let first = things.first { try accept(first, scope, container) }
        return usable
    }

    /// Refuses a thing that was meant without being named, when naming it would not have found it.
    private func accept(_ thing: Thing, _ scope: Scope, _ container: Thing?) throws {
        guard let percept = turn.perception.percept(of: thing) else {
            // It was named before, so its name is known although it cannot be seen.
            throw turn.refusal(
                thing.isPlural ? "\(name: thing) are not here any more." : "\(name: thing) is not here any more.")
        }
        if let objection = percept.unseen { throw turn.refusal(objection) }
        if rank(of: thing, scope, container) != nil { return }
        switch scope {
        case .held: throw turn.refusal("You are not carrying \(the: thing).")
        case .worn: throw turn.refusal("You are not wearing \(the: thing).")
        case .contents: throw turn.refusal("\(thing) \(verb: "be") not there.")
        case .around, .anything, .people: throw turn.refusal("You cannot do that with \(the: thing).")
        }
    }

    // MARK: Looking around

    /// What a phrase can mean: one thing, several that differ, or for `all` and counts as many as there are.
    private func meant(
        _ phrase: NounPhrase, _ scope: Scope, _ container: Thing?, _ finding: Finding
    ) throws -> [Thing] {
        if finding.isEmpty { throw nothing(phrase, scope, container, finding) }
        return phrase.amount == .one ? try choose(finding, phrase.ordinal) : finding.nearest
    }

    /// What the words name; a thing with `keeper's` in its own name comes before what the keeper has.
    func search(
        _ phrase: NounPhrase, _ scope: Scope, _ container: Thing?, isTouching: Bool = true
    ) -> Finding {
        if phrase.ordinal == NounPhrase.lastOrdinal {
            // Something may be called so.
            var called = phrase
            called.ordinal = nil
            called.words.insert("last", at: 0)
            let finding = search(called, scope, container, isTouching)
            if !finding.isEmpty { return finding }
        }
        if let owner = possessor(phrase) {
            let owned = search(phrase, scope, container, isTouching) { $0 === owner }
            if !owned.isEmpty { return owned }
        }
        let named = search(phrase, scope, container, isTouching)
        guard named.isEmpty, let (owner, words) = phrase.possessive else { return named }
        var owned = phrase
        owned.words = words
        let finding = search(owned, scope, container, isTouching) { $0.words.match(owner, plural: false) != nil }
        return finding.isEmpty ? named : finding
    }

    /// Who `my`, `his`, `her` and `their` speak of.
    private func possessor(_ phrase: NounPhrase) -> Thing? {
        switch phrase.owner {
        case "my": return turn.actor
        case "his": return antecedent(["he"])
        case "her": return antecedent(["she"])
        case "their": return antecedent(["they"])
        default: return nil
        }
    }

    private func antecedent(_ pronouns: Set<String>) -> Thing? {
        conversation.mentioned.lazy.compactMap { turn.world[$0] }
            .first { pronouns.contains($0[.pronouns]) && $0.has(.persona) && $0 !== turn.actor }
    }

    /// Whoever holds or wears a thing.
    private func holder(of thing: Thing) -> Thing? {
        var holder = thing.location
        while let current = holder, !current.has(.persona) { holder = current.location }
        return holder
    }

    private func search(
        _ phrase: NounPhrase, _ scope: Scope, _ container: Thing?, _ isTouching: Bool,
        of isOwner: ((Thing) -> Bool)? = nil
    ) -> Finding {
        var finding = Finding()
        let isPlural = phrase.amount != .one
        let enough = Self.enough(phrase)
        var near = 0
        let exceptions = phrase.exception.split(separator: "and").map(Array.init)
        let initial = phrase.words.last.map(Vocabulary.initial(of:)) ?? .max
        func visit(_ percept: Percept) -> Bool {
            let thing = percept.thing
            let words = thing.words
            // Nearly everything is out of the question already here.
            guard words.initials & initial != 0, let match = words.match(phrase.words, plural: isPlural),
                var tier = rank(of: thing, scope, container), !isPlural || isMeantByAll(percept, scope, phrase),
                isOwner.map({ holder(of: thing).map($0) ?? false }) ?? true,
                !exceptions.contains(where: { words.match($0, plural: true) != nil })
            else { return true }
            if percept.unseen != nil {
                finding.isHidden = true
                return true
            }
            if isTouching, percept.unreached != nil { tier += Self.outOfReach }
            if percept.way != nil { tier += Self.beyond }
            if phrase.amount == .all {
                finding.matches.append((thing, 0))
                return finding.matches.count < enough
            }
            if let known = finding.quality, match < known { return true }
            if finding.quality != match {
                finding.matches = []
                near = 0
            }
            finding.quality = match
            finding.matches.append((thing, tier))
            if tier == 0 { near += 1 }
            // Nothing that comes later is meant rather than these; an exact name may still come after beginnings.
            return near < (match == .exact ? enough : max(enough, Self.mostAlike * 3))
        }
        if scope == .contents, let container {
            turn.perception.walk(contentsOf: container, naming: phrase.words, atMost: Self.mostMet, visit)
        } else if scope == .held || scope == .worn {
            turn.perception.walkHeld(naming: phrase.words, atMost: Self.mostMet, visit)
        } else {
            turn.perception.walk(naming: phrase.words, atMost: Self.mostMet, visit)
        }
        return finding
    }

    /// How many things that are as near as can be are enough to know what a phrase means.
    private static func enough(_ phrase: NounPhrase) -> Int {
        switch phrase.amount {
        case .all: mostThings
        case .count(let number): min(max(number, 1), mostThings)
        case .one: phrase.ordinal ?? mostAlike
        }
    }

    /// Things of one name among which one is looked for; in heaps of more, the rest is no other.
    private static let mostAlike = 100

    /// What somebody else holds, or is behind glass, comes after whatever is at hand.
    private static let outOfReach = 10
    /// What is in another place comes after whatever is here.
    private static let beyond = 20

    /// Like things are not asked about: the first is as good as any.
    func choose(_ finding: Finding, _ ordinal: Int?) throws -> [Thing] {
        guard let ordinal else { return Question.distinct(finding.nearest) }
        let found = finding.inOrder
        if ordinal == NounPhrase.lastOrdinal, let last = found.last { return [last] }
        guard ordinal <= found.count else {
            throw turn.refusal(
                found.count == 1
                    ? "There is only one of those here." : "There are only \(number: found.count) of those here.")
        }
        return [found[ordinal - 1]]
    }

    /// How near a thing is to what the verb wants, smaller being nearer; nil when it is out of the question.
    private func rank(of thing: Thing, _ scope: Scope, _ container: Thing?) -> Int? {
        if thing.has(.exit) { return nil }
        let actor = turn.actor
        switch scope {
        case .held: return isHeld(thing) ? 0 : nil
        case .worn: return isHeld(thing) && thing[.isWorn] ? 0 : nil
        case .around: return thing !== actor && thing.isWithin(actor) ? 1 : 0
        case .anything: return 0
        case .people: return thing.has(.persona) ? (thing === actor ? 1 : 0) : nil
        case .contents: return thing.location === container ? 0 : nil
        }
    }

    private func isHeld(_ thing: Thing) -> Bool { thing !== turn.actor && thing.isWithin(turn.actor) }

    /// `all` means what it makes sense to do it with, not the furniture, and not what one has.
    private func isMeantByAll(_ percept: Percept, _ scope: Scope, _ phrase: NounPhrase) -> Bool {
        let thing = percept.thing
        let isAll = phrase.amount == .all
        if thing.hasAny(of: .immovable) || percept.unreached != nil && scope != .worn { return false }
        switch scope {
        case .held: return !isAll || thing.location === turn.actor && !thing[.isWorn]
        case .worn: return true
        case .contents: return thing[.fixed].isEmpty
        case .around, .anything, .people:
            if !thing[.fixed].isEmpty { return false }
            // A bare `all` leaves what is on the tables.
            if isAll, phrase.words.isEmpty { return thing.location === turn.actor.location }
            return !thing.isWithin(turn.actor)
        }
    }
}
