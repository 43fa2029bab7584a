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
        var outcome = outcome
        nameUtterances(in: &outcome, by: actor, at: door)
        let record = record(of: outcome, by: actor, at: door, now)
        if let record {
            finished.append(record)
            schedulePassEnd()
        }
        if let fault = outcome.fault { log.error("fault", metadata: ["detail": "\(fault)"]) }
        for delivery in outcome.deliveries { deliver(delivery, at: now, isKept: record != nil, only: door, of: actor) }
        tellSounds(of: outcome)
        tellInvitations(of: outcome)
        if record != nil { tellPosts(of: outcome) }
        return world.sequence
    }

    /// Tells what was said on channels, each message once however many hear it.
    private func tellPosts(of outcome: Outcome) {
        if listeners.isEmpty { return }
        var last: Utterance.Post?
        for delivery in outcome.deliveries {
            guard let utterance = delivery.utterance, let post = utterance.post, post != last else { continue }
            last = post
            whenDurable(world.sequence) { [listeners] in
                for listener in listeners { listener(utterance) }
            }
        }
    }

    /// Gives what was said the name that it is known by: of its turn if that is kept, of this run of the server if not.
    private func nameUtterances(in outcome: inout Outcome, by actor: Thing?, at door: Session?) {
        var turn: String?
        for index in outcome.deliveries.indices {
            guard let utterance = outcome.deliveries[index].utterance, utterance.post == nil else { continue }
            if turn == nil {
                if let record = outcome.record {
                    turn = "t\(record.sequence)"
                } else if !isReadOnly, tellsOthers(outcome, by: actor, at: door) {
                    turn = "t\(world.sequence + 1)"
                } else {
                    passingTurns += 1
                    turn = "p\(started.milliseconds)-\(passingTurns)"
                }
            }
            outcome.deliveries[index].utterance?.id = "\(turn ?? "")-\(utterance.id)"
        }
    }

    /// Who of those that a delivery is for could miss it and be told later.
    private func mayMiss(_ delivery: Delivery, by actor: Thing?, at door: Session?) -> [Thing] {
        if !delivery.category.isRepeated { return [] }
        return delivery.recipients.filter {
            $0.has(.player) && $0.location != nil && !$0[.isGuest] && (door == nil || $0 !== actor)
        }
    }

    private func tellsOthers(_ outcome: Outcome, by actor: Thing?, at door: Session?) -> Bool {
        outcome.deliveries.contains { mayMiss($0, by: actor, at: door).contains { $0 !== actor } }
    }

    /// The record of a turn with what it told; one of its own for a turn that changed nothing but told others something.
    private func record(of outcome: Outcome, by actor: Thing?, at door: Session?, _ now: WallInstant) -> TurnRecord? {
        var told: [(recipients: [Thing], delivery: Delivery)] = []
        for delivery in outcome.deliveries {
            let recipients = mayMiss(delivery, by: actor, at: door)
            if !recipients.isEmpty { told.append((recipients, delivery)) }
        }
        let tellsOthers = told.contains { $0.recipients.contains { $0 !== actor } }
        guard var record = outcome.record ?? (tellsOthers && !isReadOnly ? world.makeRecord(at: now) : nil) else {
            return nil
        }
        record.tellings = tellings(told[...])
        return record
    }

    /// What a record keeps of what was told: as much as it may, and whom it keeps not all for, that there was more.
    private func tellings(_ told: ArraySlice<(recipients: [Thing], delivery: Delivery)>) -> [Telling] {
        var tellings: [Telling] = []
        var byteCount = 0
        for (place, (recipients, delivery)) in zip(told.indices, told) {
            byteCount += delivery.text.byteCount + recipients.count * 4
            if byteCount > TurnRecord.mostTold { return tellings + notices(to: told[place...].flatMap(\.recipients)) }
            tellings.append(
                Telling(
                    recipients: recipients.map(\.id), category: delivery.category.rawValue, text: delivery.text,
                    utterance: delivery.utterance))
        }
        return tellings
    }

    private func notices(to people: [Thing]) -> [Telling] {
        let notice: Sentence = "(More was told at this moment than could be kept.)"
        return Dictionary(grouping: Set(people)) { interpreter.languages.language(of: $0)?.code ?? "" }
            .sorted { $0.key < $1.key }
            .map { code, readers in
                let text = notice.phrase(for: nobody, in: interpreter.languages[code]) { _ in true }
                return Telling(
                    recipients: readers.map(\.id).sorted(), category: MessageCategory.system.rawValue, text: text)
            }
    }

    /// Renders a text once for each kind of screen among those who get it.
    private func deliver(
        _ delivery: Delivery, at time: WallInstant, isKept: Bool, only door: Session?, of actor: Thing?
    ) {
        var screens: [(profile: TerminalProfile, bytes: [UInt8])] = []
        let sequence = world.sequence
        var form: DoorMessageForm?
        for recipient in delivery.recipients {
            guard let play = plays[recipient.id] ?? playWithoutDoors(recipient) else { continue }
            // What one door alone reads is of that door, and not of the log of all.
            let only = recipient === actor ? door : nil
            let event = only == nil ? play.append(delivery, after: sequence, at: time, isKept: isKept) : nil
            if let utterance = delivery.utterance { play.privateTalk.note(utterance, at: time) }
            let isAnswer = recipient === actor && !delivery.category.isRepeated
            for session in play.doors where only == nil || session === only {
                if session.door.isConversational {
                    let shared = form ?? DoorMessageForm()
                    form = shared
                    session.tell(
                        DoorMessage(
                            text: delivery.text, category: delivery.category, utterance: delivery.utterance, time: time,
                            sequence: sequence, event: event, isOwn: recipient === actor,
                            isAnswer: recipient === actor && session === acting,
                            isElsewhere: recipient === actor && session !== acting && acting?.persona === actor,
                            form: shared))
                    continue
                }
                tellSpeech(delivery, to: recipient, at: session)
                if let known = screens.firstIndex(where: { $0.profile == session.profile }) {
                    session.tell(screens[known].bytes, after: sequence, event: event, isAnswer: isAnswer)
                    continue
                }
                let text = timed(delivery.text, delivery.category, at: time, for: session.profile)
                let rendered = render(text, for: session.profile)
                session.tell(rendered, after: sequence, event: event, isAnswer: isAnswer)
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
    func timed(
        _ text: StyledText, _ category: MessageCategory, at time: WallInstant, for profile: TerminalProfile
    ) -> StyledText {
        guard profile.showsTime, category.isEvent else { return text }
        return StyledText("[\(time.timeOfDay)] ", .faint) + text
    }

    func render(_ text: StyledText, for profile: TerminalProfile) -> [UInt8] {
        var bytes: [UInt8] = []
        TerminalRenderer(profile).render(text, into: &bytes)
        bytes.append(0x0D)
        bytes.append(0x0A)
        return bytes
    }
}
