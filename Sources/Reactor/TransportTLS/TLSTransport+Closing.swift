import Basics
import ReactorCore
import Transports

extension TLSTransport {
    /// Stops reading, sends what is buffered and `close_notify`, and closes when the peer has answered.
    ///
    /// A peer that does not answer within ``TLSLimits/closeAnswerWait`` is not waited for; one that does not
    /// take the rest within `deadline` is cut off with ``DisconnectReason/timedOut``. Before the handshake is
    /// complete, a connection with nothing to send is closed at once. Repeating the call can bring the deadline forward.
    public func loseConnection(within deadline: Duration) {
        guard stage == .open else { return hastenClose(deadline) }
        beginClosing(within: deadline)
        guard isHandshaken, isReadPaused else { return }
        // Somewhere behind what the protocol did not want to read may be the peer's goodbye.
        scheduleRead()
    }

    /// Sends what is buffered and `close_notify`, and goes on reading until the peer says goodbye, too.
    ///
    /// By TLS 1.3 the peer's direction stays open (RFC 8446 §6.1). By TLS 1.2 a peer may answer with its own
    /// `close_notify` at once and drop what it had still to send (RFC 5246 §7.2.1); an end of this kind does not.
    public func loseWriteConnection() {
        guard stage == .open, writing == .open else { return }
        writing = .ending
        scheduleFlush()
    }

    /// Everything is encrypted: closes the writing half, and the connection when the peer has said goodbye before.
    func closeWritingHalf() {
        writing = .ended
        engine.sayGoodbye()
        forwardOutput()
        releaseFlow()
        guard !hasPeerClosed else { return endLower() }
        guard let halfCloseable = streamProtocol as? any HalfCloseableProtocol else { return }
        do { try halfCloseable.writeConnectionLost() } catch { protocolFailed(error) }
    }

    /// The transport below will bring nothing more; without a goodbye before it that is the end.
    public func readConnectionLost() {
        guard !hasPeerClosed || stage == .notified else { return }
        lower?.loseConnection()
    }

    /// The transport below has closed its writing half, which only an end of this one asks for.
    public func writeConnectionLost() {}

    /// Drops everything and resets the connection below; the protocol hears of it in a later pass.
    public func abortConnection() {
        guard stage != .ended else { return }
        cutOff(.aborted)
    }

    private func hastenClose(_ deadline: Duration) {
        let earlier = reactor.now.advanced(by: deadline)
        guard let latest = closeDeadline, earlier < latest, stage < .ended else { return }
        closeDeadline = earlier
        if stage == .ending {
            lower?.loseConnection(within: deadline)
        } else if let timer, earlier < timer.deadline {
            timer.reset(deadline)
        }
    }

    private func beginClosing(within deadline: Duration) {
        stage = .closing
        // Closing shall not give a peer more time for its handshake than it had before.
        let deadline = isHandshaken ? deadline : min(deadline, handshakeTimeout)
        closeDeadline = reactor.now.advanced(by: deadline)
        timer?.cancel()
        timer = reactor.callLater(deadline) { [unowned self] in cutOff(.timedOut) }
        scheduleFlush()
    }

    /// The peer has sent `close_notify`: as with a plain connection, what was written still is sent.
    func peerSaidGoodbye() {
        hasPeerClosed = true
        switch stage {
        case .open: peerClosedItsHalf()
        case .notified: endLower()
        case .closing, .ending, .ended: break
        }
    }

    private func peerClosedItsHalf() {
        guard let halfCloseable = streamProtocol as? any HalfCloseableProtocol else {
            return beginClosing(within: Self.flushDeadline)
        }
        if writing == .ended { return endLower() }
        do { try halfCloseable.readConnectionLost() } catch { protocolFailed(error) }
    }

    /// Everything is encrypted: tells the peer that this was all.
    func sayGoodbye() {
        // Who closed its writing half before, and now wants to read no more, has nothing to wait for.
        if writing == .ended { return endLower() }
        stage = .notified
        engine.sayGoodbye()
        forwardOutput()
        releaseFlow()
        timer?.cancel()
        guard !hasPeerClosed else { return endLower() }
        timer = reactor.callLater(min(TLSLimits.closeAnswerWait, remainingTime)) { [unowned self] in endLower() }
    }

    /// Closes the transport below, which sends what it still holds.
    func endLower() {
        stage = .ending
        timer?.cancel()
        releaseFlow()
        lower?.loseConnection(within: remainingTime)
    }

    private var remainingTime: Duration {
        guard let closeDeadline else { return Self.flushDeadline }
        return max(.zero, reactor.now.duration(to: closeDeadline))
    }

    // MARK: Failures

    /// The protocol threw: what it wrote before is sent as far as that goes without waiting.
    func protocolFailed(_ error: any Error) {
        guard stage < .ending else { return }
        if isHandshaken, stage < .notified {
            encrypt()
            // A peer that misses something shall not be told that this was all.
            if stage < .ending, plaintext.isEmpty, writing != .ended { engine.sayGoodbye() }
        }
        fail(.protocolFailure(error))
    }

    /// Ends because of a failure; an alert that says so is sent, if the peer takes it.
    func fail(_ reason: DisconnectReason) {
        guard stage < .ending else { return }
        stage = .ending
        verdict = reason
        timer?.cancel()
        lostByteCount += plaintext.count
        plaintext.removeAll()
        held = []
        forwardOutput()
        releaseFlow()
        lower?.loseConnection(within: TLSLimits.failureFlush)
    }

    /// Ends at once, whatever waits.
    func cutOff(_ reason: DisconnectReason) {
        guard stage != .ended else { return }
        stage = .ending
        verdict = verdict ?? reason
        timer?.cancel()
        lostByteCount += plaintext.count
        plaintext.removeAll()
        held = []
        lower?.abortConnection()
    }
}
