import Basics
package import WorldLanguage
package import WorldModel

/// Words for one person, who may be away.
extension Action {
    /// Tells somebody something, or leaves it for them.
    ///
    /// Whom the other ignores is told that it does not reach them: to say "You tell Ben" of what Ben never reads would be a lie,
    /// and people would wait for an answer. What is said to a whole room or channel goes unremarked, because there the words
    /// do reach somebody.
    func tell(_ person: Thing, _ text: String) throws {
        if person === actor { return tellSelf(text) }
        // Those who live here have no way to be told from afar, and answer aloud.
        if !person.has(.player) { return try say(text, to: person) }
        try requireEar(of: person)
        guard turn.isPresent(person) else { return try leave(text, for: person) }
        // A tell names its teller also in the dark and from afar.
        let speech = turn.speech(.tell, text, to: [person])
        turn.reply("You tell \(name: person), \"\(speech: text)\"", as: .tell, of: speech)
        turn.tell(person, "\(name: actor) tells you, \"\(speech: text)\"", as: .tell, of: speech)
        tellAway(person)
        let (theirs, teller) = (interpreter.conversation(of: person), actor.id)
        turn.whenKept { theirs.lastTeller = teller }
    }

    func tellSelf(_ text: String) {
        turn.reply("You tell yourself, \"\(speech: text)\"", as: .tell, of: turn.speech(.tell, text, to: [actor]))
    }

    /// People to whom one thing is said at most.
    private static let mostRecipients = 10

    /// Tells several people something; one who cannot be told does not keep it from the others.
    ///
    /// Those who hear it at once read who else does.
    func tell(_ people: [Thing], _ text: String) throws {
        if people.count == 1, let only = people.first { return try tell(only, text) }
        let (hearers, refusals) = try whoHears(people) { person in
            if !person.has(.player) { throw refuse("\(person) \(verb: "do") not hear you from there.") }
            try requireEar(of: person)
            if !turn.isPresent(person) { try requireMemory(of: person, text) }
        }
        let present = hearers.filter { turn.isPresent($0) }
        let speech = turn.speech(.tell, text, to: present)
        if !present.isEmpty {
            turn.reply("You tell \(list: present.map { "\(name: $0)" }), \"\(speech: text)\"", as: .tell, of: speech)
        }
        let teller = actor.id
        for person in present {
            let others: [Sentence] = present.filter { $0 !== person }.map { "\(name: $0)" }
            if others.isEmpty {
                turn.tell(person, "\(name: actor) tells you, \"\(speech: text)\"", as: .tell, of: speech)
            } else {
                let names = ["\(the: person)"] + others
                turn.tell(person, "\(name: actor) tells \(list: names), \"\(speech: text)\"", as: .tell, of: speech)
            }
            let theirs = interpreter.conversation(of: person)
            turn.whenKept { theirs.lastTeller = teller }
        }
        for person in present { tellAway(person) }
        for person in hearers where !turn.isPresent(person) { try leave(text, for: person) }
        for refusal in refusals { turn.show(refusal, as: .refusal) }
    }

    /// Those of several people, but for the actor, who can be told something, and why the others cannot.
    ///
    /// - Throws: A refusal when they are too many.
    func whoHears(
        _ people: [Thing], _ test: (Thing) throws -> Void
    ) throws -> (hearers: [Thing], refusals: [StyledText]) {
        if people.count > Self.mostRecipients { throw refuse("That is too many people at once.") }
        var (hearers, refusals) = ([Thing](), [StyledText]())
        for person in people where person !== actor {
            do {
                try test(person)
                hearers.append(person)
            } catch let refusal as Refusal {
                refusals.append(refusal.text)
            }
        }
        return (hearers, refusals)
    }

    /// Refuses when somebody would not hear the actor, or the actor not them.
    func requireEar(of person: Thing) throws {
        if Ignoring.ignores(actor, person, world) {
            let remedy = "unignore \(person.name.folded)"
            throw refuse(
                "You ignore \(name: person) and would hear no answer. Type \(command: remedy) first.", .ignored)
        }
        if Ignoring.ignores(person, actor, world) {
            throw refuse("\(name: person) does not take tells from you.", .ignored)
        }
    }

    /// Refuses when nothing can be left for somebody who is away.
    private func requireMemory(of person: Thing, _ text: String) throws {
        if turn.role < .player {
            throw refuse("\(name: person) is not connected, and guests cannot leave word.")
        }
        if person[.isGuest] { throw refuse("\(name: person) is not connected any more.") }
        if text.utf8.count > KeptTell.longestText { throw refuse("That is too long to be left for somebody.") }
        let unread = person[.tells].filter { !$0.isRead }
        if unread.count >= KeptTell.most {
            throw refuse("So much waits for \(name: person) already that nothing more can be left.")
        }
        let holder = world.holder(of: actor)
        let own = unread.count {
            $0.teller == actor.id || world[$0.teller].map { world.holder(of: $0) === holder } ?? false
        }
        if own >= KeptTell.mostOfOne {
            throw refuse("You have left so much for \(name: person) that nothing more is kept until it is read.")
        }
    }

    private func leave(_ text: String, for person: Thing) throws {
        try requireMemory(of: person, text)
        var tells = person[.tells]
        if tells.count >= KeptTell.most, let oldest = tells.firstIndex(where: \.isRead) { tells.remove(at: oldest) }
        tells.append(
            KeptTell(time: Int(world.now.milliseconds), teller: actor.id, name: actor.name, text: text))
        world.set(.tells, to: Array(tells.suffix(KeptTell.most)), on: person)
        turn.reply(
            "\(name: person) is away and will be told on coming back: \"\(speech: text)\"", as: .tell,
            of: turn.speech(.tell, text, to: [person], waits: true))
    }

    /// What waits for the actor, which counts as read then, as if it had been told when it was left; the oldest first.
    fileprivate func takeWaitingTells() -> [KeptEvent] {
        let tells = actor[.tells]
        if tells.allSatisfy(\.isRead) { return [] }
        let waiting = tells.filter { !$0.isRead && !Ignoring.ignores(actor, number: $0.teller, world) }
        let read = tells.map { KeptTell(time: $0.time, teller: $0.teller, name: $0.name, text: $0.text, isRead: true) }
        world.set(.tells, to: Array(read.suffix(KeptTell.most)), on: actor)
        if let last = waiting.last {
            let own = conversation
            turn.whenKept { own.lastTeller = last.teller }
        }
        return waiting.sorted { $0.time < $1.time }.map { tell in
            KeptEvent(
                time: WallInstant(milliseconds: Int64(tell.time)), category: MessageCategory.tell.rawValue,
                text: turn.text("\(tell.name, .person) tells you, \"\(speech: tell.text)\""),
                utterance: Utterance(
                    id: "w\(tell.teller.number)-\(tell.time)", kind: .tell,
                    speaker: Utterance.Person(number: tell.teller, name: tell.name),
                    words: StyledText(tell.text, .speech), waits: true,
                    addressees: [Utterance.Person(number: actor.id, name: actor.name)]))
        }
    }

    private func line(of tell: KeptTell) -> Sentence {
        "\(tell.name, .person), \(ago(tell.time)): \"\(speech: tell.text)\""
    }

    /// Tells that `tells` shows at most.
    private static let mostShown = 20

    /// Shows the latest tells: those that were left, and those heard since the actor came.
    func showTells() {
        var lines: [(time: Int, sentence: Sentence)] = []
        for tell in actor[.tells] where !Ignoring.ignores(actor, number: tell.teller, world) {
            lines.append((tell.time, line(of: tell)))
        }
        for heard in conversation.tells where !Ignoring.ignores(actor, number: heard.speaker, world) {
            lines.append((heard.time, "\(ago(heard.time)): \(plain: heard.text)"))
        }
        if lines.isEmpty { return turn.reply("Nobody has told you anything of late.", as: .reference) }
        // Stable, because several may be of the same moment.
        let sorted = lines.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
        var text = turn.text("\(phrase: "Told of late", .title)")
        for line in sorted.suffix(Self.mostShown) {
            text.append("\n- ")
            text.append(turn.phrase(line.element.sentence))
        }
        turn.show(text, as: .reference)
    }
}

extension Interpreter {
    /// Takes what was left for the actor while they were away; from then on it counts as read.
    ///
    /// - Returns: What they are to read of it, the oldest first.
    package func takeWaitingTells(_ turn: Turn) -> [KeptEvent] {
        Action(turn: turn, interpreter: self, conversation: conversation(of: turn.actor)).takeWaitingTells()
    }

    /// Has the actor tell somebody something, as `tell` does; for doors whose protocol says whom it is for.
    ///
    /// - Throws: A refusal, as `tell` does.
    package func tell(_ person: Thing, _ text: String, _ turn: Turn) throws {
        try Action(turn: turn, interpreter: self, conversation: conversation(of: turn.actor)).tell(person, text)
    }

    /// Tells those who run the game what waits for them.
    func tellOfReports(_ persona: Thing, _ turn: Turn) {
        guard persona === turn.actor else { return }
        Action(turn: turn, interpreter: self, conversation: conversation(of: persona)).showWaitingReports()
    }
}
