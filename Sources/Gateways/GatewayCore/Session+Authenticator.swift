import AuditCore
import Basics
import CredentialCore
import ReactorCore
import WorldLanguage
import WorldModel

/// The dialogue about the authenticator of an account, in play.
extension Session {
    /// Begins to turn the authenticator on or off, or tells how it stands.
    func beginAuthenticator(_ on: Bool?, _ persona: Thing, _ account: Thing) {
        let isOn = !account[.oneTimeSecret].isEmpty
        switch on {
        case nil where isOn:
            let left = account[.recoveryCodes].count
            if left == 1 {
                say("Your authenticator is on: its code is asked for when you come in. 1 recovery code is left.")
            } else {
                say(
                    """
                    Your authenticator is on: its code is asked for when you come in. \(plain: String(left)) recovery codes \
                    are left.
                    """)
            }
        case nil: say("You have no authenticator: your password alone lets you in.")
        case true? where isOn:
            say("Your authenticator is on already. To take another, turn this one off first.")
        case false? where !isOn: say("You have no authenticator that could be turned off.")
        case let on?: enter(.authenticating(persona, .password(on: on)))
        }
    }

    /// Takes an answer of the dialogue.
    func answerAuthenticator(_ line: String, _ persona: Thing, _ step: AuthenticatorChange) {
        switch step {
        case .password(let on):
            let account = game.world.thing(persona, .account)
            let verified = account?[.passwordHash] ?? ""
            check(line, of: persona.name, account) { session in
                if on { return session.offerSecret(persona, verified) }
                session.enter(.authenticating(persona, .lastCode(verified: verified)))
            } refused: { session in
                session.giveUp(persona)
                session.say("That is not your password; nothing is changed.", .warning)
            }
        case .firstCode(let secret, let verified): answerFirstCode(line, persona, secret, verified)
        case .lastCode(let verified): answerLastCode(line, persona, verified)
        }
    }

    private func offerSecret(_ persona: Thing, _ verified: String) {
        guard let secret = try? OneTimeSecret.make() else {
            enter(.playing(persona))
            return say("No secret can be made just now. Please try again in a moment.", .warning)
        }
        let address = secret.address(issuer: game.title.isEmpty ? "mudd" : game.title, account: persona.name)
        say(
            """
            Give your authenticator this secret:
            \(command: secret.base32.inGroupsOfFour)
            Or let it read this address, which is one word:
            \(command: address)
            Then type the code that it shows. An empty line leaves everything as it was.
            """)
        enter(.authenticating(persona, .firstCode(secret, verified: verified)))
    }

    /// Keeps the secret only when a code proves that the authenticator has it: nobody locks themselves out.
    private func answerFirstCode(_ line: String, _ persona: Thing, _ secret: OneTimeSecret, _ verified: String) {
        if line.isEmpty {
            enter(.playing(persona))
            return say("You have no authenticator, as before.")
        }
        guard let account = accountStill(persona, verified) else { return }
        guard game.codes.take(line, of: account.name, secret, at: game.wallTime()) else {
            return say(
                """
                That is not the code of this secret. Is the clock of your authenticator right? Type the next code, or an \
                empty line to leave everything as it was.
                """, .warning)
        }
        enter(.playing(persona))
        guard let made = try? RecoveryCodes.make(),
            game.storeAuthenticator(secret.base32, made.kept.stored, in: account)
        else { return say("Your authenticator cannot be kept just now; you have none, as before.", .warning) }
        audit("authenticator on", persona)
        var text = text("Your authenticator is on. Each of these codes lets you in once when it is lost:")
        for code in made.codes {
            text.append("\n- ")
            text.append(code, .command)
        }
        text.append("\n")
        text.append(self.text("They are shown only now: write them down."))
        show(text)
    }

    private func answerLastCode(_ line: String, _ persona: Thing, _ verified: String) {
        if line.isEmpty {
            enter(.playing(persona))
            return say("Your authenticator stays on.")
        }
        guard let account = accountStill(persona, verified), admitsCode(of: account) else { return }
        enter(.playing(persona))
        guard game.takesCode(line, of: account) || game.recoveryCodes(of: account, without: line) != nil else {
            auditRefusal(of: persona.name, "wrong code")
            giveUp(persona)
            return say("That is no code of your authenticator; it stays on.", .warning)
        }
        acceptedCode(of: account)
        guard game.storeAuthenticator("", [], in: account) else {
            return say("Your authenticator cannot be turned off just now; it stays on.", .warning)
        }
        audit("authenticator off", persona)
        say("Your authenticator is off: your password alone lets you in.")
    }

    /// Whether a code may be guessed at, and charges the guess; if not, the dialogue is over and the session was told.
    func admitsCode(of account: Thing) -> Bool {
        guard
            case .refused(let wait) = game.desk.budget.admit(
                account: Self.charge(for: account), source: door.source, now: game.reactor.now)
        else { return true }
        auditRefusal(of: account.name, "too many wrong codes")
        refuseGuesses(wait)
        return false
    }

    func acceptedCode(of account: Thing) {
        game.desk.budget.succeeded(account: Self.charge(for: account), source: door.source)
    }

    /// Apart from the account's own: the right password clears that, and is shown before each code.
    private static func charge(for account: Thing) -> String { "code of \(account.name)" }

    /// The account, unless its password is no longer the one that was shown at the beginning; then the dialogue is over.
    private func accountStill(_ persona: Thing, _ verified: String) -> Thing? {
        if let account = game.world.thing(persona, .account), account[.passwordHash] == verified { return account }
        giveUp(persona)
        say("Somebody else changed your password meanwhile; your authenticator is as it was.", .warning)
        return nil
    }
}

extension String {
    /// So that it can be copied by hand.
    fileprivate var inGroupsOfFour: String {
        var groups = ""
        for (place, character) in enumerated() {
            if place > 0, place.isMultiple(of: 4) { groups.append(" ") }
            groups.append(character)
        }
        return groups
    }
}
