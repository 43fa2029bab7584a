import Basics
import WorldLanguage
import WorldModel

/// Finding what words name.
extension CommandParser {
    /// What was found, and how well the words fitted.
    private struct Finding {
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
        if let special = try pronoun(phrase, scope, container) { return special }
        return try only(try find(phrase, scope, container))
    }

    /// - Throws: A question when the things differ.
    private func only(_ found: [Thing]) throws -> Thing {
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
            result += try some(phrase, scope, container)
        }
        if result.isEmpty { throw turn.refusal("You have to say what.") }
        var seen: Set<ThingID> = []
        return result.filter { seen.insert($0.id).inserted }
    }

    private func some(_ phrase: NounPhrase, _ scope: Scope, _ container: Thing?) throws -> [Thing] {
        var phrase = phrase
        if phrase.amount == .one, phrase.ordinal == nil, search(phrase, scope, container).isEmpty {
            // `drop coins` is `drop all coins`, if something is called so.
            var plural = phrase
            plural.amount = .all
            if !search(plural, scope, container).isEmpty { phrase = plural }
        }
        let found = try find(phrase, scope, container)
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

    private func tooFew(_ found: [Thing], _ number: Int, _ scope: Scope) -> Refusal {
        let count = found.count == 1 ? "only one" : "only \(English.number(found.count))"
        if scope == .held { return turn.refusal("You have \(plain: count) of those, not \(plain: String(number)).") }
        return turn.refusal("There \(plain: found.count == 1 ? "is" : "are") \(plain: count) of those here.")
    }

    // MARK: What is known already

    /// What the answer to an earlier question decided for this phrase, if that is still so.
    private func answer(_ scope: Scope, _ container: Thing?) throws -> Thing? {
        guard let id = conversation.decided[phrases] else { return nil }
        guard let thing = turn.world[id] else { throw turn.refusal("That is not here any more.") }
        try accept(thing, scope, container)
        return thing
    }

    private func pronoun(_ phrase: NounPhrase, _ scope: Scope, _ container: Thing?) throws -> Thing? {
        guard phrase.words.count == 1, let word = phrase.words.first else { return nil }
        let pronouns: Set<String>
        switch word {
        case "me", "myself", "self":
            try accept(turn.actor, scope, container)
            return turn.actor
        case "it": pronouns = ["it"]
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
            throw turn.refusal("\(Noun.definite(thing)) \(plain: thing.isPlural ? "are" : "is") not here any more.")
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
    private func find(_ phrase: NounPhrase, _ scope: Scope, _ container: Thing?) throws -> [Thing] {
        let finding = search(phrase, scope, container)
        if finding.isEmpty { throw nothing(phrase, scope, container, finding) }
        return phrase.amount == .one ? try choose(finding, phrase.ordinal) : finding.nearest
    }

    private func search(
        _ phrase: NounPhrase, _ scope: Scope, _ container: Thing?, isTouching: Bool = true
    ) -> Finding {
        var finding = Finding()
        let actor = turn.actor
        let isPlural = phrase.amount != .one
        turn.perception.walk { percept in
            let thing = percept.thing
            guard var tier = rank(of: thing, scope, container) else {
                // What one holds comes first, so the rest is out of the question.
                return !((scope == .held || scope == .worn) && !thing.isWithin(actor))
            }
            guard let match = thing.words.match(phrase.words, plural: isPlural),
                !isPlural || isMeantByAll(percept, scope, phrase)
            else { return true }
            if percept.unseen != nil {
                finding.isHidden = true
                return true
            }
            if isTouching, percept.unreached != nil { tier += Self.outOfReach }
            if phrase.amount == .all {
                finding.matches.append((thing, 0))
                return true
            }
            if let known = finding.quality, match < known { return true }
            if finding.quality != match { finding.matches = [] }
            finding.quality = match
            finding.matches.append((thing, tier))
            return true
        }
        for exception in phrase.exception.split(separator: "and") {
            finding.matches.removeAll { $0.thing.words.match(Array(exception), plural: true) != nil }
        }
        return finding
    }

    /// What somebody else holds, or is behind glass, comes after whatever is at hand.
    private static let outOfReach = 10

    /// Like things are not asked about: the first is as good as any.
    private func choose(_ finding: Finding, _ ordinal: Int?) throws -> [Thing] {
        guard let ordinal else { return Question.distinct(finding.nearest) }
        let found = finding.inOrder
        guard ordinal <= found.count else {
            let count = found.count == 1 ? "is only one" : "are only \(English.number(found.count))"
            throw turn.refusal("There \(plain: count) of those here.")
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
        if percept.unreached != nil || !thing.faculties.isDisjoint(with: [.persona, .door]) { return false }
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

    // MARK: Nothing found

    private func nothing(
        _ phrase: NounPhrase, _ scope: Scope, _ container: Thing?, _ finding: Finding
    ) -> Refusal {
        let text = phrase.words.joined(separator: " ")
        if phrase.amount != .one { return nothingAtAll(phrase, scope, container, finding) }
        switch scope {
        case .held, .worn:
            if let other = search(phrase, .anything, nil).nearest.first {
                if other.isWithin(turn.actor) { return turn.refusal("You are not wearing \(the: other).") }
                return turn.refusal("You are not carrying \(the: other).")
            }
            return turn.refusal("You have no \"\(plain: text)\".")
        case .contents:
            if let objection = hidden(container) { return turn.refusal(objection) }
            return turn.refusal("There is no \"\(plain: text)\" \(within(container)).")
        case .around, .anything, .people:
            if finding.isHidden || !turn.perception.isLit { return turn.refusal(.tooDark) }
            if scope == .people, let other = search(phrase, .anything, nil).nearest.first {
                return turn.refusal("\(other) \(verb: "be") nobody one could do that with.")
            }
            if scenery(phrase.words) != nil {
                return turn.refusal("You can look at that, but there is nothing else to do with it.")
            }
            if isKind(phrase) { return turn.refusal("There is nothing of that kind here that you could take.") }
            return turn.refusal("You see no \"\(plain: text)\" here.")
        }
    }

    /// Whether the words are a plural of anything around.
    private func isKind(_ phrase: NounPhrase) -> Bool {
        var isKind = false
        turn.perception.walk { percept in
            isKind = percept.thing.words.match(phrase.words, plural: true) != nil
            return !isKind
        }
        return isKind
    }

    private func nothingAtAll(
        _ phrase: NounPhrase, _ scope: Scope, _ container: Thing?, _ finding: Finding
    ) -> Refusal {
        let isBare = phrase.words.isEmpty && phrase.exception.isEmpty
        switch scope {
        case .held: return turn.refusal(isBare ? "You carry nothing." : "You carry nothing of that kind.")
        case .worn: return turn.refusal(isBare ? "You wear nothing." : "You wear nothing of that kind.")
        case .contents:
            if let objection = hidden(container) { return turn.refusal(objection) }
            return turn.refusal("There is nothing \(plain: isBare ? "" : "of that kind ")\(within(container)).")
        case .around, .anything, .people:
            if finding.isHidden || !turn.perception.isLit { return turn.refusal(.tooDark) }
            return turn.refusal(
                isBare ? "There is nothing here that you could take." : "There is nothing of that kind here.")
        }
    }

    private func within(_ container: Thing?) -> StyledText {
        guard let container else { return "there" }
        return StyledText(container[.isSurface] ? "on " : container.has(.persona) ? "with " : "in ")
            + Noun.definite(container)
    }

    private func hidden(_ container: Thing?) -> Objection? {
        guard let container, container.has(.container), !container.isSeeThrough else { return nil }
        return .closed(container)
    }

    // MARK: Sights, ways and people elsewhere

    /// What one may look at; a thing that fits exactly comes before scenery, and scenery before the rest.
    mutating func sight(_ words: [String]) throws -> Sight {
        defer { phrases += 1 }
        if let decided = try answer(.anything, nil) { return .thing(decided) }
        guard let phrase = NounPhrase(words) else { throw turn.refusal("You have to say what.") }
        if phrase.amount != .one { throw turn.refusal("You can look at one thing at a time.") }
        switch phrase.words {
        case ["here"], ["room"], ["around"], ["place"]: return .here
        default: break
        }
        if let special = try pronoun(phrase, .anything, nil) { return .thing(special) }
        var finding = search(phrase, .anything, nil, isTouching: false)
        if finding.quality != .exact, turn.perception.isLit {
            if let text = scenery(phrase.words) { return .scenery(text) }
            if let exit = exits(named: phrase.words).first ?? exit(toward: phrase.words) { return .exit(exit) }
        }
        if finding.isEmpty {
            // `look at coins` looks at one of them.
            var plural = phrase
            plural.amount = .count(1)
            let found = search(plural, .anything, nil, isTouching: false)
            if let first = found.matches.first { finding.matches = [first] }
        }
        if finding.isEmpty { throw nothing(phrase, .anything, nil, finding) }
        return .thing(try only(try choose(finding, phrase.ordinal)))
    }

    /// What a place's description speaks of: comma-separated nouns to text.
    func scenery(_ words: [String]) -> String? {
        guard let place = turn.perception.surroundings, let noun = words.last else { return nil }
        let whole = words.joined(separator: " ")
        var byNoun: String?
        for (nouns, text) in place[.details].sorted(by: { $0.key < $1.key }) {
            for name in nouns.folded.split(separator: ",").lazy.map({ String($0).trimmed }) {
                if name == whole { return text }
                if name == noun || name.hasSuffix(" " + noun) { byNoun = byNoun ?? text }
            }
        }
        return byNoun
    }

    private func exit(toward words: [String]) -> Thing? {
        guard words.count == 1, let direction = Direction(word: words[0]) else { return nil }
        return turn.perception.exit(toward: direction)
    }

    /// A way out by direction, by a name of its own, or by its door.
    mutating func way(_ words: [String]) throws -> Way {
        defer { phrases += 1 }
        if let id = conversation.decided[phrases], let exit = turn.world[id] { return .exit(exit) }
        let skipped: Set<String> = ["the", "a", "an", "to", "through", "into", "in", "inside", "up", "down", "via"]
        let name = words.count > 1 ? Array(words.drop { skipped.contains($0) }) : words
        if words.count == 1, let direction = Direction(word: words[0]) { return .direction(direction) }
        if let exit = try exit(named: name) { return .exit(exit) }
        throw turn.refusal("There is no way called \"\(plain: name.joined(separator: " "))\" here.")
    }

    /// The way out the words name; nil when none does.
    ///
    /// - Throws: A question when several do.
    func exit(named words: [String]) throws -> Thing? {
        let found = exits(named: words)
        if found.count < 2 { return found.first }
        if let id = conversation.decided[phrases], let exit = found.first(where: { $0.id == id }) { return exit }
        throw Question(
            ways: found.map { exit in
                (exit, exit[.direction].isEmpty ? exit[.otherNames].first ?? exit.name : exit[.direction])
            }, phrase: phrases)
    }

    private func exits(named words: [String]) -> [Thing] {
        if words.isEmpty { return [] }
        let name = words.joined(separator: " ")
        return turn.perception.surroundings?.contents.filter { exit in
            guard exit.has(.exit) else { return false }
            if exit[.otherNames].contains(where: { $0.folded == name }) || exit.name.folded == name { return true }
            return turn.world.thing(exit, .door)?.words.match(words, plural: false) == .exact
        } ?? []
    }

    /// Somebody who is connected, by the whole name or a beginning that only one has.
    mutating func player(_ name: String) throws -> Thing {
        defer { phrases += 1 }
        if let id = conversation.decided[phrases], let person = turn.world[id] { return person }
        if ["me", "myself", "self"].contains(name) { return turn.actor }
        let present = turn.attendance.present.map(\.persona)
        if let exact = present.first(where: { $0.name.folded == name }) { return exact }
        let near = present.filter { $0.name.folded.hasPrefix(name) }
        if near.count == 1, let only = near.first { return only }
        if near.count > 1 { throw Question(near, phrase: phrases, turn: turn) }
        if let absent = turn.world.player(named: name) {
            throw turn.refusal("\(plain: absent.name) is not connected.")
        }
        throw turn.refusal("There is nobody called \"\(plain: name)\".")
    }
}
