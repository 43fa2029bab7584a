import Basics
import WorldLanguage
import WorldModel

extension Verb {
    static let report = Verb(
        "report", group: .talking, usage: ["report PERSON TEXT", "report PERSON about TEXT"],
        summary: "Tell those who run the game that somebody troubles you.",
        help: """
            Those who run the game read what you say, together with what you heard and said during the last minutes, at most \
            \(HeardLines.most) lines, so that you need not prove it: all that was said openly or on channels, and of what \
            was told or whispered in private only what the two of you told each other. Private words of others and \
            letters never go with it. They are told at once if they are here. `ignore` keeps somebody's words from you.
            Example: `report ben about calling me names and not stopping`.
            """,
        forms: [[.name, .word(["about", "for"]), .text], [.name, .text]]
    ) { command, action in
        try action.report(command.words[0], command.text)
    }

    static let reports = Verb(
        "reports", group: .game, role: .admin,
        usage: ["reports", "reports NUMBER", "reports close NUMBERS TEXT", "reports close all by NAME TEXT"],
        summary: "Read what players have complained of.",
        help: """
            Lists the reports that nobody has closed yet, shows one with its evidence, or closes one with a word on what \
            became of it; several at once by their numbers, or all that one person made. The last \
            \(Complaint.mostClosed) closed ones can still be read by their number.
            Example: `reports`, `reports 3`, `reports close 3 spoke with both, all is well`, `reports close 3-20 nonsense`.
            """,
        forms: [
            [], [.word(["close"]), .word(["all"]), .word(["by"]), .name],
            [.word(["close"]), .word(["all"]), .word(["by"]), .name, .text], [.word(["close"]), .text],
            [.word(["close"])], [.name],
        ]
    ) { command, action in
        switch command.form {
        case 0: action.showReports()
        case 1, 2: try action.closeAll(by: command.words[0], command.form == 2 ? command.text : "")
        case 3, 4: try action.close(command.text)
        default: action.show(try action.complaint(command.words[0]))
        }
    }
}

extension Action {
    /// Complaints that are listed at most.
    private static let mostListed = 50

    fileprivate func report(_ name: String, _ text: String) throws {
        if text.utf8.count > Complaint.longestText { throw refuse("That is too long; please say it shorter.") }
        // A guest may have left, and their words with them everywhere but here.
        // What lives here is nobody to complain of, whatever it is called.
        let heard = interpreter.heardLines(of: actor).last { line in
            line.name.folded == name && world[line.speaker].map { $0.has(.player) } ?? true
        }
        let person = try world.player(named: name) == nil && heard != nil ? nil : correspondent(name)
        if let person, world.holder(of: person) === world.holder(of: actor) {
            throw refuse("You cannot report yourself.")
        }
        let subject = Complaint.Subject(
            id: person?.id ?? heard?.speaker ?? ThingID(0), name: person?.name ?? heard?.name ?? name)
        let complaint = try Complaint.make(about: subject, text, evidence(against: subject), turn)
        turn.reply(
            """
            Your report about \(subject.name, .person) is kept, and those who run the game are told. What you heard of late goes \
            with it.
            """)
        let notice: Sentence =
            "\(name: actor) reports \(subject.name, .person): \(text, .quote) (\(command: "reports \(complaint.number)"))"
        for presence in turn.present where presence.persona !== actor {
            if Accounts.role(of: presence.persona, world: world) >= .admin {
                turn.tell(presence.persona, notice, as: .system)
            }
        }
    }

    /// Words that were left for somebody do not count when they are older, in milliseconds.
    private static let longestLeft = 7 * 24 * 60 * 60 * 1000

    /// What may be shown of what the actor heard: all that was said openly, and of what was said in private only what
    /// the two told each other.
    private func evidence(against subject: Complaint.Subject) -> [EvidenceLine] {
        let now = Int(world.now.milliseconds)
        let left = actor[.tells].filter {
            $0.teller == subject.id && now.subtractingReportingOverflow($0.time).partialValue <= Self.longestLeft
        }
        let heard = interpreter.heardLines(of: actor).filter {
            $0.isRecent(at: now) && $0.isEvidence(of: actor.id, against: subject)
        }
        return left.map { tell in
            let sentence: Sentence = "\(tell.name, .person) left word for you: \"\(speech: tell.text)\""
            return EvidenceLine(time: tell.time, speaker: tell.teller, name: tell.name, text: turn.text(sentence).plain)
        } + heard.suffix(HeardLines.most).map { EvidenceLine($0) }
    }

    fileprivate func complaint(_ word: String) throws -> Complaint {
        guard let number = Int(word), let complaint = Complaint(number: number, in: world) else {
            throw refuse("There is no report \(plain: word).")
        }
        return complaint
    }

    /// Closes those of some numbers: `3-5, 7 spoke with both`.
    fileprivate func close(_ text: String) throws {
        guard let (numbers, verdict) = NumberSelection.leading(text), !verdict.isEmpty else {
            throw refuse(
                "Say which reports and what became of them: \(command: "reports close 3-5, 7 I spoke with both").")
        }
        if let number = numbers.number, try complaint(String(number)).isClosed {
            throw refuse("That report is closed already.")
        }
        try close(Complaint.open(in: world).filter { numbers.contains($0.number) }, verdict)
    }

    fileprivate func closeAll(by name: String, _ verdict: String) throws {
        try close(Complaint.open(in: world).filter { $0.reporter.folded == name }, verdict)
    }

    private func close(_ complaints: [Complaint], _ text: String) throws {
        if text.utf8.count > Complaint.longestText { throw refuse("That is too long; please say it shorter.") }
        if complaints.isEmpty { throw refuse("There are no such open reports.") }
        for complaint in complaints { complaint.close(text, turn) }
        if complaints.count == 1 {
            let (number, subject) = (String(complaints[0].number), complaints[0].subject.name)
            turn.reply(
                "You close report \(plain: number), of \(complaints[0].reporter, .person) about \(subject, .person).")
        } else {
            turn.reply("You close \(number: complaints.count) reports.")
        }
    }

    /// Tells an administrator that somebody waits for an answer.
    func showWaitingReports() {
        if turn.role < .admin { return }
        switch Complaint.open(in: world).count {
        case 0: break
        case 1: turn.reply("One report waits for you; \(command: "reports") shows it.", as: .reference)
        case let count:
            turn.reply("\(number: count) reports wait for you; \(command: "reports") shows them.", as: .reference)
        }
    }

    fileprivate func showReports() {
        let open = Complaint.open(in: world)
        if open.isEmpty { return turn.reply("There are no open reports.", as: .reference) }
        var text = turn.text("\(phrase: "Open reports", .title)")
        for complaint in open.prefix(Self.mostListed) {
            text.append("\n- ")
            text.append(turn.phrase("\(plain: String(complaint.number)): \(headline(of: complaint))"))
        }
        if open.count > Self.mostListed {
            text.append("\n")
            text.append(turn.text("And \(number: open.count - Self.mostListed) more."))
        }
        turn.show(text, as: .reference)
    }

    private func headline(of complaint: Complaint) -> Sentence {
        let (who, whom) = (StyledText(complaint.reporter, .person), StyledText(complaint.subject.name, .person))
        return "\(who) about \(whom), \(ago(complaint.time)): \(complaint.text, .quote)"
    }

    fileprivate func show(_ complaint: Complaint) {
        var text = turn.text("\(phrase: "Report \(plain: String(complaint.number))", .title)")
        func append(_ sentence: Sentence) {
            text.append("\n")
            text.append(turn.text(sentence))
        }
        append(headline(of: complaint))
        if !complaint.place.isEmpty { append("Made in: \(content: complaint.place)") }
        if complaint.isClosed, complaint.verdict.isEmpty {
            append("Closed by \(complaint.closedBy, .person), \(ago(complaint.closed)).")
        } else if complaint.isClosed {
            append("Closed by \(complaint.closedBy, .person), \(ago(complaint.closed)): \(complaint.verdict, .quote)")
        }
        let evidence = complaint.evidence
        append(evidence.isEmpty ? "Nothing was heard in the minutes before." : "Heard before, with who really said it:")
        for line in evidence {
            text.append("\n- ")
            text.append(turn.phrase("\(ago(line.time)), \(line.name, .person): \(line.text, .quote)"))
        }
        turn.show(text, as: .reference)
    }
}
