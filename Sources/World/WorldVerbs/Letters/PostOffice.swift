import Basics
package import WorldLanguage
package import WorldModel

/// Takes letters from their writers and brings copies to all they are for, at once and also to those who are away.
///
/// A letter goes to all or to nobody: the mailbox of each has to have room. Whoever ignores the writer does not take it, and the
/// writer reads so, because a letter that vanished would be worse than a refusal.
package struct PostOffice {
    package let turn: Turn

    package init(turn: Turn) {
        self.turn = turn
    }

    private var world: World { turn.world }

    // MARK: What is checked

    /// The characters of these names, each once; also of those who are away.
    ///
    /// - Parameter names: Whole names, folded or not; `me` is the actor.
    /// - Returns: Them in the order of the names.
    /// - Throws: ``LetterProblem`` when somebody is not there.
    package func people(named names: [String]) throws(LetterProblem) -> [Thing] {
        var found: [Thing] = []
        for name in names {
            let person = ["me", "myself"].contains(name.folded) ? turn.actor : world.player(named: name)
            guard let person else { throw .unknown(name) }
            if person[.isGuest] { throw .guest(person.name) }
            if !found.contains(where: { $0 === person }) { found.append(person) }
            if found.count > LetterLimits.recipients { throw .tooManyRecipients }
        }
        if found.isEmpty { throw .noRecipient }
        return found
    }

    package static func check(subject: String) throws(LetterProblem) {
        if subject.count > LetterLimits.subject { throw .longSubject }
    }

    package static func check(body: String) throws(LetterProblem) {
        if body.utf8.count > LetterLimits.body { throw .longBody }
    }

    private static let hour: Int64 = 3_600_000

    /// Counts one more letter or note of the actor's account.
    ///
    /// - Throws: ``LetterProblem/tooOften(wait:)`` when there were as many in the last hour as one may send.
    package func countSending() throws(LetterProblem) {
        let holder = world.holder(of: turn.actor)
        let now = world.now.milliseconds
        // A clock that was put back makes nobody wait for it.
        let recent = holder[.lettersSent].map { Int64($0) }.filter { $0 > now - Self.hour && $0 <= now }
        if recent.count >= LetterLimits.hourly {
            throw .tooOften(wait: .milliseconds((recent.min() ?? now) + Self.hour - now))
        }
        world.set(.lettersSent, to: (recent + [now]).map { Int(clamping: $0) }, on: holder)
    }

    // MARK: Sending

    /// Sends a draft of the actor's to whom it names, keeps a copy, and tells those who are connected.
    ///
    /// - Returns: To whom it went.
    /// - Throws: ``LetterProblem``; the caller then takes back what was changed, so that the draft is as it was.
    package func send(_ draft: Letter) throws(LetterProblem) -> [Thing] {
        let people = try people(named: draft.recipients)
        if draft.body.isEmpty, draft.attachments.isEmpty { throw .noText }
        try Self.check(subject: draft.subject)
        try Self.check(body: draft.body)
        for person in people {
            if Ignoring.ignores(person, turn.actor, world) { throw .ignored(person.name) }
            // The place of the writer's draft is taken by the copy that is kept.
            if person !== turn.actor, Mailbox(of: person, in: world).isFull { throw .full(person.name) }
        }
        if people.contains(where: { $0 === turn.actor }), Mailbox(of: turn.actor, in: world).isFull { throw .ownFull }
        try countSending()
        let letter = draft.thing
        release(letter, to: people)
        for person in people {
            let copy = try Mailbox(of: person, in: world).take(letter, into: .inbox)
            tell(person, of: copy)
        }
        _ = try Mailbox(of: turn.actor, in: world).take(letter, into: .sent, flags: [.seen])
        markAnswered(by: letter)
        return people
    }

    /// Makes of a draft the letter itself, which lies nowhere and is not changed any more.
    private func release(_ letter: Thing, to people: [Thing]) {
        world.move(letter, to: nil)
        for core in [CoreProperty.uid, .flags, .received] { world.set(PropertyKey(core), to: nil, on: letter) }
        world.set(.recipients, to: people.map(\.name), on: letter)
        world.set(.sent, to: Int(clamping: world.now.milliseconds), on: letter)
        if world.thing(turn.actor, .draft) === letter { world.set(.draft, to: nil, on: turn.actor) }
    }

    private func markAnswered(by letter: Thing) {
        let answered = letter[.replyTo]
        guard answered > 0, let original = UInt64(exactly: answered).flatMap({ world[ThingID($0)] }) else { return }
        let folders = Set(Mailbox(of: turn.actor, in: world).folders.map(\.thing.id))
        for copy in original.heirs {
            if let folder = copy.location, folders.contains(folder.id) { Letter(copy).set(.answered, true, in: world) }
        }
    }

    private func tell(_ person: Thing, of letter: Letter) {
        guard turn.isPresent(person), person !== turn.actor else { return }
        let number = String(letter.number)
        turn.tell(
            person,
            """
            You have new mail from \(name: turn.actor): "\(letter.shownSubject)". \
            \(command: "mail " + number) shows it.
            """, as: .system)
    }
}
