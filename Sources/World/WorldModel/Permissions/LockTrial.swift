import Basics

/// One person before one lock.
struct LockTrial {
    let actor: Thing
    let role: Role
    let thing: Thing
    let world: World

    /// Things looked at to find what somebody carries, at most.
    private static let mostCarried = 1000

    func opens(_ expression: LockExpression) -> Bool {
        switch expression {
        case .condition(let condition): holds(condition)
        case .not(let inner): !opens(inner)
        case .all(let parts): parts.allSatisfy(opens)
        case .any(let parts): parts.contains(where: opens)
        }
    }

    /// What would have to be otherwise: of an `and` the first part that fails, of an `or` every part.
    func needs(of expression: LockExpression) -> [LockNeed] { needs(of: expression, negated: false) }

    private func needs(of expression: LockExpression, negated: Bool) -> [LockNeed] {
        switch (expression, negated) {
        case (.condition(let condition), _): [LockNeed(condition: condition, isNegated: negated)]
        case (.not(let inner), _): needs(of: inner, negated: !negated)
        // What denies `a and b` is to deny either, and the other way round.
        case (.all(let parts), true), (.any(let parts), false): parts.flatMap { needs(of: $0, negated: negated) }
        case (.all(let parts), false), (.any(let parts), true):
            parts.first { opens($0) == negated }.map { needs(of: $0, negated: negated) } ?? []
        }
    }

    private func holds(_ condition: LockCondition) -> Bool {
        switch condition {
        case .anyone: true
        case .nobody: false
        case .owner: world.owns(actor, thing)
        case .guest: role == .guest
        case .role(let least): role >= least
        case .names(let names): !actor.name.isEmpty && names.contains { $0.folded == actor.name.folded }
        case .carries(let phrase): carries(phrase, worn: false)
        case .wears(let phrase): carries(phrase, worn: true)
        case .within(let phrase): actor.place.map { isPlace($0, phrase) } ?? false
        case .state("closed") where value("closed") == nil: !thing[.isOpen]
        case .state(let word): value(word) == "yes"
        case .property(let name, let text): value(name).map { $0.folded == text.folded } ?? false
        }
    }

    // MARK: Things and places

    private func carries(_ phrase: String, worn: Bool) -> Bool {
        let matches = matcher(phrase)
        var found = actor.contents
        var next = 0
        while next < found.count, next < Self.mostCarried {
            let thing = found[next]
            next += 1
            if !worn || thing[.isWorn] && thing.location === actor, matches(thing) { return true }
            if !worn { found += thing.contents }
        }
        return false
    }

    /// Whether a thing is what a phrase names: a number, a content key, or words of a name.
    private func matcher(_ phrase: String) -> (Thing) -> Bool {
        if phrase.utf8.first == UInt8(ascii: "#"), let number = UInt64(phrase.dropFirst()) {
            return { $0.id == ThingID(number) }
        }
        if phrase.contains("/") { return { $0.isKind(of: phrase) } }
        let words = Self.words(phrase)
        return { $0.words.match(words, plural: true) == .exact }
    }

    private func isPlace(_ place: Thing, _ phrase: String) -> Bool {
        if phrase.utf8.first == UInt8(ascii: "#"), let number = UInt64(phrase.dropFirst()) {
            return place.id == ThingID(number)
        }
        let key = place[.contentKey]
        if key == phrase || key.hasPrefix(phrase + "/") || place[.area].folded == phrase.folded { return true }
        return Self.words(place.name) == Self.words(phrase)
    }

    private static func words(_ phrase: String) -> [String] {
        var words = phrase.folded.split(separator: " ").map(String.init)[...]
        while words.count > 1, let first = words.first, ["a", "an", "the", "some"].contains(first) {
            words.removeFirst()
        }
        return Array(words)
    }

    // MARK: Properties

    /// What is nobody's business.
    private static let secrets: Set<CoreProperty> = [
        .passwordHash, .oneTimeSecret, .recoveryCodes, .knownSources, .publicKeys, .sourceBans, .certificates,
        .appPasswords, .decoyKey,
    ]

    /// What a mark or else a property says, in words; nil when there is none.
    private func value(_ name: String) -> String? {
        if let mark = thing[.marks][name] { return mark }
        guard let key = world.names.known(name), key.core.map({ !Self.secrets.contains($0) }) ?? true else {
            return nil
        }
        switch thing.value(of: key) {
        case .bool(let flag)?: return flag ? "yes" : "no"
        case .int(let number)?: return String(number)
        case .text(let text)?: return text
        default: return nil
        }
    }
}
