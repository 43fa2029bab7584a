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
        run(outcome)
        for request in outcome.requests { fulfil(request, for: session, persona) }
    }

    /// Keeps what a turn did and tells everybody.
    @discardableResult
    func run(_ outcome: Outcome) -> UInt64 {
        if let record = outcome.record {
            finished.append(record)
            schedulePassEnd()
        }
        if let fault = outcome.fault { log.error("fault", metadata: ["detail": "\(fault)"]) }
        for delivery in outcome.deliveries { deliver(delivery) }
        return world.sequence
    }

    /// Renders a text once for each kind of screen among those who get it.
    private func deliver(_ delivery: Delivery) {
        var screens: [(profile: TerminalProfile, bytes: [UInt8])] = []
        let sequence = world.sequence
        for recipient in delivery.recipients {
            guard let session = sessionsByPersona[recipient.id] else { continue }
            if let known = screens.firstIndex(where: { $0.profile == session.profile }) {
                session.tell(screens[known].bytes, after: sequence)
                continue
            }
            let rendered = render(delivery.text, for: session.profile)
            session.tell(rendered, after: sequence)
            screens.append((session.profile, rendered))
        }
    }

    func render(_ text: StyledText, for profile: TerminalProfile) -> [UInt8] {
        var bytes: [UInt8] = []
        TerminalRenderer(profile).render(text, into: &bytes)
        bytes.append(0x0D)
        bytes.append(0x0A)
        return bytes
    }

    private func fulfil(_ request: SessionRequest, for session: Session, _ persona: Thing) {
        switch request {
        case .quit:
            detach(session, persona)
            hasLeft(persona)
            session.finish()
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
        case .settingsChanged: applySettings(to: session)
        }
    }

    func detach(_ session: Session, _ persona: Thing, _ detail: String = "") {
        guard sessionsByPersona[persona.id] === session else { return }
        sessionsByPersona[persona.id] = nil
        audit(AuditEvent(.logout, actor: persona.name, origin: session.origin, detail: detail))
    }

    private func claim(_ code: String, for session: Session, _ persona: Thing) {
        guard let expected = claimCode else { return session.say("This game has an owner already.") }
        let source = session.door.source
        let now = reactor.now
        // By source, so that nobody's wrong guesses keep the owner out.
        if case .refused(let wait) = desk.budget.admit(account: "claim from \(source)", source: source, now: now) {
            return session.say("Please wait \(wait.spoken) before you try another code.", .warning)
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

    /// Lets somebody whose password was right into their body, wherever it is.
    ///
    /// A hash renewed at today's cost is kept in the same turn.
    func admit(_ persona: Thing, to session: Session, renewedHash: String?) {
        let former = sessionsByPersona[persona.id]
        session.say(greeting(for: persona, isInUse: former != nil))
        attach(session, persona)
        audit(
            AuditEvent(
                .login, actor: persona.name, origin: session.origin,
                detail: former == nil ? "" : "took over from \(former?.origin ?? "")"))
        run(
            interpreter.turn(by: persona, role: role(of: persona), at: wallTime(), seed: random.next()) { turn in
                if !isReadOnly, let account = world.thing(persona, .account) {
                    if let renewedHash { world.set(.passwordHash, to: renewedHash, on: account) }
                    rememberSource(of: session, on: account)
                }
                if persona.location == nil {
                    try interpreter.enterPlay(persona, turn)
                } else {
                    interpreter.linkRestored(persona, turn, wasConnected: former != nil)
                }
            })
        if persona.location == nil {
            // The turn was refused, and the player has read why.
            detach(session, persona)
            session.finish()
        }
        guard let former else { return }
        former.say("Another connection has taken over this character.", .warning)
        former.finish()
    }

    private func greeting(for persona: Thing, isInUse: Bool) -> String {
        if isInUse { return "You take over \(persona.name) from your other connection." }
        if persona.location != nil { return "Your connection was lost; \(persona.name) is where you left off." }
        let lastSeen = WallInstant(milliseconds: Int64(persona[.lastSeen]))
        if lastSeen.milliseconds == 0 { return "Welcome, \(persona.name)." }
        let away = Duration.milliseconds(max(0, wallTime().milliseconds - lastSeen.milliseconds))
        return "Welcome back, \(persona.name). You were last here \(away.spoken) ago."
    }

    /// What happens to a character from here on, its player reads in this session.
    private func attach(_ session: Session, _ persona: Thing) {
        // Guests stay strangers, so that one source cannot fill the game with them.
        if !persona[.isGuest] { noLongerStranger(session) }
        sessionsByPersona[persona.id] = session
        session.enter(.playing(persona))
        applySettings(to: session)
        linkDead.removeValue(forKey: persona.id)?.cancel()
        departing[persona.id] = nil
        note("in play", ["session": "\(session.number)", "name": persona.name])
    }

    /// Makes a character and brings it into play, both or nothing.
    ///
    /// - Returns: Whether it came to be; if not, the session was told why.
    private func bringIn(
        _ session: Session, greeting: (Thing) -> String, make: (Turn) -> Thing
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
                session.say("Nobody new can come in just now, because \(reason). Please try again later.", .warning)
            } else {
                for delivery in outcome.deliveries { session.show(delivery.text) }
            }
            return false
        }
        session.say(greeting(made))
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
            "Many characters were made from your address already. Please wait \(wait.spoken), or come in as a guest.",
            .warning)
        return false
    }

    func createCharacter(named name: String, hash: String, screenReader: Bool, for session: Session) {
        guard world.player(named: name) == nil, world.account(named: name) == nil else {
            session.say("Somebody has just taken that name. Please choose another.", .warning)
            return session.enter(.name)
        }
        guard bringIn(named: name, hash: hash, settings: screenReader ? ["screenreader": "on"] : [:], session) else {
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
            session, greeting: { "Welcome, \($0.name)." },
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
                "There are as many guests here as the game can take. Please try again in a few minutes, or come in with"
                    + " a character of your own.", .warning)
        }
        var number = 1
        while world.player(named: "Guest\(number)") != nil { number += 1 }
        let isIn = bringIn(
            session,
            greeting: {
                "You are \($0.name), a guest: look around as you like, but nothing of it is kept when you leave."
            },
            make: { Accounts.createGuest(number: number, turn: $0) })
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
    func passwordProblem(_ password: String, name: String) -> String? {
        if password.count < settings.minimumPasswordLength {
            return "A password needs at least \(settings.minimumPasswordLength) characters."
        }
        if password.count > SessionLimits.passwordLength {
            return "A password may have at most \(SessionLimits.passwordLength) characters."
        }
        if InputText.decode(Array(password.utf8)).trimmed != password {
            return "A password cannot begin or end with a space, or hold characters that cannot be typed in a line."
        }
        if password.folded == name.folded { return "Your own name is too easy to guess." }
        return nil
    }

    /// Puts the player's own settings over what the client told.
    func applySettings(to session: Session) {
        var profile = session.clientProfile
        if let persona = session.persona {
            let settings = Accounts.settingsHolder(of: persona, world: world)[.settings]
            if let width = settings["width"].flatMap(Int.init) { profile.width = width }
            switch settings["color"] {
            case "on": profile.colour = profile.colour == .none ? .ansi16 : profile.colour
            case "off": profile.colour = .none
            default: break
            }
            switch settings["charset"] {
            case "utf8": profile.charset = .utf8
            case "latin1": profile.charset = .latin1
            case "ascii": profile.charset = .ascii
            default: break
            }
            if let reader = settings["screenreader"] { profile.screenReader = reader == "on" }
        }
        session.profile = profile
    }

    func note(_ message: Logger.Message, _ metadata: [String: String]) {
        log.info(message, metadata: metadata.mapValues { .string($0) })
    }
}
