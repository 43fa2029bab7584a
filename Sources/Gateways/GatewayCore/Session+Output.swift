import Basics
import ReactorCore
import TerminalWire
import WorldLanguage
import WorldModel
import WorldVerbs

/// What a session writes: texts, and the end.
extension Session {
    /// Queues what a turn tells this player; the caller has rendered it for this session's ``profile``.
    ///
    /// A reader who is too far behind is not told now, but from the log of the character later: neither a slow line nor a
    /// neighbour's flood may cost the server its memory, or the player the connection. What is in no log is left out, with a
    /// notice.
    ///
    /// - Parameters:
    ///   - rendered: The text as this door's screen takes it.
    ///   - sequence: The turn that has to be durable first.
    ///   - event: The number of what is told in the log of the character; nil for what only this door is told.
    ///   - isAnswer: Whether it is what the player asked to see, which is shown a page at a time to those who want that.
    func tell(
        _ rendered: borrowing [UInt8], after sequence: UInt64, event: UInt64? = nil, isAnswer: Bool = false
    ) {
        // Whatever comes behind an event that is missing has to wait for it.
        if isFull || missesEvents && event != nil {
            if event == nil { leftOut += 1 } else { missesEvents = true }
            return
        }
        append(isAnswer ? firstPage(of: copy rendered) : copy rendered, after: sequence)
        if let event { receipts.expect(event, at: sentByteCount + output.count) }
    }

    /// Queues a message in the way of a door that shows single ones, under the same conditions as any text.
    func tell(_ message: DoorMessage) {
        if isGone { return }
        if isFull || missesEvents && message.event != nil {
            if message.event == nil { leftOut += 1 } else { missesEvents = true }
            return
        }
        output.append(after: message.sequence) { bytes in
            if door.appendMessage(message, to: &bytes) { return }
            TerminalRenderer(profile).render(message.text, into: &bytes)
            bytes += [0x0D, 0x0A]
        }
        if let event = message.event { receipts.expect(event, at: sentByteCount + output.count) }
        game.sessionHasOutput(self)
    }

    /// Begins to show the log of a character behind an event.
    func readOn(after event: UInt64) {
        receipts = Receipts(after: event)
        missesEvents = false
    }

    /// The newest event that was queued.
    var newestToldEvent: UInt64 { receipts.newest }

    /// The newest event whose text the peer has wholly taken.
    func newestTakenEvent() -> UInt64 {
        if !receipts.isEmpty { receipts.note(taken: sentByteCount - door.untakenByteCount) }
        return receipts.last
    }

    /// Whether so much waits for the archive or for the peer that neither texts nor lines are taken.
    var isFull: Bool {
        output.count > SessionLimits.held
            || behindSince != nil && door.bufferedByteCount + output.count > SessionLimits.output
    }

    /// The peer has not taken what was sent, 64 KiB or more; called by the door.
    package func peerFellBehind() {
        behindSince = game.reactor.now
        if let persona { game.keepUnread(of: persona) }
        updatePause()
    }

    /// The peer has taken everything; called by the door.
    package func peerCaughtUp() {
        behindSince = nil
        isWarnedOfDrop = false
        updatePause()
        if isGone { return }
        game.sessionHadInput(self)
    }

    /// Tells a reader who has taken nothing for long what comes of that; queued however much waits already.
    func warnOfDrop() {
        if isWarnedOfDrop || isGone { return }
        isWarnedOfDrop = true
        let (notice, left) = (SessionLimits.behindNotice.told, (SessionLimits.behind - SessionLimits.behindNotice).told)
        let warning: Sentence =
            persona?[.isGuest] == true
            ? "[For \(notice) you have not read what was sent. If that goes on, the game lets you go in \(left).]"
            : """
            [For \(notice) you have not read what was sent. If that goes on, this connection ends in \(left); what you miss \
            comes when you connect again.]
            """
        let last = StyledText(text(warning).plain, .warning)
        if door.isConversational {
            // Beyond what is held at most, as it may be the last that is read.
            return output.append(after: game.world.sequence) { _ = door.appendMessage(self.notice(last), to: &$0) }
        }
        append(game.render(last, for: profile), after: game.world.sequence)
    }

    private func append(_ rendered: borrowing [UInt8], after sequence: UInt64) {
        if isGone { return }
        if isAtPrompt {
            isAtPrompt = false
            output.append([0x0D, 0x0A], after: sequence)
        }
        output.append(rendered, after: sequence)
        // In play only what a player did is followed by a prompt: what others do would fill the screen with them.
        if !isPlaying { owesPrompt = true }
        game.sessionHasOutput(self)
    }

    /// Queues a text and its line end.
    func show(_ text: StyledText) {
        if isGone { return }
        if door.isConversational { return tell(notice(text)) }
        tell(game.render(text, for: profile), after: game.world.sequence)
    }

    /// A text of the session's own as a message.
    ///
    /// It is an answer if it belongs to what was typed last; nil while that is going on.
    func notice(_ text: StyledText, isAnswer: Bool? = nil) -> DoorMessage {
        DoorMessage(
            text: text, category: .system, time: game.wallTime(), sequence: game.world.sequence, isOwn: true,
            isAnswer: isAnswer ?? (game.acting === self))
    }

    /// Sends what may be seen, and the prompt when all of it may.
    func release(upTo durable: UInt64) {
        let wasWaiting = isFull || missesEvents
        if leftOut > 0 || missesEvents, behindSince == nil, !isFull, !output.isHeld(above: durable) {
            game.catchUp(self)
        }
        // A line that waits has its answer before the prompt.
        let isAnswering = !lines.isEmpty && (wasWaiting || isAwaitingInput || isOutOfLines)
        if owesPrompt, behindSince == nil, !isAnswering, output.isEmpty || !output.isHeld(above: durable) {
            appendPrompt()
        }
        output.release(upTo: durable) { bytes in
            sentByteCount += bytes.count
            transmit(bytes)
        }
        if pendingFoot != nil { showFoot(upTo: durable) }
        if !receipts.isEmpty { game.awaitConfirmation(of: self) }
        if wasWaiting, !lines.isEmpty, !isWaiting { game.sessionHadInput(self) }
        if facts?.missed == true, !isFull { game.tellAllFacts(to: self) }
        if closesWhenEmpty, output.isEmpty {
            endConsole()
            door.close()
        }
    }

    var hasHeldOutput: Bool { !output.isEmpty || pendingFoot != nil }

    /// Moves to a stage, hiding what is typed where it is secret.
    func enter(_ next: Stage) {
        stage = next
        owesPrompt = true
        let secret =
            switch next {
            case .password, .code, .changing, .authenticating, .changingKeys: true
            case .creating(let creation): creation.isSecret
            // What is typed meanwhile may be the next secret.
            case .checking: inputIsHidden
            default: false
            }
        if secret != inputIsHidden {
            hideInput(secret)
        }
        if !lines.isEmpty || inputHasEnded { game.sessionHadInput(self) }
        game.sessionHasOutput(self)
    }

    /// In the queue like a text: that a password is asked for tells that the name is known.
    private func hideInput(_ hidden: Bool) {
        inputIsHidden = hidden
        if door.isConversational { return }
        hideConsole(hidden)
        output.append(after: game.world.sequence) { door.appendEcho(hidden: hidden, to: &$0) }
    }

    /// Says goodbye: what is queued still goes out, then the connection closes.
    func finish() {
        if isGone { return }
        if inputIsHidden { hideInput(false) }
        tellGoodbye()
        if let persona { game.abandon(persona, by: self) }
        stage = .gone
        lines = []
        owesPrompt = false
        closesWhenEmpty = true
        game.sessionHasOutput(self)
    }

    /// Ends the connection at once.
    func cut() {
        // First, while the stage still tells whose body it is.
        game.sessionLost(self)
        cancelWaits()
        stage = .gone
        lines = []
        output.discard()
        door.abort()
    }
}
