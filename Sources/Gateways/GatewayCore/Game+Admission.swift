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
        let isNew = isKnown && persona[.lastSeen] == 0
        if isNew { adoptLanguage(of: session, persona) }
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
            return session.finish()
        }
        if isNew {
            session.say(Self.firstHint)
            offerClaim(to: session)
        }
    }

    /// Has somebody new read the language that their client names, unless they chose one when the character was made.
    private func adoptLanguage(of session: Session, _ persona: Thing) {
        let language = session.languageCode
        guard !language.isEmpty, persona[.language].isEmpty, let account = world.thing(persona, .account) else {
            return
        }
        run(
            makeTurn { turn in
                turn.world.set(.language, to: language, on: persona)
                turn.world.set(.settings, to: account[.settings].merging(["language": language]) { $1 }, on: account)
            })
    }

    private static var firstHint: Sentence { "Type help to learn how to play." }

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
            if let refusal = readOnlyRefusal {
                session.say(refusal, .warning)
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
        session.say(Self.firstHint)
        return true
    }

    /// Makes an account with its character, which comes into play, of what its player has answered.
    func createCharacter(_ creation: CharacterCreation, _ hash: String, for session: Session) {
        let name = creation.name
        guard world.player(named: name) == nil, world.account(named: name) == nil else {
            session.say(CreationFailure.nameTaken.sentence, .warning)
            return session.enter(.name)
        }
        guard bringIn(named: name, hash: hash, settings: creation.settings, session) else {
            return session.enter(.name)
        }
        offerClaim(to: session)
    }

    /// Tells somebody new how the server becomes theirs, while it is nobody's.
    private func offerClaim(to session: Session) {
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
        noteNewcomer(name, LoginOrigin(door: session.door.name, source: session.door.source))
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
