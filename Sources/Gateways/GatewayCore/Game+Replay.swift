import Basics
import ReactorCore
import WorldLanguage
import WorldModel
import WorldVerbs

/// What was missed, and comes again.
extension Game {
    /// Shows at a door that has just been attached what it has not delivered.
    ///
    /// - Parameters:
    ///   - play: Whose log it is.
    ///   - session: The door.
    ///   - cursor: Where it goes on.
    func replay(_ play: PlaySession, to session: Session, from cursor: DoorCursor) {
        defer { play.mayRepeat = false }
        let log = play.log
        if play.isKept { play.replayed = log.last }
        let missed = log.events(after: cursor.event)
        let missing = log.missingCount(after: cursor.event)
        let wasAwayLong = timeAway(cursor, missed.first) > PlaySession.trifleTime
        let events = missed.filter { !(wasAwayLong && $0.category == .movement) }
        if events.isEmpty, missing == 0 { return session.readOn(after: log.last) }
        if session.door.isConversational {
            tellMissing(missing, at: session)
            show(events, at: session)
            // Those who came and went meanwhile are no news.
            session.receipts.expect(log.last, at: session.sentByteCount + session.output.count)
            return
        }
        session.say("While you were away:", .title)
        if play.mayRepeat {
            session.say("(The server was started anew; you may have read some of this already.)", .faint)
        }
        tellMissing(missing, at: session)
        show(events, at: session)
        let end = render(session.text("\(phrase: "[Now:]", .title)"), for: session.profile)
        session.tell(end, after: world.sequence, event: log.last)
    }

    private func tellMissing(_ count: Int, at session: Session) {
        if count == 1 { session.say("(1 earlier message is gone.)", .faint) }
        if count > 1 { session.say("(\(plain: String(count)) earlier messages are gone.)", .faint) }
    }

    /// How long nobody has read at a door; where that is not known, how long ago the first event was that it has missed.
    private func timeAway(_ cursor: DoorCursor, _ first: PlayEvent?) -> Duration {
        if let since = cursor.since { return since.duration(to: reactor.now) }
        return first.flatMap(age) ?? .zero
    }

    /// Shows a door what it had no room for, as far as the log reaches back, and tells how much is gone.
    func catchUp(_ session: Session) {
        let (told, misses) = (session.newestToldEvent, session.missesEvents)
        session.missesEvents = false
        let log = misses ? session.persona.flatMap { plays[$0.id]?.log } : nil
        let leftOut = session.leftOut + (log?.missingCount(after: told) ?? 0)
        session.leftOut = 0
        if leftOut == 1 {
            session.say("[More was said than could be sent to you: 1 message was left out.]", .warning)
        } else if leftOut > 1 {
            session.say(
                "[More was said than could be sent to you: \(plain: String(leftOut)) messages were left out.]", .warning
            )
        }
        if let log { show(log.events(after: told), at: session) }
    }

    private func show(_ events: some Sequence<PlayEvent>, at session: Session) {
        if session.door.isConversational {
            for event in events {
                session.tell(
                    DoorMessage(
                        text: event.text, category: event.category, utterance: event.utterance, time: event.time,
                        sequence: event.sequence, event: event.number, isReplay: true,
                        isOwn: session.persona.map { event.utterance?.speaker.number == $0.id } ?? false))
            }
            return
        }
        var shownAge: String?
        for event in events {
            let age = age(of: event)
            if age?.spoken != shownAge {
                if let age { session.say("(\(age.told) ago)", .faint) } else { session.say("(just now)", .faint) }
                shownAge = age?.spoken
            }
            let text = timed(event.text, event.category, at: event.time, for: session.profile)
            session.tell(render(text, for: session.profile), after: event.sequence, event: event.number)
        }
    }

    /// How long ago it was, in whole minutes; nil for what is of the last one.
    private func age(of event: PlayEvent) -> Duration? {
        let (milliseconds, isOver) = wallTime().milliseconds.subtractingReportingOverflow(event.time.milliseconds)
        if isOver || milliseconds < 60_000 { return nil }
        return .milliseconds(milliseconds / 60_000 * 60_000)
    }

    /// Puts what was left for somebody who was away among what they have not read yet.
    ///
    /// While nothing can be kept, it stays where it is.
    func takeWaitingTells(of persona: Thing) {
        if isReadOnly || persona[.tells].allSatisfy(\.isRead) { return }
        let play = play(of: persona)
        var log = play.log
        let outcome = interpreter.turn(by: persona, role: role(of: persona), at: wallTime(), seed: random.next()) {
            turn in
            let waiting = interpreter.takeWaitingTells(turn)
            for event in waiting {
                if let utterance = event.utterance { play.privateTalk.note(utterance, at: event.time) }
            }
            log = play.log(with: waiting)
            keep(log, of: play)
        }
        if outcome.record == nil { return }
        play.use(log)
        run(outcome, by: persona)
    }
}
