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
    ///   - locale: What the client says its user reads, as POSIX names it; it counts for guests and those who are new.
    /// - Returns: nil when there are too many, or nobody is let in from there; the door then says ``refusal(for:from:)`` and closes.
    package func makeSession(
        door: any SessionDoor, profile: TerminalProfile, entry: GameEntry? = nil, locale: String = ""
    ) -> Session? {
        let source = GuessBudget.sourceKey(door.source)
        guard !isShuttingDown, ban(on: door.source) == nil,
            entry?.isProven == true || admitsStranger(from: door.source),
            hasRoom(for: door.source)
        else {
            traffic(of: door.name).refused += 1
            return nil
        }
        traffic(of: door.name).admitted += 1
        strangerCame(source)
        lastSessionNumber += 1
        let session = Session(
            number: lastSessionNumber, game: self, door: door, profile: profile, now: reactor.now)
        session.languageCode = language(ofLocale: locale, for: profile)?.code ?? ""
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

    /// Takes in a connection whose client has to show who it is before there is a session, and which may have none later either.
    ///
    /// It is one of the strangers of its source, holds a place as a session does, and makes room for others as a session's would.
    ///
    /// - Returns: Who knocks; nil when there are too many, from there or of all doors, or nobody is let in from there.
    package func knock(from source: String) -> Knock? {
        guard !isShuttingDown, ban(on: source) == nil, admitsStranger(from: source), hasRoom(for: source)
        else { return nil }
        lastSessionNumber += 1
        return Knock(lastSessionNumber, from: source, key: GuessBudget.sourceKey(source), game: self)
    }

    /// Whether there is a place for one more connection, of whatever door; if need be, a stranger makes room.
    private func hasRoom(for source: String) -> Bool {
        sessionsByNumber.count + knocks.count < settings.maximumSessions || makeRoom(for: SourceNetwork(source))
    }

    func strangerCame(_ key: String) { strangersBySource[key, default: 0] += 1 }

    func strangerLeft(_ key: String) {
        let rest = strangersBySource[key, default: 1] - 1
        strangersBySource[key] = rest > 0 ? rest : nil
    }

    /// The language that somebody is written to in who has chosen none; nil for English, also where a terminal might not show it.
    func language(ofLocale locale: String, for profile: TerminalProfile) -> Language? {
        profile.charset == .utf8 ? interpreter.languages.language(ofLocale: locale) : nil
    }

    /// What somebody reads for whom there is no room, or who is kept out: in each language of the game, as nobody knows theirs yet.
    package func refusal(for profile: TerminalProfile, from source: String) -> [UInt8] {
        let sentence = ban(on: source)?.sentence ?? Self.noRoom
        let others = profile.charset == .utf8 ? interpreter.languages.languages : []
        let languages: [Language?] = [nil] + others
        return languages.flatMap { language in
            render(sentence.phrase(for: nobody, in: language) { _ in true }, for: profile)
        }
    }

    private static var noRoom: Sentence { "The game is full at present. Please try again in a few minutes." }

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
    /// - Complexity: O(*n*) in the number of connections.
    private func makeRoom(for newcomer: SourceNetwork) -> Bool {
        var crowds: [SourceNetwork: (count: Int, oldest: any Stranger)] = [:]
        func count(_ stranger: any Stranger) {
            let known = crowds[stranger.network]
            let oldest = known.map { $0.oldest.number < stranger.number ? $0.oldest : stranger } ?? stranger
            crowds[stranger.network] = (count: (known?.count ?? 0) + 1, oldest: oldest)
        }
        for session in sessionsByNumber.values where session.persona == nil { count(session) }
        for knock in knocks.values where knock.isCounted { count(knock) }
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
        if isLost { notePartingWords("Connection lost", of: persona) }
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
