import Basics
import ReactorCore
import WorldLanguage
import WorldModel

/// What the store keeps of what players have not read, so that a crash loses none of it.
extension Game {
    /// Has the store keep from now on what a character is told, with what no door has delivered yet; part of a turn.
    func keepUnread(of play: PlaySession) {
        play.settle()
        keep(play.log, of: play)
    }

    /// The same for a log that the character is to have.
    func keep(_ log: EventLog, of play: PlaySession) {
        if play.persona[.isGuest] { return }
        // Also when it is the same as last time: the store may have added to it since.
        world.set(PropertyKey(.told), to: nil, on: play.persona)
        world.set(.told, to: log.kept, on: play.persona)
        play.isKept = true
    }

    /// A door of somebody has stopped taking: what it holds back would be lost in a crash.
    func keepUnread(of persona: Thing) {
        guard let play = plays[persona.id] else { return }
        keepUnread(of: [play].filter(mayBeKept), caughtUp: [])
    }

    private func mayBeKept(_ play: PlaySession) -> Bool { !play.isKept && !play.persona[.isGuest] }

    private func keepUnread(of behind: [PlaySession], caughtUp: [PlaySession]) {
        if behind.isEmpty && caughtUp.isEmpty || isReadOnly { return }
        run(
            makeTurn { _ in
                for play in behind { keepUnread(of: play) }
                for play in caughtUp {
                    world.set(PropertyKey(.told), to: nil, on: play.persona)
                    play.isKept = false
                }
            })
    }

    /// Looks soon whether a session's peer has taken what was just sent.
    func awaitConfirmation(of session: Session) {
        if session.isUnconfirmed { return }
        session.isUnconfirmed = true
        unconfirmed.append(session)
        if unconfirmed.count > 1 { return }
        reactor.callLater(KeptEvents.confirmationTime) { [weak self] in self?.confirm() }
    }

    private func confirm() {
        let sessions = unconfirmed
        unconfirmed = []
        var (behind, caughtUp): ([PlaySession], [PlaySession]) = ([], [])
        for session in sessions {
            session.isUnconfirmed = false
            guard let play = session.persona.flatMap({ plays[$0.id] }) else { continue }
            play.settle()
            if play.isKept, let replayed = play.replayed {
                // The store lets go of it at once, so that the next crash does not bring it again.
                if play.log.delivered < replayed {
                    awaitConfirmation(of: session)
                } else {
                    play.replayed = nil
                    if play.log.isDelivered { caughtUp.append(play) } else { behind.append(play) }
                }
                continue
            }
            if !mayBeKept(play) || play.log.isDelivered { continue }
            if isLate(play) { behind.append(play) } else { awaitConfirmation(of: session) }
        }
        keepUnread(of: behind, caughtUp: caughtUp)
    }

    private func isLate(_ play: PlaySession) -> Bool {
        guard let oldest = play.log.events(after: play.log.delivered).first else { return false }
        return oldest.time.duration(to: wallTime()) >= KeptEvents.confirmationTime
    }

    /// Takes down what was delivered, so that logs of those who read hold no memory, and has the store follow.
    func settlePlays() {
        var (behind, caughtUp): ([PlaySession], [PlaySession]) = ([], [])
        for play in plays.values where play.isAttended {
            play.settle()
            play.forgetCursors(olderThan: settings.linkDeadLimit, at: reactor.now)
            play.replayed = nil
            if play.log.isDelivered {
                if play.isKept { caughtUp.append(play) }
            } else if mayBeKept(play), isLate(play) {
                behind.append(play)
            }
        }
        keepUnread(of: behind, caughtUp: caughtUp)
    }

    /// Takes up what the log's tail told those whose bodies a crash has left in the world.
    func recoverEvents(of standing: [Thing]) {
        let tail = world.takeTold()
        let bodies = standing.filter { !$0[.isGuest] }.sorted { $0.id < $1.id }
        // A body that stands here has not left, so its player may have read on until the end.
        for body in bodies where tail[body.id] != nil || !body[.told].events.isEmpty { recovered.insert(body.id) }
        let news = bodies.filter { tail[$0.id] != nil || $0.value(of: PropertyKey(.told)) == nil }
        if news.isEmpty || isReadOnly { return }
        run(
            makeTurn { _ in
                for body in news {
                    var told = body[.told]
                    if let events = tail[body.id] { told.append(events) }
                    world.set(.told, to: told, on: body)
                }
            })
    }
}
