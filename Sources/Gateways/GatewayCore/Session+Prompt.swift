import Basics
import TerminalWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// What stands before the line that is typed.
extension Session {
    /// Queues the prompt, or the question of a dialogue.
    func appendPrompt() {
        owesPrompt = false
        if door.isConversational {
            // What a dialogue asks for is all that tells that it goes on.
            if isPlaying || text(prompt).isEmpty { return }
            tell(notice(StyledText(text(prompt).plain.trimmed), isAnswer: true))
            if asksForPassword {
                let warning: Sentence =
                    "The next line that you write here is taken for it. Your client shows it, and may keep it in its log."
                tell(notice(text(warning), isAnswer: true))
            }
            return
        }
        let own = ownPrompt
        let text = own ?? text(prompt)
        let bare = isPlaying && (!door.showsPrompts || profile.screenReader && own == nil) && pager == nil
        if console != nil { return noteFoot(prompt: bare ? StyledText() : text) }
        // A prompt for a password tells that the name is known, so it waits like any other output.
        output.append(after: game.world.sequence) { bytes in
            if !bare { TerminalRenderer(profile).render(text, into: &bytes) }
            if !closesWhenEmpty { door.appendPromptMark(to: &bytes) }
        }
        isAtPrompt = !bare && !text.isEmpty
    }

    /// Whether a dialogue begins with the player's password.
    private var asksForPassword: Bool {
        switch stage {
        case .changing(_, .old), .authenticating(_, .password), .changingKeys(_, _, .password): true
        default: false
        }
    }

    /// What the player wants to have as a prompt, or the number of the line they write.
    private var ownPrompt: StyledText? {
        guard case .playing(let persona) = stage, pager == nil else { return nil }
        return game.interpreter.prompt(of: persona, at: game.wallTime(), isHeard: profile.screenReader)
    }

    private var prompt: Sentence {
        switch stage {
        case .name: "Name: "
        case .password: "Password: "
        case .code: "Code: "
        case .choosing: "Name or number: "
        case .confirmNew: "Yes or no: "
        case .creating(let creation): creation.question.map { creation.prompt(for: $0) } ?? ""
        case .playing: pager == nil ? "> " : "[More: Enter, or q to stop] "
        case .changing(_, .old): "Your present password: "
        case .changing(_, .new): "New password: "
        case .changing(_, .repeated): "The same again: "
        case .authenticating(_, .password), .changingKeys(_, _, .password): "Your present password: "
        case .authenticating(_, .firstCode), .changingKeys(_, _, .code): "Code: "
        case .authenticating(_, .lastCode): "Code or recovery code: "
        case .checking, .gone: ""
        }
    }
}
