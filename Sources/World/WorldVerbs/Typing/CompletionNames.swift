/// What a completion is chosen from.
struct Names {
    /// Names that are told also when nothing of them was typed.
    var whole: [String] = []
    /// Words that stand for them when they were begun.
    var parts: [String] = []

    static func += (names: inout Names, others: Names) {
        names.whole += others.whole
        names.parts += others.parts
    }
}

/// What is around somebody who types, by the parts of a command that it can be.
struct NamesAround {
    /// Everything but creatures.
    var things = Names()
    /// What is carried or worn; of that, what is worn.
    var held = Names(), worn = Names()
    /// Creatures that are here.
    var people = Names()
    var ways = Names()
    /// Who is connected.
    var players = Names()

    var all: Names {
        var names = things
        for others in [people, ways, players] { names += others }
        return names
    }

    /// What can be any of these parts.
    ///
    /// - Parameters:
    ///   - elements: The parts.
    ///   - isEnglish: Whether words of the commands themselves are told when nothing of them was typed.
    /// - Returns: What may be offered.
    func names(for elements: [Element], isEnglish: Bool) -> Names {
        var names = Names()
        for element in elements {
            switch element {
            case .object(let scope), .objects(let scope): names += self.names(in: scope)
            case .sight: for others in [things, people, ways] { names += others }
            case .way, .direction: names += ways
            case .player, .anybody: names += players
            case .recipients, .name: for others in [players, people] { names += others }
            case .recipientsHere: names += people
            case .word(let words):
                if isEnglish { names.whole += words.prefix(1) }
                names.parts += words
            case .number: break
            case .text: names += all
            }
        }
        return names
    }

    private func names(in scope: Scope) -> Names {
        switch scope {
        case .held: return held
        case .worn: return worn
        case .people: return people
        case .contents, .around: return things
        // Creatures are meant so rarely that they are told only when they were begun.
        case .anything: return Names(whole: things.whole, parts: things.parts + people.whole)
        }
    }
}

extension Verb {
    /// The parts of the verb's forms that may stand behind some words: those that follow them, and those that go on.
    ///
    /// After `put lamp` that is another word of what is put, or `in`; after `put lamp in` a container.
    ///
    /// - Complexity: O(*n*) in the words and the parts of the forms.
    func elements(after words: [String]) -> [Element] {
        var places = forms.indices.map { Place(form: $0, element: 0) }
        for word in words { places = self.places(after: word, places) }
        return places.compactMap { element(at: $0) }
    }

    /// Where in which form.
    private struct Place: Hashable {
        let form: Int
        let element: Int

        var next: Place { Place(form: form, element: element + 1) }
    }

    private func element(at place: Place) -> Element? {
        forms[place.form].indices.contains(place.element) ? forms[place.form][place.element] : nil
    }

    private func places(after word: String, _ places: [Place]) -> [Place] {
        // A word of the command itself ends the name before it, and decides the form.
        let decided = places.filter { place in
            if case .word(let words)? = element(at: place) { words.contains(word) } else { false }
        }
        if !decided.isEmpty { return decided.map(\.next) }
        var next: [Place] = []
        for place in places {
            guard let part = element(at: place) else { continue }
            switch part {
            case .word: break
            case .name, .player, .anybody, .number, .direction: next.append(place.next)
            case .text: next.append(place)
            case .object, .objects, .sight, .way, .recipients, .recipientsHere: next += [place, place.next]
            }
        }
        // A form is at one place only once, however many words there are.
        var seen: Set<Place> = []
        return next.filter { seen.insert($0).inserted }
    }
}
