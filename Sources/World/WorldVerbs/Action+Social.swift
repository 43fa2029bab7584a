import Basics
import WorldLanguage
import WorldModel

/// Doing a social.
extension Action {
    /// People a social is done at by name at most.
    private static let mostAims = 10

    /// Reads whom a social is done at: nobody, somebody, several joined by `and`, or `all`.
    func aims(of line: InputLine) throws -> [Social.Aim] {
        guard line.tokens.count > 1 else { return [.nobody] }
        let start = line.tokens.count > 2 && Social.prepositions.contains(line.tokens[1].word) ? 2 : 1
        let words = line.words(start..<line.tokens.count)
        if words.count == 1, Social.everybody.contains(words[0]) { return [.everybody] }
        var parser = CommandParser(turn: turn, line: line, conversation: conversation)
        let targets =
            words.contains("and") ? try parser.several(words, .people, nil) : [try parser.one(words, .people, nil)]
        if targets.count > Self.mostAims { throw refuse("That is too many people at once.") }
        conversation.mention(targets)
        return targets.map { $0 === actor ? .oneself : .other($0) }
    }

    /// Does a social, at somebody or at nobody, for all to see who can.
    func perform(_ social: Social, at aims: [Social.Aim]) throws {
        let targets = aims.compactMap { aim -> Thing? in if case .other(let other) = aim { other } else { nil } }
        if social.isTouch { for target in targets { try requireReach(target) } }
        // Of whom more is said than a name, it is said one by one.
        if !targets.isEmpty, aims.count > 1, social.takesSeveral {
            let people = targets.count < aims.count ? targets + [actor] : targets
            return try perform(social, at: .several(people), targets)
        }
        for aim in aims {
            if case .other(let target) = aim {
                try perform(social, at: aim, [target])
            } else {
                try perform(social, at: aim, [])
            }
        }
    }

    private func perform(_ social: Social, at aim: Social.Aim, _ targets: [Thing]) throws {
        guard let plain = social.sentence(of: actor, at: aim) else {
            throw refuse("Use it like this: \(commands: social.usage, isChoice: true).")
        }
        if case .everybody = aim { try requireCompany() }
        let sentence = modified(plain)
        // Those beyond a window read of it as if they were here, since it is done at them.
        let beyond = targets.filter { $0.place !== place && $0.has(.player) }
        let blind = social.isHeard ? [] : blind(except: targets)
        let speech = turn.speech(.emote, nil, isGesture: true)
        turn.announce(sentence, in: place, except: blind + beyond, as: .emote, of: speech)
        for target in beyond {
            if Perception(of: target, in: world).sees(actor) {
                turn.tell(target, sentence, as: .emote)
            } else {
                turn.reply("\(target) \(verb: "do") not see it.", as: .emote)
            }
        }
    }

    /// Refuses unless somebody else is here and seen.
    private func requireCompany() throws {
        guard turn.perception.isLit else { throw turn.refusal(.tooDark) }
        var isAlone = true
        turn.perception.walk { percept in
            isAlone = !percept.thing.has(.persona) || percept.thing === actor || percept.way != nil
            return isAlone
        }
        if isAlone { throw refuse("There is nobody else here.") }
    }

    /// Who is here and does not see the actor; whoever is touched notices anyway.
    private func blind(except targets: [Thing]) -> [Thing] {
        guard let place, !Perception.isLit(place, in: world) else { return [] }
        return turn.players(in: place).filter { person in
            if person === actor || targets.contains(where: { $0 === person }) { return false }
            // Whoever stands openly in the dark sees nobody but whom they carry.
            if person.location === place { return !actor.isWithin(person) }
            return !Perception(of: person, in: world).sees(actor)
        }
    }

    /// The page of a social.
    func show(_ social: Social) {
        var text = StyledText(social.name, .title)
        text.append(": ")
        text.append(turn.text("A gesture."))
        for usage in social.usage {
            text.append("\n  ")
            text.append(usage, .command)
        }
        text.append("\n")
        text.append(turn.text("Others read:"))
        let onlooker = Thing.makeNobody()
        for aim in [Social.Aim.nobody, .oneself, .example] {
            guard let sentence = social.sentence(of: actor, at: aim) else { continue }
            text.append("\n- ")
            text.append(sentence.rendered(for: onlooker, in: turn.language) { _ in true })
        }
        if social.isTouch {
            text.append("\n")
            text.append(turn.text("Whoever it is done at has to be within reach."))
        }
        text.append("\n")
        text.append(turn.text("A word such as \(command: "warmly") after it says how it is done."))
        turn.show(text, as: .reference)
    }
}
