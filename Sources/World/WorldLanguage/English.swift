package import Basics
package import WorldModel

/// The little English grammar the game needs: articles, plurals, agreement, lists, numbers.
package enum English {
    /// `a` or `an`, by the sound the word most likely begins with.
    package static func indefiniteArticle(for word: String) -> String {
        switch word.utf8.first.map({ $0 | 0x20 }) {
        case UInt8(ascii: "a"), UInt8(ascii: "i"): return "an"
        case UInt8(ascii: "h"):
            let word = word.folded
            return ["hour", "honest", "honour", "honor", "heir"].contains { word.hasPrefix($0) } ? "an" : "a"
        case UInt8(ascii: "e"), UInt8(ascii: "o"), UInt8(ascii: "u"):
            let word = word.folded
            if word.hasPrefix("unin") || word.hasPrefix("unim") { return "an" }
            return ["uni", "use", "usu", "ute", "eu", "one", "once", "ewe"].contains { word.hasPrefix($0) } ? "a" : "an"
        default: return "a"
        }
    }

    /// The form of a verb that goes with a name or with he, she and it.
    package static func thirdPerson(of verb: String) -> String {
        switch verb {
        case "be", "are": return "is"
        case "have": return "has"
        default: break
        }
        for ending in ["s", "x", "z", "ch", "sh", "o"] where verb.hasSuffix(ending) { return verb + "es" }
        if verb.hasSuffix("y"), let before = verb.dropLast().last, !"aeiou".contains(before) {
            return verb.dropLast() + "ies"
        }
        return verb + "s"
    }

    /// The form of a verb that goes with you.
    package static func secondPerson(of verb: String) -> String {
        switch verb {
        case "be", "is": "are"
        case "has": "have"
        default: verb
        }
    }

    /// Small counts as words, larger ones as digits.
    package static func number(_ count: Int) -> String {
        let words = [
            "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        ]
        return words.indices.contains(count) ? words[count] : String(count)
    }

    /// `a, b and c`.
    package static func list(_ items: [StyledText], conjunction: String = "and") -> StyledText {
        var result = StyledText()
        for (index, item) in items.enumerated() {
            if index > 0 { result.append(index == items.count - 1 ? " \(conjunction) " : ", ") }
            result.append(item)
        }
        return result
    }

    /// Names things that lie together: like ones are counted, `a lamp, two coins and some sand`.
    package static func inventory(of things: [Thing]) -> StyledText {
        var text = StyledText()
        appendInventory(of: things, to: &text)
        return text
    }

    /// The first of many things by name and the rest by number: `a lamp, a key and 130 other things`.
    package static func inventory(of things: [Thing], atMost limit: Int) -> StyledText {
        let rest = things.count - limit
        if rest < 2 { return inventory(of: things) }
        var text = StyledText()
        for item in items(of: Array(things.prefix(limit))) {
            if !text.isEmpty { text.append(", ") }
            text.append(item)
        }
        text.append(" and \(rest) other things")
        return text
    }

    package static func appendInventory(of things: [Thing], to text: inout StyledText) {
        let groups = groups(of: things)
        for (index, group) in groups.enumerated() {
            if index > 0 { text.append(index == groups.count - 1 ? " and " : ", ") }
            text.append(group.name, Noun.style(of: group.first))
        }
    }

    /// The parts of an inventory, in order of their first thing.
    package static func items(of things: [Thing]) -> [StyledText] {
        groups(of: things).map { StyledText($0.name, Noun.style(of: $0.first)) }
    }

    private static func groups(of things: [Thing]) -> [(first: Thing, name: String)] {
        if things.count == 1 { return [(things[0], Noun.indefiniteText(things[0]))] }
        var groups: [(first: Thing, name: String)] = []
        var counts: [Int] = []
        var places: [String: Int] = [:]
        groups.reserveCapacity(things.count)
        counts.reserveCapacity(things.count)
        places.reserveCapacity(things.count)
        for thing in things {
            let name = Noun.indefiniteText(thing)
            if let place = places[name] {
                counts[place] += 1
            } else {
                places[name] = groups.count
                groups.append((thing, name))
                counts.append(1)
            }
        }
        for (place, count) in counts.enumerated() where count > 1 {
            groups[place].name = Noun.countedText(groups[place].first, count)
        }
        return groups
    }
}

/// How one thing is named.
package enum Noun {
    package static func style(of thing: Thing) -> TextStyle {
        thing.has(.persona) ? .person : thing.has(.exit) ? .exit : .thing
    }

    /// Whether it has a name of its own, without an article.
    package static func isProper(_ thing: Thing) -> Bool { thing[.article].isEmpty }

    /// `a brass lamp`, `some sand`, `Ada`.
    package static func indefinite(_ thing: Thing) -> StyledText {
        StyledText(indefiniteText(thing), style(of: thing))
    }

    /// `the brass lamp`, `Ada`.
    package static func definite(_ thing: Thing) -> StyledText {
        StyledText(definiteText(thing), style(of: thing))
    }

    static func indefiniteText(_ thing: Thing) -> String {
        let words = thing.words
        if let known = words.indefinite { return known }
        let name = thing.name
        let text =
            switch thing[.article] {
            case "": name
            case "auto": English.indefiniteArticle(for: name) + " " + name
            case let article: article + " " + name
            }
        words.indefinite = text
        return text
    }

    static func definiteText(_ thing: Thing) -> String {
        let words = thing.words
        if let known = words.definite { return known }
        let text = isProper(thing) ? thing.name : "the " + thing.name
        words.definite = text
        return text
    }

    static func countedText(_ thing: Thing, _ count: Int) -> String {
        var plural = thing[.plural]
        if plural.isEmpty {
            var words = thing.name.split(separator: " ").map(String.init)
            if let last = words.popLast() { words.append(Vocabulary.plural(of: last)) }
            plural = words.joined(separator: " ")
        }
        return English.number(count) + " " + plural
    }

    /// How it is named by one who cannot see it.
    package static func unseen(_ thing: Thing) -> StyledText {
        thing.has(.persona) ? StyledText("someone", .person) : StyledText("something", .thing)
    }
}

/// The forms of a third person's pronoun.
package struct PronounForms: Sendable {
    package let subject: String
    package let object: String
    package let possessive: String
    package let reflexive: String

    package init(of thing: Thing) {
        switch thing.isPlural ? "they" : thing[.pronouns] {
        case "she": self.init("she", "her", "her", "herself")
        case "he": self.init("he", "him", "his", "himself")
        case "they": self.init("they", "them", "their", thing.isPlural ? "themselves" : "themself")
        default: self.init("it", "it", "its", "itself")
        }
    }

    init(_ subject: String, _ object: String, _ possessive: String, _ reflexive: String) {
        self.subject = subject
        self.object = object
        self.possessive = possessive
        self.reflexive = reflexive
    }
}

extension Thing {
    /// Whether its name is a plural, as `some work boots`: its plural is given and is the name itself.
    package var isPlural: Bool {
        guard !has(.persona), self[.article] == "some" else { return false }
        return self[.plural] == name
    }
}
