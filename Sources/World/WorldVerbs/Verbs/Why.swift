import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let why = Verb(
        "why", group: .looking, usage: ["why can't I COMMAND", "why THING"],
        summary: "Find out what stands in the way of something.",
        help: """
            Tells step by step what is between you and a thing, what of it your eyes or hands do not pass, and what would \
            come of a command, without doing it.
            Example: `why can't I take the ruby`, `why ruby`, `why can't I hear the keeper`.
            """,
        forms: [[.text]]
    ) { command, action in
        try action.explain(command.text)
    }
}

/// What is asked of `why`.
private enum Doubt {
    case presence, sight, touch, sound
    case command(Verb)

    /// Words that only lead up to what is meant.
    static let fillers: Set<String> = [
        "why", "can't", "can\u{2019}t", "cant", "cannot", "can", "couldn't", "could", "i", "not", "do", "don't", "am",
        "unable", "to", "won't", "will",
    ]

    static let senses: [String: Doubt] = [
        "see": .sight, "reach": .touch, "touch": .touch, "hear": .sound,
    ]
}

extension Action {
    func explain(_ text: String) throws {
        var line = InputLine(text)
        while line.tokens.count > 1, Doubt.fillers.contains(line.tokens[0].word) { line.tokens.removeFirst() }
        guard let first = line.tokens.first?.word else { throw refuse("You have to say what.") }
        let exact = interpreter.verbs.verb(exactly: first)
        if line.tokens.count > 1, Doubt.senses[first] == nil,
            let (own, _) = try interpreter.ownVerb(line, self, insteadOf: exact)
        {
            return answer(line.text(from: 0), about: own.thing) { try perform(own) }
        }
        var doubt = Doubt.presence
        if line.tokens.count > 1 {
            if let sense = Doubt.senses[first] {
                doubt = sense
                line.tokens.removeFirst()
            } else if let verb = interpreter.verbs.verb(for: first), verb.role <= turn.role, verb.name != "why" {
                doubt = .command(verb)
            }
        }
        var parser = CommandParser(turn: turn, line: line, conversation: conversation)
        if case .command(let verb) = doubt, [.talking, .game].contains(verb.group) {
            throw refuse("Only what is seen, moved or handled can be explained so.")
        }
        guard case .command(let verb) = doubt else {
            do {
                let thing = try parser.one(line.words(line.tokens.indices), .anything, nil)
                conversation.mention([thing])
                show(links(to: thing) + [verdict(on: thing, doubt)])
            } catch let refusal as Refusal {
                show([Sentence(refusal.text)] + hidingPlaces)
            }
            return
        }
        do {
            let command = try parser.parse(verb)
            var subject = command.thing()
            if subject == nil, case .thing(let thing)? = command.sight { subject = thing }
            answer(line.text(from: 0), about: subject) { try verb.perform(command, self) }
        } catch let refusal as Refusal {
            // The thing may be there, but not where the verb looks for it.
            parser.phrases = 0
            if line.tokens.count > 1, let thing = try? parser.one(line.words(1..<line.tokens.count), .anything, nil) {
                show(links(to: thing) + ["So: \(refusal.text)"])
            } else {
                show([Sentence(refusal.text)] + hidingPlaces)
            }
        }
    }

    /// What would come of a command.
    private func answer(_ asked: String, about subject: Thing?, _ perform: () throws -> Void) {
        var lines = subject.map { links(to: $0) } ?? []
        do {
            try turn.rehearse(perform)
            lines.append("So nothing stands in the way of \"\(command: asked)\".")
        } catch let refusal as Refusal {
            lines.append("So: \(refusal.text)")
        } catch {
            lines.append("So: that goes wrong for a reason of its own.")
        }
        show(lines)
    }

    private func show(_ sentences: [Sentence]) {
        var text = StyledText()
        for sentence in sentences {
            if !text.isEmpty { text.append("\n") }
            text.append(turn.text(sentence))
        }
        turn.show(text)
    }

    // MARK: Link by link

    private func links(to thing: Thing) -> [Sentence] {
        guard let path = turn.perception.path(to: thing) else { return [] }
        return path.map { link in
            let fact = fact(of: link)
            guard let bar = bar(of: link) else { return fact }
            return "\(fact) \(bar)"
        }
    }

    private func fact(of link: Link) -> Sentence {
        switch link.kind {
        case .here:
            link.source === turn.perception.surroundings
                ? "\(link.target) \(verb: "be") here." : "\(link.target) \(verb: "be") there."
        case .door: "\(link.target) \(verb: "be") here."
        case .own: link.target[.isWorn] ? "You wear \(the: link.target)." : "You have \(the: link.target)."
        case .inside: "\(link.target) \(verb: "be") in \(the: link.source)."
        case .upon: "\(link.target) \(verb: "be") on \(the: link.source)."
        case .held: "\(link.source) \(verb: "have") \(the: link.target)."
        case .worn: "\(link.source) \(verb: "be") wearing \(the: link.target)."
        case .way(let exit): "You see \(content: link.target.name, .title), \(exit.whereabouts)."
        case .out: "You are in \(the: link.source)."
        }
    }

    private func bar(of link: Link) -> Sentence? {
        if link.unseen != nil { return "But it is dark." }
        switch link.unreached {
        case nil: return nil
        case .tooDark?: return "But it is dark."
        case .closed(let container)?:
            return "But \(container) \(verb: "be") closed: your eyes pass, not your hands."
        case .heldBy(let person)?, .wornBy(let person)?: return "You cannot take it from \(them: person)."
        case .coveredBy(let garment)?:
            return "But \(garment) \(verb: "be") worn over it."
        case .beyond?: return "But your hands do not reach so far."
        }
    }

    private func verdict(on thing: Thing, _ doubt: Doubt) -> Sentence {
        if thing === actor { return "That is you." }
        guard let percept = turn.perception.percept(of: thing) else { return "\(thing) \(verb: "be") not here." }
        if case .sound = doubt {
            switch turn.perception.hearing(of: thing) {
            case .clear: return "So you can hear \(the: thing)."
            case .muffled(let way): return "So you hear \(the: thing) muffled, \(way.whereabouts)."
            case .silent: return "But no sound comes from there."
            }
        }
        if let unseen = percept.unseen {
            return "So: \(turn.text(unseen.sentence))"
        }
        if percept.isFelt {
            return percept.unreached == nil
                ? "So you feel \(the: thing), and can reach \(them: thing)."
                : "So you feel \(the: thing), but cannot reach \(them: thing)."
        }
        return percept.unreached == nil
            ? "So you see \(the: thing), and can reach \(them: thing)."
            : "So you see \(the: thing), but cannot reach \(them: thing)."
    }

    /// Where what is not perceived might be.
    private var hidingPlaces: [Sentence] {
        var found: [Sentence] = []
        let perception = turn.perception
        perception.walk { percept in
            let thing = percept.thing
            if percept.unseen == nil, thing.has(.container), !thing.isSeeThrough {
                found.append("You cannot see what is in \(the: thing), because \(they: thing) \(verb: "be") closed.")
            }
            return found.count < 3
        }
        for view in perception.views where !Perception.isLit(view.place, in: world) {
            found.append("You cannot see what is \(view.exit.whereabouts), because it is dark there.")
        }
        if perception.isLit {
            for exit in perception.exits where exit[.isView] {
                guard let door = world.door(of: exit), !door[.isOpen], !door[.isTransparent] else { continue }
                found.append("You cannot see what is beyond \(the: door), because \(they: door) \(verb: "be") closed.")
            }
        }
        return found
    }
}
