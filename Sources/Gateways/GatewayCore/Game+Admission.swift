import AuditCore
import Basics
import CredentialCore
import Logging
import ReactorCore
import TerminalWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// Who comes into play: with a password, as somebody new, as a guest.
extension Game {
    /// Lets somebody whose password was right into their body, wherever it is, beside the doors that are attached to it.
    ///
    /// A hash renewed at today's cost is kept in the same turn. With `isKnown` the login was taken down before.
    func admit(_ persona: Thing, to session: Session, renewedHash: String?, isKnown: Bool = false) {
        let others = doors(of: persona)
        session.languageCode = persona[.language]
        session.say(greeting(for: persona, otherDoors: others.count))
        takeWaitingTells(of: persona)
        attach(session, persona)
        let details = [
            isKnown ? "in play" : "", others.isEmpty ? "" : "beside \(others.map(\.origin).joined(separator: ", "))",
        ]
        audit(
            AuditEvent(
                .login, actor: persona.name, origin: session.origin,
                detail: details.filter { !$0.isEmpty }.joined(separator: " ")))
        run(
            interpreter.turn(by: persona, role: role(of: persona), at: wallTime(), seed: random.next()) { turn in
                if !isReadOnly, let account = world.thing(persona, .account) {
                    if let renewedHash { world.set(.passwordHash, to: renewedHash, on: account) }
                    rememberSource(of: session, on: account)
                }
                if persona.location == nil {
                    try interpreter.enterPlay(persona, turn)
                } else {
                    interpreter.linkRestored(persona, turn, wasConnected: !others.isEmpty)
                }
            }, by: persona, at: session)
        if persona.location == nil {
            // The turn was refused, and the player has read why.
            detach(session, persona)
            plays[persona.id] = nil
            session.finish()
        }
    }

    private func greeting(for persona: Thing, otherDoors: Int) -> Sentence {
        let (name, doors) = (persona.name, String(otherDoors))
        if otherDoors == 1 {
            return """
                \(plain: name) is in play at another connection of yours already; this one joins. Type connections to see them.
                """
        }
        if otherDoors > 1 {
            return """
                \(plain: name) is in play at \(plain: doors) other connections of yours already; this one joins. \
                Type connections to see them.
                """
        }
        if persona.location != nil { return "Your connection was lost; \(plain: name) is where you left off." }
        let lastSeen = WallInstant(milliseconds: Int64(persona[.lastSeen]))
        if lastSeen.milliseconds == 0 { return "Welcome, \(plain: name)." }
        let away = max(.zero, lastSeen.duration(to: wallTime()))
        return "Welcome back, \(plain: name). You were last here \(away.told) ago."
    }

    /// Makes a character and brings it into play, both or nothing.
    ///
    /// - Returns: Whether it came to be; if not, the session was told why.
    private func bringIn(
        _ session: Session, greeting: (Thing) -> Sentence, make: (Turn) -> Thing
    ) -> Bool {
        var made: Thing?
        let outcome = makeTurn { turn in
            let persona = make(turn)
            made = persona
            turn.goOn(as: persona, role: role(of: persona))
            try interpreter.enterPlay(persona, turn)
        }
        guard outcome.record != nil, let made else {
            run(outcome)
            if let reason = interpreter.readOnlyReason {
                session.say(
                    "Nobody new can come in just now, because \(Sentence(message: reason)). Please try again later.",
                    .warning)
            } else {
                for delivery in outcome.deliveries { session.show(delivery.text) }
            }
            return false
        }
        session.say(greeting(made))
        // Everybody else was asked when the character was made.
        if made[.isGuest], session.clientProfile.screenReader {
            session.say(
                """
                Your program says that you use a screen reader, so the game leaves out prompts and decoration. \
                \(command: "set screenreader off") brings them back.
                """)
        }
        attach(session, made)
        run(outcome)
        session.say("Type help to learn how to play.")
        return true
    }

    /// Whether a source may make one more character now; charges it when it may.
    func admitCreation(for session: Session) -> Bool {
        if Self.isLoopback(session.door.source) { return true }
        let source = GuessBudget.sourceKey(session.door.source)
        guard case .refused(let wait) = creations.admit(account: source, source: source, now: reactor.now) else {
            return true
        }
        session.say(
            "Many characters were made from your address already. Please wait \(wait.told), or come in as a guest.",
            .warning)
        return false
    }

    func createCharacter(named name: String, hash: String, screenReader: Bool, for session: Session) {
        guard world.player(named: name) == nil, world.account(named: name) == nil else {
            session.say("Somebody has just taken that name. Please choose another.", .warning)
            return session.enter(.name)
        }
        var settings = session.chosenSettings
        if screenReader {
            settings["screenreader"] = "on"
        } else if session.assumesScreenReader {
            // What the client says is wrong, and would count while nothing is set.
            settings["screenreader"] = "off"
        }
        guard bringIn(named: name, hash: hash, settings: settings, session) else {
            return session.enter(.name)
        }
        // Whoever made a character is known from here, whatever others guess at its password.
        desk.budget.know(account: name.folded, key: GuessBudget.sourceKey(session.door.source))
        if claimCode != nil, !world.accounts.contains(where: { $0[.role] == Role.owner.rawValue }) {
            session.say("If this server is yours, type claim and the code it printed at its start.", .faint)
        }
    }

    /// Makes an account with its character, which comes into play.
    ///
    /// - Returns: Whether it came to be; if not, the session was told why.
    @discardableResult
    func bringIn(named name: String, hash: String, settings: [String: String], _ session: Session) -> Bool {
        let isIn = bringIn(
            session, greeting: { "Welcome, \(plain: $0.name)." },
            make: { turn in
                let persona = Accounts.create(name: name, passwordHash: hash, settings: settings, turn: turn)
                if let account = world.thing(persona, .account) { rememberSource(of: session, on: account) }
                return persona
            })
        guard isIn else { return false }
        session.auditWhenDurable(AuditEvent(.create, actor: name, origin: session.origin))
        note("created", ["name": name, "source": session.door.source])
        return true
    }

    /// Whether there are as many guests as the settings let in.
    private var isFullOfGuests: Bool {
        if guests.count < settings.maximumGuests { return false }
        guests = guests.filter { world[$0] != nil }
        return guests.count >= settings.maximumGuests
    }

    func admitGuest(_ session: Session) {
        if isFullOfGuests {
            return session.say(
                """
                There are as many guests here as the game can take. Please try again in a few minutes, or come in with a \
                character of your own.
                """, .warning)
        }
        var number = 1
        while world.player(named: "Guest\(number)") != nil { number += 1 }
        let isIn = bringIn(
            session,
            greeting: {
                "You are \(plain: $0.name), a guest: look around as you like, but nothing of it is kept when you leave."
            },
            make: { Accounts.createGuest(number: number, settings: session.chosenSettings, turn: $0) })
        if isIn, let guest = session.persona {
            guests.insert(guest.id)
            audit(AuditEvent(.login, actor: guest.name, origin: session.origin, detail: "guest"))
        }
    }

    private func rememberSource(of session: Session, on account: Thing) {
        remember(GuessBudget.sourceKey(session.door.source), on: account)
    }

    /// Keeps where an account comes in from, so that guesses from elsewhere do not lock it out there after a restart either.
    func remember(_ source: String, on account: Thing) {
        let known = account[.knownSources]
        if known.contains(source) { return }
        world.set(.knownSources, to: Array(([source] + known).prefix(SessionLimits.knownSources)), on: account)
    }
}
