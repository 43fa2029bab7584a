import Basics
import WorldLanguage
import WorldModel

/// Finding what is not a thing at hand: scenery, ways out, people elsewhere.
extension CommandParser {
    /// What one may look at; a thing that fits exactly comes before scenery, and scenery before the rest.
    mutating func sight(_ words: [String]) throws -> Sight {
        defer { phrases += 1 }
        if let decided = try answer(.anything, nil) { return .thing(decided) }
        guard let phrase = NounPhrase(words) else { throw turn.refusal("You have to say what.") }
        if phrase.amount != .one { throw turn.refusal("You can look at one thing at a time.") }
        try requireName(phrase)
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
        if finding.isEmpty, let (head, holder) = try chain(words, .anything) {
            return .thing(try inner { try $0.one(head, .contents, holder) })
        }
        if finding.isEmpty { throw nothing(phrase, .anything, nil, finding) }
        return .thing(try only(try choose(finding, phrase.ordinal)))
    }

    /// What a place's description speaks of: comma-separated nouns to text.
    func scenery(_ words: [String]) -> String? {
        guard let place = turn.perception.surroundings, var noun = words.last else { return nil }
        var whole = words.joined(separator: " ")
        if let english = turn.languages.word(whole, of: place) { (noun, whole) = (english, english) }
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

    /// A way out by direction, by a name of its own, or by its door; after `to` also a place one has been to.
    mutating func way(_ words: [String]) throws -> Way {
        defer { phrases += 1 }
        if let id = conversation.decided[phrases], let decided = turn.world[id] {
            return decided.has(.place) ? .place(decided) : .exit(decided)
        }
        let skipped: Set<String> = ["the", "a", "an", "to", "through", "into", "in", "inside", "up", "down", "via"]
        let name = words.count > 1 ? Array(words.drop { skipped.contains($0) }) : words
        if words.count == 1, let direction = Direction(word: words[0]) { return .direction(direction) }
        if let exit = try exit(named: name) { return .exit(exit) }
        if words.count > 1, words[0] == "to" {
            if let direction = name.last.flatMap({ Direction(word: $0) }), name.count == 1 {
                return .direction(direction)
            }
            if let place = try knownPlace(named: Array(words.dropFirst())) { return .place(place) }
            conversation.unknownWord = name.last
            let text = name.joined(separator: " ")
            throw turn.refusal(
                "There is no way called \"\(plain: text)\" here, and no place of that name where you have been.")
        }
        conversation.unknownWord = name.last
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
            ways: found.map { exit in (exit, turn.phrase(exit.wayName).plain) }, phrase: phrases, turn: turn)
    }

    /// Words that name a way at most.
    private static let longestWay = 8

    private func exits(named words: [String]) -> [Thing] {
        if words.isEmpty || words.count > Self.longestWay { return [] }
        let name = words.joined(separator: " ")
        return turn.perception.exits.filter { exit in
            if exit[.otherNames].contains(where: { $0.folded == name }) || exit.name.folded == name { return true }
            if exit[.otherNames].contains(where: { turn.languages.isTranslation(name, of: $0) }) { return true }
            return turn.world.thing(exit, .door)?.words.match(words, plural: false) == .exact
        }
    }

    /// Who is spoken to in `keeper, hello`, and the words for them; nil when the line begins otherwise.
    mutating func addressee() throws -> (person: Thing, text: String)? {
        guard let comma = tokens.firstIndex(where: \.isComma), let phrase = NounPhrase(line.words(0..<comma)),
            phrase.amount == .one
        else { return nil }
        let finding = search(phrase, .people, nil)
        if finding.isEmpty, !finding.isHidden { return nil }
        let person = try one(line.words(0..<comma), .people, nil)
        conversation.mention([person])
        return (person, line.text(from: comma))
    }

    /// Somebody who is connected, by the whole name or a beginning that only one has; or one who lives here.
    ///
    /// - Parameters:
    ///   - name: Folded.
    ///   - mayBeAway: Whether one of that whole name will do who is not connected.
    /// - Returns: Who it is.
    /// - Throws: A question when several could be meant; a refusal when nobody is.
    mutating func player(_ name: String, mayBeAway: Bool = false) throws -> Thing {
        defer { phrases += 1 }
        if let id = conversation.decided[phrases], let person = turn.world[id] { return person }
        if ["me", "myself", "self"].contains(name) { return turn.actor }
        let exact = turn.world.player(named: name)
        if let exact, mayBeAway || turn.isPresent(exact) { return exact }
        let near = turn.present.map(\.persona).filter { $0.name.folded.hasPrefix(name) }
        if near.count == 1, let only = near.first { return only }
        if near.count > 1 { throw Question(near, phrase: phrases, turn: turn) }
        if let exact { throw turn.refusal("\(plain: exact.name) is not connected.", .noSuchPerson) }
        if let phrase = NounPhrase([name]), let creature = search(phrase, .people, nil).nearest.first {
            return creature
        }
        conversation.unknownWord = name
        throw turn.refusal("There is nobody called \"\(plain: line.typed(name))\".", .noSuchPerson)
    }
}
