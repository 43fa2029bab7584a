import Basics
import WorldLanguage
import WorldModel

/// Lines that are typed while somebody writes a text.
extension Interpreter {
    /// Takes a line for the draft of somebody who is editing it.
    func edit(_ line: String, _ turn: Turn) throws {
        let action = Action(turn: turn, interpreter: self, conversation: conversation(of: turn.actor))
        guard let draft = action.mailbox.draft else {
            turn.world.set(PropertyKey(.editing), to: nil, on: turn.actor)
            return turn.reply("What you were writing is gone, so this line was not read.", as: .refusal)
        }
        try action.edit(line, draft)
    }

    /// Reminds somebody who comes back in the middle of a text.
    func tellOfEditing(_ persona: Thing, _ turn: Turn) {
        // Whoever comes back does not know any more what they were asked.
        conversation(of: persona).editorQuestion = nil
        guard persona[.isEditing], let draft = Mailbox(of: persona, in: turn.world).draft else { return }
        let subject = draft.shownSubject
        switch draft.lineCount {
        case 0: turn.tell(persona, "You are about to write \"\(subject)\".", as: .reference)
        case 1: turn.tell(persona, "You are in the middle of writing \"\(subject)\": one line so far.", as: .reference)
        case let count:
            turn.tell(
                persona, "You are in the middle of writing \"\(subject)\": \(plain: String(count)) lines so far.",
                as: .reference)
        }
        turn.tell(
            persona,
            """
            Each line you type is added to it. \(command: ".q") leaves the editor, \(command: ".h") lists what else you can \
            do.
            """, as: .reference)
    }

    /// What stands before the line of somebody who is editing: the number the line gets.
    func editorPrompt(of persona: Thing) -> StyledText? {
        guard persona[.isEditing], let draft = Mailbox(of: persona, in: world).draft else { return nil }
        return StyledText("\(draft.lineCount + 1)] ")
    }
}
