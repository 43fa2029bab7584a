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
        case .claim(let code): claim(code, for: session, persona)
        case .settingsChanged: applySettings(of: persona)
        case .listDoors: listDoors(of: persona, at: session)
        case .closeDoor(let number): closeDoor(number, of: persona, at: session)
        case .closeOtherDoors: closeOtherDoors(of: persona, at: session)
        case .leaveByDoor: leaveByDoor(session, persona)
        case .createCharacter(let name): createCharacter(named: name, for: session, persona)
        case .play(let name): play(named: name, for: session, persona)
        case .characterDeleted(let name):
            session.auditWhenDurable(
                AuditEvent(.delete, actor: persona.name, origin: session.origin, subject: name))
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

    // MARK: Coming into play

    /// Lets somebody whose password was right into their body, wherever it is, beside the doors that are attached to it.
    ///
    /// A hash renewed at today's cost is kept in the same turn.
    func admit(_ persona: Thing, to session: Session, renewedHash: String?) {
        let others = doors(of: persona)
        session.languageCode = persona[.language]
        session.say(greeting(for: persona, otherDoors: others.count))
        takeWaitingTells(of: persona)
        attach(session, persona)
        let beside = others.map(\.origin).joined(separator: ", ")
        audit(
            AuditEvent(
                .login, actor: persona.name, origin: session.origin, detail: others.isEmpty ? "" : "beside \(beside)"))
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

    /// A turn by nobody in particular: the world's own.
    func makeTurn(_ body: (Turn) throws -> Void) -> Outcome {
        let actor = world.root ?? nobody
        return interpreter.turn(by: actor, role: .owner, at: wallTime(), seed: random.next(), body)
    }

    /// Keeps where an account comes in from, so that guesses from elsewhere do not lock it out there after a restart either.
    private func rememberSource(of session: Session, on account: Thing) {
        let source = GuessBudget.sourceKey(session.door.source)
        let known = account[.knownSources]
        if known.contains(source) { return }
        world.set(.knownSources, to: Array(([source] + known).prefix(SessionLimits.knownSources)), on: account)
    }

    /// Keeps a new password's hash.
    ///
    /// - Returns: Whether it could be kept.
    func storePassword(_ hash: String, in account: Thing) -> Bool {
        let outcome = makeTurn { turn in turn.world.set(.passwordHash, to: hash, on: account) }
        run(outcome)
        return outcome.record != nil
    }

    /// What is wrong with a new password; nil when it will do.
    func passwordProblem(_ password: String, name: String) -> Sentence? {
        if password.count < settings.minimumPasswordLength {
            return "A password needs at least \(plain: String(settings.minimumPasswordLength)) characters."
        }
        if password.count > SessionLimits.passwordLength {
            return "A password may have at most \(plain: String(SessionLimits.passwordLength)) characters."
        }
        if InputText.decode(Array(password.utf8)).trimmed != password {
            return "A password cannot begin or end with a space, or hold characters that cannot be typed in a line."
        }
        if password.folded == name.folded { return "Your own name is too easy to guess." }
        return nil
    }

    /// Has every door of an account read its settings again.
    func applySettings(of persona: Thing) {
        let holder = world.holder(of: persona)
        for play in plays.values where world.holder(of: play.persona) === holder {
            for door in play.doors { applySettings(to: door) }
        }
    }

    /// Puts the player's own settings over what the client told.
    func applySettings(to session: Session) {
        var profile = session.clientProfile
        if let persona = session.persona {
            session.languageCode = persona[.language]
            let preferences = world.preferences(of: persona)
            profile.apply(preferences)
            session.door.setCompression(preferences.chosen(.compress) != "off")
            let wantsLinks = preferences.chosen(.mxp) == "on"
            session.door.setLinks(wantsLinks)
            // The client takes no more elements from the withdrawal on, which comes before its answer to that.
            profile.hasLinks = profile.hasLinks && wantsLinks
        }
        if profile.charset != session.profile.charset { session.door.use(profile.charset) }
        session.profile = profile
        session.updateCharacterMode()
    }

    func note(_ message: Logger.Message, _ metadata: [String: String]) {
        log.info(message, metadata: metadata.mapValues { .string($0) })
    }
}
