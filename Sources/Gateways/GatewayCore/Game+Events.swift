import Basics
import Logging
import ReactorCore
import TerminalWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// From a turn to everybody's screen, and to the logs of those who may miss it.
extension Game {
    /// Keeps what a turn did and tells everybody.
    ///
    /// - Parameters:
    ///   - outcome: What came of the turn.
    ///   - actor: Who acted; a turn that changes nothing and tells only them is not kept.
    ///   - door: The only one at which the actor reads of it; nil for all.
    /// - Returns: The turn that has to be durable before anybody reads of it.
    @discardableResult
    func run(_ outcome: Outcome, by actor: Thing? = nil, at door: Session? = nil) -> UInt64 {
        let now = wallTime()
        let record = record(of: outcome, by: actor, at: now)
        if let record {
            finished.append(record)
            schedulePassEnd()
        }
        if let fault = outcome.fault { log.error("fault", metadata: ["detail": "\(fault)"]) }
        for delivery in outcome.deliveries { deliver(delivery, at: now, isKept: record != nil, only: door, of: actor) }
        return world.sequence
    }

    /// The record of a turn with what it told; one of its own for a turn that changed nothing but told others something.
    private func record(of outcome: Outcome, by actor: Thing?, at now: WallInstant) -> TurnRecord? {
        var tellings: [Telling] = []
        var byteCount = 0
        var tellsOthers = false
        for delivery in outcome.deliveries {
            let recipients = delivery.recipients.filter { $0.has(.player) && $0.location != nil && !$0[.isGuest] }
            if recipients.isEmpty { continue }
            byteCount += delivery.text.byteCount + recipients.count * 4
            if byteCount > TurnRecord.mostTold { break }
            tellsOthers = tellsOthers || recipients.contains { $0 !== actor }
            tellings.append(
                Telling(
                    recipients: recipients.map(\.id), category: delivery.category.rawValue, text: delivery.text))
        }
        guard var record = outcome.record ?? (tellsOthers && !isReadOnly ? world.makeRecord(at: now) : nil) else {
            return nil
        }
        record.tellings = tellings
        return record
    }

    /// Renders a text once for each kind of screen among those who get it.
    private func deliver(
        _ delivery: Delivery, at time: WallInstant, isKept: Bool, only door: Session?, of actor: Thing?
    ) {
        var screens: [(profile: TerminalProfile, bytes: [UInt8])] = []
        let sequence = world.sequence
        for recipient in delivery.recipients {
            guard let play = plays[recipient.id] ?? playWithoutDoors(recipient) else { continue }
            let event = play.append(delivery, after: sequence, at: time, isKept: isKept)
            for session in play.doors where recipient !== actor || door == nil || session === door {
                if let known = screens.firstIndex(where: { $0.profile == session.profile }) {
                    session.tell(screens[known].bytes, after: sequence, event: event)
                    continue
                }
                let text = timed(delivery.text, delivery.category, at: time, for: session.profile)
                let rendered = render(text, for: session.profile)
                session.tell(rendered, after: sequence, event: event)
                screens.append((session.profile, rendered))
            }
        }
    }

    /// That of a body which a crash has left standing, made when it is told something.
    func playWithoutDoors(_ persona: Thing) -> PlaySession? {
        guard persona.has(.player), persona.location != nil else { return nil }
        let made = PlaySession(persona)
        made.mayRepeat = recovered.contains(persona.id)
        plays[persona.id] = made
        return made
    }

    /// The text, with the time before it for those who want to know when something happened.
    private func timed(
        _ text: StyledText, _ category: MessageCategory, at time: WallInstant, for profile: TerminalProfile
    ) -> StyledText {
        guard profile.showsTime, category.isEvent else { return text }
        // Hours and minutes of the RFC 3339 form.
        return StyledText("[\(time.description.dropFirst(11).prefix(5))] ", .faint) + text
    }

    func render(_ text: StyledText, for profile: TerminalProfile) -> [UInt8] {
        var bytes: [UInt8] = []
        TerminalRenderer(profile).render(text, into: &bytes)
        bytes.append(0x0D)
        bytes.append(0x0A)
        return bytes
    }

    // MARK: What was missed

    /// Shows at a door that has just been attached what no door has delivered.
    func replay(_ play: PlaySession, to session: Session) {
        defer { play.mayRepeat = false }
        let log = play.log
        if play.isKept { play.replayed = log.last }
        if log.isEmpty, log.missingCount == 0 { return }
        session.say("While you were away:", .title)
        if play.mayRepeat {
            session.say("(The server was started anew; you may have read some of this already.)", .faint)
        }
        let missing = String(log.missingCount)
        if log.missingCount == 1 { session.say("(1 earlier message is gone.)", .faint) }
        if log.missingCount > 1 { session.say("(\(plain: missing) earlier messages are gone.)", .faint) }
        var shownAge: String?
        for event in log.events {
            if let age = age(of: event), age.spoken != shownAge {
                session.say("(\(age.told) ago)", .faint)
                shownAge = age.spoken
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

    /// Has the store keep from now on what a character is told, with what no door has delivered yet; part of a turn.
    func keepUnread(of play: PlaySession) {
        if play.persona[.isGuest] { return }
        play.settle()
        // Also when it is the same as last time: the store may have added to it since.
        world.set(PropertyKey(.told), to: nil, on: play.persona)
        world.set(.told, to: play.log.kept, on: play.persona)
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
                    if play.log.isEmpty { caughtUp.append(play) } else { behind.append(play) }
                }
                continue
            }
            if !mayBeKept(play) || play.log.isEmpty { continue }
            if isLate(play) { behind.append(play) } else { awaitConfirmation(of: session) }
        }
        keepUnread(of: behind, caughtUp: caughtUp)
    }

    private func isLate(_ play: PlaySession) -> Bool {
        guard let oldest = play.log.events.first else { return false }
        return oldest.time.duration(to: wallTime()) >= KeptEvents.confirmationTime
    }

    /// Takes down what was delivered, so that logs of those who read hold no memory, and has the store follow.
    func settlePlays() {
        var (behind, caughtUp): ([PlaySession], [PlaySession]) = ([], [])
        for play in plays.values where play.isAttended {
            play.settle()
            play.replayed = nil
            if play.log.isEmpty {
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
