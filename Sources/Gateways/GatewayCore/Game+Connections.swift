import Basics
import CredentialCore
import Logging
import ReactorCore
package import TerminalWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// Connections that come and go.
extension Game {
    /// Makes a session for a new connection.
    ///
    /// - Parameters:
    ///   - door: The connection.
    ///   - profile: What its client can show.
    ///   - entry: Who comes in, if the door has found that out; nil to greet them and ask. Whoever it is comes into play at once.
    /// - Returns: nil when there are too many; the door then says ``refusal(for:)`` and closes.
    package func makeSession(
        door: any SessionDoor, profile: TerminalProfile, entry: GameEntry? = nil
    ) -> Session? {
        let source = GuessBudget.sourceKey(door.source)
        guard shutDown?.isClosing != true,
            entry?.isProven == true || admitsStranger(from: door.source),
            sessionsByNumber.count < settings.maximumSessions || makeRoom(for: SourceNetwork(door.source))
        else {
            traffic(of: door.name).refused += 1
            return nil
        }
        traffic(of: door.name).admitted += 1
        strangersBySource[source, default: 0] += 1
        lastSessionNumber += 1
        let session = Session(
            number: lastSessionNumber, game: self, door: door, profile: profile, now: reactor.now)
        sessionsByNumber[session.number] = session
        note("connected", ["session": "\(session.number)", "source": door.source, "door": door.name])
        if let entry { begin(session, with: entry) } else { session.begin() }
        session.updatePause()
        return session
    }

    /// Whether one more connection from there may come in without having shown who it is.
    package func admitsStranger(from source: String) -> Bool {
        strangersBySource[GuessBudget.sourceKey(source), default: 0] < settings.maximumStrangersPerSource
            || Self.isLoopback(source)
    }

    /// Counts a connection that has to show who it is before there is a session, beside the sessions of strangers.
    ///
    /// - Returns: Who knocks, until they are let in or gone; nil when there are too many from there.
    package func knock(from source: String) -> Knock? {
        guard shutDown?.isClosing != true, admitsStranger(from: source) else { return nil }
        let key = GuessBudget.sourceKey(source)
        strangersBySource[key, default: 0] += 1
        return Knock { [weak self] in self?.strangerLeft(key) }
    }

    private func strangerLeft(_ key: String) {
        let rest = strangersBySource[key, default: 1] - 1
        strangersBySource[key] = rest > 0 ? rest : nil
    }

    /// What somebody reads for whom there is no room: in each language of the game, as nobody knows theirs yet.
    package func refusal(for profile: TerminalProfile) -> [UInt8] {
        let sentence: Sentence = "The game is full at present. Please try again in a few minutes."
        let others = profile.charset == .utf8 ? interpreter.languages.languages : []
        let languages: [Language?] = [nil] + others
        return languages.flatMap { language in
            render(sentence.phrase(for: nobody, in: language) { _ in true }, for: profile)
        }
    }

    /// Whether a connection is from the machine itself.
    package static func isLoopback(_ source: String) -> Bool {
        source == "::1" || source.hasPrefix("127.") || source.hasPrefix("unix")
    }

    /// Lets a stranger go for a newcomer: the oldest of the network that has most of them, so that silent crowds keep nobody out.
    ///
    /// That happens at once to a network with more strangers than the newcomer's own would have, beyond
    /// ``SessionLimits/undisturbedStrangers``, and to the newcomer's own with more than one source may have; otherwise
    /// whoever came less than ``SessionLimits/undisturbedLogin`` ago may stay. Of networks with as many, the one whose
    /// stranger is the oldest counts.
    ///
    /// - Parameter newcomer: Where the newcomer is from.
    /// - Returns: False when everybody is in play, or may stay.
    /// - Complexity: O(*n*) in the number of sessions.
    private func makeRoom(for newcomer: SourceNetwork) -> Bool {
        var crowds: [SourceNetwork: (count: Int, oldest: Session)] = [:]
        for session in sessionsByNumber.values where session.persona == nil {
            let known = crowds[session.network]
            let oldest = known.map { $0.oldest.number < session.number ? $0.oldest : session } ?? session
            crowds[session.network] = (count: (known?.count ?? 0) + 1, oldest: oldest)
        }
        let largest = crowds.max { one, other in
            (one.value.count, other.value.oldest.number) < (other.value.count, one.value.oldest.number)
        }
        guard let largest else { return false }
        let oldest = largest.value.oldest
        let ownCount = crowds[newcomer]?.count ?? 0
        let share =
            largest.key == newcomer
            ? settings.maximumStrangersPerSource : max(SessionLimits.undisturbedStrangers, ownCount + 1)
        guard
            largest.value.count > share
                || oldest.connectedAt.duration(to: reactor.now) >= SessionLimits.undisturbedLogin
        else { return false }
        oldest.cut()
        return true
    }

    /// The session is logged in, or gone: it no longer counts among its source's strangers.
    func noLongerStranger(_ session: Session) {
        guard session.isStranger else { return }
        session.isStranger = false
        strangerLeft(GuessBudget.sourceKey(session.door.source))
    }

    func sessionLost(_ session: Session, because reason: String? = nil) {
        guard sessionsByNumber.removeValue(forKey: session.number) != nil else { return }
        let persona = session.persona
        unsubscribe(session)
        session.stage = .gone
        var details = ["session": "\(session.number)", "door": session.door.name]
        if let persona { details["name"] = persona.name }
        if let reason { details["reason"] = reason }
        note(persona == nil ? "disconnected" : "connection lost", details)
        noLongerStranger(session)
        if let persona { abandon(persona, by: session, isLost: true) }
    }

    /// A player is gone without having left: a guest ends, anybody else's body waits for them.
    func abandon(_ persona: Thing, by session: Session, isLost: Bool = false) {
        guard let play = plays[persona.id], play.doors.contains(where: { $0 === session }) else { return }
        detach(session, persona, "connection lost", isLost: isLost)
        for other in play.doors { other.say("Your connection \(session.place) is closed.", .faint) }
        if play.isAttended { return }
        depart(persona, persona[.isGuest] ? .leaves : .standsStill)
    }

    func dropSlowReader(_ session: Session) {
        measurements.slowReaders += 1
        note("dropped", ["session": "\(session.number)", "reason": "slow reader"])
        session.cut()
    }
}
