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
        if things.count == 1 { return Noun.indefinite(things[0]) }
        return list(items(of: things))
    }

    /// The parts of an inventory, in order of their first thing.
    package static func items(of things: [Thing]) -> [StyledText] {
        var groups: [(noun: StyledText, first: Thing, count: Int)] = []
        var places: [StyledText: Int] = [:]
        for thing in things {
            let noun = Noun.indefinite(thing)
            if let place = places[noun] {
                groups[place].count += 1
            } else {
                places[noun] = groups.count
                groups.append((noun, thing, 1))
            }
        }
        return groups.map { $0.count == 1 ? $0.noun : Noun.counted($0.first, $0.count) }
    }
}

/// How one thing is named.
package enum Noun {
    package static func style(of thing: Thing) -> TextStyle {
        thing.has(.persona) ? .person : thing.has(.exit) || thing.has(.door) ? .exit : .thing
    }

    /// Whether it has a name of its own, without an article.
    package static func isProper(_ thing: Thing) -> Bool { thing[.article].isEmpty }

    /// `a brass lamp`, `some sand`, `Ada`.
    package static func indefinite(_ thing: Thing) -> StyledText {
        let name = thing.name
        switch thing[.article] {
        case "": return StyledText(name, style(of: thing))
        case "auto": return StyledText(English.indefiniteArticle(for: name) + " " + name, style(of: thing))
        case let article: return StyledText(article + " " + name, style(of: thing))
        }
    }

    /// `the brass lamp`, `Ada`.
    package static func definite(_ thing: Thing) -> StyledText {
        StyledText(isProper(thing) ? thing.name : "the " + thing.name, style(of: thing))
    }

    /// `three brass lamps`.
    package static func counted(_ thing: Thing, _ count: Int) -> StyledText {
        var plural = thing[.plural]
        if plural.isEmpty {
            var words = thing.name.split(separator: " ").map(String.init)
            if let last = words.popLast() { words.append(Vocabulary.plural(of: last)) }
            plural = words.joined(separator: " ")
        }
        return StyledText(English.number(count) + " " + plural, style(of: thing))
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
