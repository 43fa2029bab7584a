import AuditCore
import Basics
import CredentialCore
import Logging
import ReactorCore
import TerminalWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// From an input line to a turn, and from a turn to everybody's screen.
extension Game {
    /// Plays one line.
    func play(_ line: String, as persona: Thing, in session: Session) {
        let outcome = interpreter.perform(
            line, by: persona, role: role(of: persona), at: wallTime(), seed: random.next())
        // First, so that the answer is written as the player now has it, and holds no links for a client that has lost them.
        for case .settingsChanged in outcome.requests { applySettings(of: persona) }
        run(outcome, by: persona)
        for request in outcome.requests { fulfil(request, for: session, persona) }
    }

    private func fulfil(_ request: SessionRequest, for session: Session, _ persona: Thing) {
        switch request {
        case .quit: quit(persona, at: session)
        case .changePassword:
            guard !persona[.isGuest] else { return session.say("A guest has no password.") }
            guard world.thing(persona, .account)?[.passwordHash].isEmpty == false else {
                return session.say("Your password is not kept in the game, so it cannot be changed here.")
            }
            session.enter(.changing(persona, .old))
        case .authenticator(let on):
            guard let account = world.thing(persona, .account), !account[.passwordHash].isEmpty else {
                return session.say("Your password is not kept in the game, so no authenticator can go with it here.")
            }
            session.beginAuthenticator(on, persona, account)
        case .listKeys: session.listKeys(persona)
        case .addKey(let line): session.beginAddingKey(line, persona)
        case .removeKey(let name): session.beginRemovingKey(name, persona)
        case .listBans: session.listBans()
        case .ban(let address, let seconds, let reason):
            session.banSource(address, for: seconds, because: reason, persona)
        case .unban(let address): session.unbanSource(address, persona)
        case .certificates(let wish): session.fulfil(certificates: wish, persona)
        case .appPasswords(let wish): session.fulfil(appPasswords: wish, persona)
        case .claim(let code): claim(code, for: session, persona)
        case .settingsChanged: break
        case .listDoors: listDoors(of: persona, at: session)
        case .closeDoor(let number): closeDoor(number, of: persona, at: session)
        case .closeOtherDoors: closeOtherDoors(of: persona, at: session)
        case .leaveByDoor: leaveByDoor(session, persona)
        case .createCharacter(let name): createCharacter(named: name, for: session, persona)
        case .play(let name): play(named: name, for: session, persona)
        case .characterDeleted(let name):
            session.auditWhenDurable(
                AuditEvent(.delete, actor: persona.name, origin: session.origin, subject: name))
            whenDurable(world.sequence) { [self] in expelDeleted() }
        }
    }

    private func claim(_ code: String, for session: Session, _ persona: Thing) {
        guard let expected = claimCode else { return session.say("This game has an owner already.") }
        let source = session.door.source
        let now = reactor.now
        // By source, so that nobody's wrong guesses keep the owner out.
        if case .refused(let wait) = desk.budget.admit(account: "claim from \(source)", source: source, now: now) {
            return session.say("Please wait \(wait.told) before you try another code.", .warning)
        }
        guard code.trimmed.uppercased() == expected, let account = world.thing(persona, .account) else {
            audit(AuditEvent(.claim, .refused, actor: persona.name, origin: session.origin, detail: "wrong code"))
            return session.say("That is not the claim code. It was printed when the server started.", .warning)
        }
        let outcome = interpreter.turn(by: persona, role: .owner, at: wallTime(), seed: random.next()) { turn in
            turn.world.set(.role, to: Role.owner.rawValue, on: account)
            turn.reply("You are the owner of this game now. Type \(command: "help admins") to see what that means.")
        }
        if outcome.record != nil {
            claimCode = nil
            note("claimed", ["name": persona.name])
            session.auditWhenDurable(AuditEvent(.claim, actor: persona.name, origin: session.origin))
        }
        run(outcome)
    }

    /// A turn by nobody in particular: the world's own.
    func makeTurn(_ body: (Turn) throws -> Void) -> Outcome {
        let actor = world.root ?? nobody
        return interpreter.turn(by: actor, role: .owner, at: wallTime(), seed: random.next(), body)
    }
}
