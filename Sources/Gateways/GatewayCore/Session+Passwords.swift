import AuditCore
import Basics
import CredentialCore
import Logging
import ReactorCore
import TerminalWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// Passwords of somebody in play: asked for once more, changed, and what is taken down of it.
extension Session {
    func refuseGuesses(_ wait: Duration) {
        say(LoginFailure.tooManyGuesses(wait: wait).sentence, .warning)
        goOn()
    }

    /// Has the password of somebody in play checked on a worker thread, within the guess budget of all doors.
    func check(
        _ password: String, of name: String, _ account: Thing?, accepted: @escaping (Session) -> Void,
        refused: @escaping (Session) -> Void
    ) {
        enter(.checking(persona))
        game.desk.verify(
            password, against: account?[.passwordHash], account: name, source: door.source, forChange: true,
            now: game.reactor.now
        ) { [self] verdict in
            guard case .checking = stage else { return }
            switch verdict {
            case .accepted: accepted(self)
            case .wrong:
                game.note("wrong password", ["name": name, "source": door.source, "door": door.name])
                auditRefusal(of: name, "wrong password")
                refused(self)
            case .tooManyGuesses(let wait):
                game.note("guesses refused", ["name": name, "source": door.source, "door": door.name])
                auditRefusal(of: name, "too many wrong passwords")
                refuseGuesses(wait)
            case .busy:
                say("Many passwords are being checked just now. Please try again in a moment.", .warning)
                goOn()
            }
        }
    }

    /// Where this is from, as the audit trail names it.
    var origin: String { "\(door.name) \(door.source)" }

    /// Takes down what the last turn has made true, once no crash can undo it.
    func auditWhenDurable(_ event: AuditEvent) {
        game.whenDurable(game.world.sequence) { [game] in game.audit(event) }
    }

    func auditRefusal(of name: String, _ why: String) {
        game.audit(
            AuditEvent(
                .password, .refused, actor: name.folded.capitalizedFirst, origin: origin, detail: why))
    }

    /// Back to play for one who is in play; the end for a stranger.
    private func goOn() {
        if let persona { giveUp(persona) } else { finish() }
    }

    /// Back to play from a dialogue that has changed nothing.
    ///
    /// Lines that were typed ahead were answers of it; as commands, these secrets would be shown at the player's other doors.
    func giveUp(_ persona: Thing) {
        lines = []
        waitingKeys = []
        enter(.playing(persona))
        game.sessionHadInput(self)
    }

    func answerChange(_ line: String, _ persona: Thing, _ step: PasswordChange) {
        switch step {
        case .old:
            let account = game.world.thing(persona, .account)
            let verified = account?[.passwordHash] ?? ""
            check(line, of: persona.name, account) { session in
                session.enter(.changing(persona, .new(verified: verified)))
            } refused: { session in
                session.giveUp(persona)
                session.say("That is not your password; it stays as it was.", .warning)
            }
        case .new(let verified):
            if let problem = game.passwordProblem(line, name: persona.name) { return say(problem, .warning) }
            enter(.changing(persona, .repeated(verified: verified, first: line)))
        case .repeated(let verified, let first):
            guard line == first else {
                say("Those two were not the same; your password stays as it was.", .warning)
                return giveUp(persona)
            }
            hash(line) { session, hash in
                let account = session.game.world.thing(persona, .account)
                session.enter(.playing(persona))
                guard account?[.passwordHash] == verified else {
                    return session.say(
                        "Somebody else changed your password meanwhile; this change of yours was not made.", .warning)
                }
                let isKept = account.map { session.game.storePassword(hash, in: $0) } ?? false
                if isKept {
                    session.auditWhenDurable(AuditEvent(.password, actor: persona.name, origin: session.origin))
                    return session.say("Your password is changed.")
                }
                session.say("Your new password cannot be kept just now; it stays as it was.", .warning)
            }
        }
    }

    /// Hashes a new password on a worker thread.
    func hash(_ password: String, then: @escaping (Session, String) -> Void) {
        let before = stage
        let isChange = persona != nil
        enter(.checking(persona))
        game.desk.hash(password, forChange: isChange) { [self] result in
            guard case .checking = stage else { return }
            switch result {
            case .success(let hash):
                stage = before
                then(self, hash)
            case .failure:
                say("Your password could not be kept just now. Please try again in a moment.", .warning)
                goOn()
            }
        }
    }
}
