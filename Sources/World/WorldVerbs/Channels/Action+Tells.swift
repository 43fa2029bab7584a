import Basics
import WorldLanguage
import WorldModel

/// Words for one person, who may be away.
extension Action {
    /// Tells somebody something, or leaves it for them.
    ///
    /// Whom the other ignores is told that it does not reach them: to say "You tell Ben" of what Ben never reads would be a lie,
    /// and people would wait for an answer. What is said to a whole room or channel goes unremarked, because there the words
    /// do reach somebody.
    func tell(_ person: Thing, _ text: String) throws {
        if person === actor { return turn.reply("You tell yourself, \"\(speech: text)\"", as: .tell) }
        // Those who live here have no way to be told from afar, and answer aloud.
        if !person.has(.player) { return try say(text, to: person) }
        try requireEar(of: person)
        guard turn.isPresent(person) else { return try leave(text, for: person) }
        // A tell names its teller also in the dark and from afar.
        turn.reply("You tell \(name: person), \"\(speech: text)\"", as: .tell)
        turn.tell(person, "\(name: actor) tells you, \"\(speech: text)\"", as: .tell)
        let (theirs, teller) = (interpreter.conversation(of: person), actor.id)
        turn.whenKept { theirs.lastTeller = teller }
    }

    /// Refuses when somebody would not hear the actor, or the actor not them.
    func requireEar(of person: Thing) throws {
        if Ignoring.ignores(actor, person, world) {
            throw refuse(
                "You ignore \(name: person) and would hear no answer. Type \(command: "unignore \(person.name.folded)") first."
            )
        }
        if Ignoring.ignores(person, actor, world) { throw refuse("\(name: person) does not take tells from you.") }
    }

    private func leave(_ text: String, for person: Thing) throws {
        if turn.role < .player {
            throw refuse("\(name: person) is not connected, and guests cannot leave word.")
        }
        if person[.isGuest] { throw refuse("\(name: person) is not connected any more.") }
        if text.utf8.count > KeptTell.longestText { throw refuse("That is too long to be left for somebody.") }
        var tells = person[.tells]
        let unread = tells.filter { !$0.isRead }
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
        if tells.count >= KeptTell.most, let oldest = tells.firstIndex(where: \.isRead) { tells.remove(at: oldest) }
        tells.append(
            KeptTell(time: Int(world.now.milliseconds), teller: actor.id, name: actor.name, text: text))
        world.set(.tells, to: Array(tells.suffix(KeptTell.most)), on: person)
        turn.reply("\(name: person) is away and will be told on coming back: \"\(speech: text)\"", as: .tell)
    }

    /// Shows what waits for the actor, once.
    func showWaitingTells() {
        let tells = actor[.tells]
        if tells.allSatisfy(\.isRead) { return }
        let waiting = tells.filter { !$0.isRead && !Ignoring.ignores(actor, number: $0.teller, world) }
        let read = tells.map { KeptTell(time: $0.time, teller: $0.teller, name: $0.name, text: $0.text, isRead: true) }
        world.set(.tells, to: Array(read.suffix(KeptTell.most)), on: actor)
        guard let last = waiting.last else { return }
        var text = turn.text("\(phrase: "While you were away", .title)")
        for tell in waiting {
            text.append("\n- ")
            text.append(turn.phrase(line(of: tell)))
        }
        turn.show(text, as: .tell)
        let own = conversation
        turn.whenKept { own.lastTeller = last.teller }
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
    /// Shows somebody who comes back what they were told meanwhile, and those who run the game what waits for them.
    func showWhatWaits(for persona: Thing, _ turn: Turn) {
        guard persona === turn.actor else { return }
        let action = Action(turn: turn, interpreter: self, conversation: conversation(of: persona))
        action.showWaitingTells()
        action.showWaitingReports()
    }
}
