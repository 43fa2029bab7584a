package import Basics
package import WorldModel

extension Denial {
    /// What the world says to whom it does not let: that they may not, and what would have to be otherwise.
    ///
    /// A ``Denial/reason`` stands in place of it.
    package var sentences: [Sentence] {
        switch kind {
        case .unreadable: return [refusal, "Something is wrong with the rule about that; please tell who made it."]
        case .needsAccount: return [refusal, "It is not for guests."]
        default: return [refusal] + needs.compactMap { $0.sentence(about: thing) }
        }
    }

    /// That it is not allowed, without saying why.
    package var refusal: Sentence {
        switch deed {
        case .take: "You may not take \(thing.label)."
        case .put: "You may not put anything in or on \(thing.label)."
        case .open: "You may not open or close \(thing.label)."
        case .enter where thing.has(.exit): "You may not go that way."
        case .enter: "You may not enter \(thing.label)."
        case .read: "You may not read \(thing.label)."
        case .use: "You may not use \(thing.label)."
        case .speak: "You may not speak on \(thing.label)."
        case .join: "You may not join \(thing.label)."
        case .post: "You may not post to \(thing.label)."
        case .moderate: "You may not moderate \(thing.label)."
        case .inspect: "You may not inspect \(thing.label)."
        case .describe: "You may not describe \(thing.label)."
        case .edit: "You may not change \(thing.label)."
        case .program: "You may not program \(thing.label)."
        case .destroy: "You may not destroy \(thing.label)."
        case .own: "You may not say who may do what to \(thing.label)."
        }
    }
}

extension LockNeed {
    /// What would help; nil when nothing does.
    package func sentence(about thing: Thing) -> Sentence? {
        switch (condition, isNegated) {
        case (.anyone, _), (.nobody, _): nil
        case (.owner, false): "It is for the owner."
        case (.owner, true): "It is not for the owner."
        case (.guest, false): "It is for guests."
        case (.guest, true): "It is not for guests."
        case (.role(let role), false): "It takes at least the role \(Sentence(message: role.rawValue))."
        case (.role(let role), true): "It is not for the role \(Sentence(message: role.rawValue))."
        case (.names(let names), false): "It is for \(list: Self.parts(names))."
        case (.names(let names), true): "It is not for \(list: Self.parts(names))."
        case (.carries(let what), false): "It would help to carry \(plain: what)."
        case (.carries(let what), true): "It would help not to carry \(plain: what)."
        case (.wears(let what), false): "It would help to wear \(plain: what)."
        case (.wears(let what), true): "It would help not to wear \(plain: what)."
        case (.within(let place), false): "It would help to be in \(plain: place)."
        case (.within(let place), true): "It would help not to be in \(plain: place)."
        case (.state(let word), false): "It would help if \(thing.label) were \(plain: word)."
        case (.state(let word), true): "It would help if \(thing.label) were not \(plain: word)."
        case (.property(let name, let value), false):
            "It would help if the \(plain: name) of \(thing.label) were \(plain: value)."
        case (.property(let name, let value), true):
            "It would help if the \(plain: name) of \(thing.label) were not \(plain: value)."
        }
    }

    private static func parts(_ names: [String]) -> [Sentence] { names.map { "\($0.capitalizedFirst, .person)" } }
}

extension Turn {
    /// What to throw when somebody may not do what they want.
    package func refusal(_ denial: Denial) -> Refusal {
        let sentences = denial.reason.isEmpty ? denial.sentences : ["\(content: denial.reason)"]
        return Refusal(text: text(sentences), kind: denial.kind)
    }

    /// Sentences after each other as the actor reads them.
    package func text(_ sentences: [Sentence]) -> StyledText {
        var text = StyledText()
        for sentence in sentences {
            if !text.isEmpty { text.append(" ") }
            text.append(self.text(sentence))
        }
        return text
    }

    /// Refuses unless the actor may do a deed to a thing.
    ///
    /// - Parameters:
    ///   - deed: What the actor wants to do.
    ///   - thing: To what.
    /// - Throws: A refusal with the reason, and with its ``RefusalKind`` for doors that say it their own way.
    package func require(_ deed: Deed, on thing: Thing) throws {
        let verdict = Permission.verdict(of: actor, role: role, deed: deed, on: thing, in: world)
        if case .refused(let denial) = verdict { throw refusal(denial) }
    }
}

extension Thing {
    /// What to call it to whom has named it, whether they see it or not: `the oak door`, `the way down`.
    package var label: Sentence { has(.exit) && name.isEmpty ? "the way \(wayName)" : "\(name: self)" }
}

extension LockMistake {
    /// What is wrong, for the middle of a sentence.
    package var sentence: Sentence {
        var pieces: [Sentence.Piece] = []
        var rest = message[...]
        for (index, argument) in arguments.enumerated() {
            guard let mark = rest.firstRange(of: "{\(index + 1)}") else { continue }
            pieces.append(.literal(String(rest[..<mark.lowerBound])))
            pieces.append(.text(argument, .command))
            rest = rest[mark.upperBound...]
        }
        pieces.append(.literal(String(rest)))
        return Sentence(pieces: pieces)
    }
}
