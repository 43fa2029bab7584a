import AuditCore
import Basics
import Logging
import ReactorCore
import WorldLanguage
import WorldModel
import WorldVerbs

/// The doors at which a player sits, several at a time.
extension Game {
    /// The doors at which somebody is played.
    func doors(of persona: Thing) -> [Session] { plays[persona.id]?.doors ?? [] }

    /// What happens to a character from here on, its player reads in this session, too.
    func attach(_ session: Session, _ persona: Thing) {
        // Guests stay strangers, so that one source cannot fill the game with them.
        if !persona[.isGuest] { noLongerStranger(session) }
        let play = play(of: persona)
        if recovered.remove(persona.id) != nil { play.mayRepeat = true }
        makeRoomForDoor(at: play)
        for other in play.doors {
            other.say(
                "Another connection of yours has joined: \(session.place). Type connections to see them all.", .faint)
        }
        let cursor = play.attach(session)
        arrivals = nil
        noteAttendance(of: persona)
        session.enter(.playing(persona))
        applySettings(to: session)
        linkDead.removeValue(forKey: persona.id)?.cancel()
        departing[persona.id] = nil
        note("in play", ["session": "\(session.number)", "name": persona.name])
        session.tellLoginResult(nil)
        tellAllFacts(to: session)
        replay(play, to: session, from: cursor)
    }

    /// That of a character, made when there is none.
    func play(of persona: Thing) -> PlaySession {
        if let play = plays[persona.id] { return play }
        let made = PlaySession(persona)
        plays[persona.id] = made
        return made
    }

    /// Closes the door that was quiet for longest when there are as many as may be.
    private func makeRoomForDoor(at play: PlaySession) {
        guard play.doors.count >= SessionLimits.doorsPerCharacter,
            let oldest = play.doors.min(by: { $0.lastInputAt < $1.lastInputAt })
        else { return }
        oldest.say("A new connection of yours takes the place of this one, which was quiet for longest.", .warning)
        oldest.finish()
    }

    /// Takes a session from the character it plays, which may have others.
    func detach(_ session: Session, _ persona: Thing, _ detail: String = "", isLost: Bool = false) {
        guard let play = plays[persona.id], play.detach(session, isLost: isLost, at: reactor.now) else { return }
        arrivals = nil
        noteAttendance(of: persona)
        audit(AuditEvent(.logout, actor: persona.name, origin: session.origin, detail: detail))
    }

    /// Shows a player's other doors what was typed at one; all of them, when it is none of these.
    func echo(_ line: String, from session: Session?, _ persona: Thing) {
        guard let play = plays[persona.id], play.doors.count > (session == nil ? 0 : 1) else { return }
        let line = line.cleaned.trimmed
        if line.isEmpty { return }
        let isLong = line.count > Self.longestEcho
        let text = StyledText("> \(line.prefix(Self.longestEcho))\(isLong ? "…" : "")", .faint)
        // A door that only gets what concerns people has no use for what was typed elsewhere.
        for other in play.doors where other !== session && !other.door.isConversational { other.show(text) }
    }

    /// In characters; what is longer is cut.
    private static let longestEcho = 200

    /// Lists the doors of a character.
    func listDoors(of persona: Thing, at session: Session) {
        let now = reactor.now
        var text = session.text("\(phrase: "Your connections", .title)")
        for (index, door) in doors(of: persona).enumerated() {
            text.append("\n\(index + 1). ")
            if door === session {
                text.append(session.text("\(door.place), this one"))
            } else {
                let idle = door.lastInputAt.duration(to: now).told
                text.append(session.text("\(door.place)\(phrase: ", quiet for \(idle)", .faint)"))
            }
        }
        session.show(text)
    }

    /// Closes a door by its number in the list.
    func closeDoor(_ number: Int, of persona: Thing, at session: Session) {
        let doors = doors(of: persona)
        guard doors.indices.contains(number - 1) else {
            return session.say(
                "There is no connection \(plain: String(number)). Type connections to see them.", .warning)
        }
        if doors[number - 1] === session { return leaveByDoor(session, persona) }
        doors[number - 1].say("You have closed this connection from another one.", .warning)
        doors[number - 1].finish()
        session.say("Connection \(plain: String(number)) is closed.")
    }

    /// Closes all doors of a character but one.
    func closeOtherDoors(of persona: Thing, at session: Session) {
        let others = doors(of: persona).filter { $0 !== session }
        if others.isEmpty { return session.say("This is your only connection.") }
        for other in others {
            other.say("You have closed this connection from another one.", .warning)
            other.finish()
        }
        let count = String(others.count)
        session.say(
            others.count == 1 ? "The other connection is closed." : "The \(plain: count) other connections are closed.")
    }

    /// Closes the door at which somebody types, if there are others.
    func leaveByDoor(_ session: Session, _ persona: Thing) {
        guard doors(of: persona).count > 1 else {
            return session.say("This is your only connection. To leave the game, type quit.", .warning)
        }
        session.say("This connection ends; \(plain: persona.name) stays in play at your others.")
        session.finish()
    }

    /// Lets a player go who has quit: at all doors.
    func quit(_ persona: Thing, at session: Session) {
        let doors = doors(of: persona)
        for door in doors {
            if door !== session { door.say("You have left the game from another connection.", .faint) }
            detach(door, persona)
        }
        hasLeft(persona)
        for door in doors { door.finish() }
        if doors.isEmpty { session.finish() }
    }
}

extension Session {
    /// Where it is, as its player reads it.
    var place: Sentence {
        let (name, source) = (door.name, door.source)
        if clientName.isEmpty { return "\(plain: name) from \(plain: source)" }
        return "\(plain: name) from \(plain: source) with \(plain: clientName)"
    }
}
