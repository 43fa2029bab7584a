import Basics
import WorldLanguage
import WorldModel

/// From what to the editor and back: how texts of each purpose are begun, read, and done.
extension Action {
    // MARK: Beginning

    /// Goes on in the editor with what is being written, and names it.
    func resumeEditing() throws {
        let draft = try currentDraft()
        turn.reply("You go on with draft \(plain: String(draft.number)): \"\(draft.shownSubject)\".")
        enterEditor(draft)
    }

    /// Has the lines that are typed from now on added to a draft.
    func enterEditor(_ draft: Letter) {
        world.set(.draft, to: draft.thing, on: actor)
        world.set(.isEditing, to: true, on: actor)
        conversation.editorQuestion = nil
        let lineHint: Sentence =
            switch draft.purpose {
            case .letter where draft.recipients.isEmpty:
                """
                Each line you type is added to it. \(command: ".q") leaves the editor and keeps the draft, \
                \(command: ".h") lists what else you can do.
                """
            case .letter:
                """
                Each line you type is added to it. \(command: ".x") sends it, \(command: ".q") leaves it as a draft, \
                \(command: ".h") lists what else you can do.
                """
            case .note:
                """
                Each line you type is added to it. \(command: ".x") pins it, \(command: ".q") leaves it as a draft, \
                \(command: ".h") lists what else you can do.
                """
            case .description, .plan:
                """
                Each line you type is added to it. With \(command: ".x") others read it, \(command: ".q") leaves it as a \
                draft, \(command: ".h") lists what else you can do.
                """
            }
        turn.reply(lineHint)
        switch draft.lineCount {
        case 0: break
        case 1: turn.reply("There is one line so far; \(command: ".l") shows it.")
        case let count:
            turn.reply("There are \(plain: String(count)) lines so far; \(command: ".l") shows them.")
        }
    }

    /// Edits what one reads who looks at a thing.
    func editDescription(of thing: Thing) throws {
        if thing !== actor { try turn.require(.describe, on: thing) }
        let subject = turn.text("Description of \(plain: thing.name)").plain
        try edit(.description, of: thing, from: thing[.description], subject: subject)
    }

    /// Edits what `finger` tells of the actor.
    func editPlan() throws {
        try edit(.plan, of: actor, from: actor[.plan], subject: turn.text("Plan").plain)
    }

    /// Begins a note for a board, which may answer another one there.
    func editNote(_ subject: String, for board: Thing, answering other: Letter? = nil) throws {
        let draft = try letters { () throws(LetterProblem) in
            try PostOffice.check(subject: subject)
            return try mailbox.beginDraft(to: [], subject: subject)
        }
        world.set(.purpose, to: DraftPurpose.note.rawValue, on: draft.thing)
        world.set(.target, to: board, on: draft.thing)
        if let other { world.set(.replyTo, to: Int(clamping: other.thing.id.number), on: draft.thing) }
        turn.reply("You begin a note for \(the: board): \"\(draft.shownSubject)\".")
        enterEditor(draft)
    }

    /// Takes up the draft for a thing, or begins one with what is there.
    private func edit(_ purpose: DraftPurpose, of thing: Thing, from text: String, subject: String) throws {
        let kept = mailbox.folder(.drafts)?.letters.last { draft in
            draft.isDraft && draft.purpose == purpose && world.thing(draft.thing, .target) === thing
        }
        if let kept {
            turn.reply("You go on with draft \(plain: String(kept.number)): \"\(kept.shownSubject)\".")
            return enterEditor(kept)
        }
        let draft = try letters { () throws(LetterProblem) in
            try mailbox.beginDraft(to: [], subject: String(subject.prefix(LetterLimits.subject)))
        }
        world.set(.purpose, to: purpose.rawValue, on: draft.thing)
        world.set(.target, to: thing, on: draft.thing)
        if text.isEmpty {
            turn.reply("You begin to write: \"\(draft.shownSubject)\".")
        } else {
            world.write(text.brokenIntoLines, to: draft.thing)
            turn.reply("You change what is there: \"\(draft.shownSubject)\".")
        }
        enterEditor(draft)
    }

    // MARK: Ending

    /// Whether there is something in a draft that would not be there elsewhere.
    func isChanged(_ draft: Letter) -> Bool {
        switch draft.purpose {
        case .letter, .note: !draft.body.isEmpty
        case .description:
            draft.body.asParagraph != (world.thing(draft.thing, .target)?[.description] ?? "").asParagraph
        case .plan: draft.body.asParagraph != actor[.plan].asParagraph
        }
    }

    private func stopEditing() {
        world.set(PropertyKey(.editing), to: nil, on: actor)
        turn.whenKept { [conversation] in conversation.edits = nil }
    }

    /// Leaves the editor; a draft that says nothing new is not kept.
    func keepAndLeave(_ draft: Letter) throws {
        stopEditing()
        if draft.purpose != .letter, !isChanged(draft) {
            mailbox.expunge(draft)
            return turn.reply("You stop writing; nothing has changed.")
        }
        let number = String(draft.number)
        turn.reply(
            """
            You stop writing. The text is kept as draft \(plain: number); \(command: "edit draft \(number)") goes on with it.
            """)
    }

    /// Leaves the editor and ends the draft.
    func discardAndLeave(_ draft: Letter) {
        stopEditing()
        mailbox.expunge(draft)
        turn.reply("You stop writing; the text is thrown away.")
    }

    /// Whether an empty text says something: that there shall be none any more.
    private func isRemoval(_ draft: Letter) -> Bool {
        switch draft.purpose {
        case .letter, .note: false
        case .description, .plan: isChanged(draft)
        }
    }

    /// Does what the text is for.
    func finish(_ draft: Letter) throws {
        if draft.body.isEmpty, draft.attachments.isEmpty, !isRemoval(draft) {
            throw refuse("Nothing is written yet. \(command: ".q") leaves the editor.")
        }
        let target = world.thing(draft.thing, .target)
        switch draft.purpose {
        case .letter:
            if draft.recipients.isEmpty {
                try keepAndLeave(draft)
                return turn.reply(
                    """
                    It goes to nobody yet. \(command: "post draft") pins it to a board; \(command: "mail address NAME") \
                    makes a letter of it, and \(command: "mail send") sends that.
                    """)
            }
            stopEditing()
            try sendDraft()
        case .note:
            guard let target else { throw refuse(Self.goneTarget(draft)) }
            if turn.perception.percept(of: target) == nil {
                throw refuse(
                    """
                    You are not where \(name: target) is. \(command: ".q") leaves the editor and keeps the text as draft \
                    \(plain: String(draft.number)).
                    """)
            }
            try post(draft, on: Board(target, in: world))
            stopEditing()
        case .description:
            guard let target else { throw refuse(Self.goneTarget(draft)) }
            let text = draft.body.asParagraph
            if target !== actor { try turn.require(.describe, on: target) }
            rewrite(target, text)
            stopEditing()
            mailbox.expunge(draft)
            if target === actor {
                turn.reply(text.isEmpty ? "You have no description any more." : "Others see you now as: \(plain: text)")
            } else if text.isEmpty {
                turn.reply("\(target) \(verb: "have") no description any more.")
            } else {
                turn.reply("\(target) \(verb: "be") described now as: \(plain: text)")
            }
            warnOfFile(target)
        case .plan:
            let text = draft.body.asParagraph
            try Plan.set(text, turn)
            stopEditing()
            mailbox.expunge(draft)
            turn.reply(text.isEmpty ? "You have no plan any more." : "Your plan is now: \(plain: text)")
        }
    }

    private static func goneTarget(_ draft: Letter) -> Sentence {
        """
        What this was written for is gone. \(command: ".q") leaves the editor and keeps the text as draft \
        \(plain: String(draft.number)).
        """
    }

    // MARK: Preview

    /// Shows the text as others will see it.
    func preview(_ draft: Letter) throws {
        if draft.body.isEmpty { throw refuse(EditProblem.empty.sentence) }
        switch draft.purpose {
        case .letter: try showDraft()
        case .note:
            turn.show(sheet(draft, "\(draft.headSubject)"), as: .reference)
        case .description:
            guard let target = world.thing(draft.thing, .target) else { throw refuse(Self.goneTarget(draft)) }
            let text = draft.body.asParagraph
            let view = turn.rehearse {
                world.set(.description, to: text, on: target)
                return target.has(.place) && target === place
                    ? RoomView(turn: turn).text() : ThingView(thing: target, turn: turn).text()
            }
            turn.show(view, as: .reference)
        case .plan: turn.reply("Plan: \(plain: draft.body.asParagraph)", as: .reference)
        }
    }
}

extension String {
    /// The lines run together, so that a screen breaks them as wide as it is.
    var asParagraph: String {
        split(whereSeparator: { $0 == "\n" || $0 == " " }).joined(separator: " ")
    }

    /// A paragraph as lines that can be edited, broken at words.
    var brokenIntoLines: String {
        var lines: [String] = []
        for word in split(whereSeparator: { $0 == "\n" || $0 == " " }) {
            if let last = lines.last, last.count + word.count < 72 {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines.joined(separator: "\n")
    }
}
