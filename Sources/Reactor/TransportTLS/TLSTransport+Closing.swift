import Basics
import ReactorCore
import Transports

extension TLSTransport {
    /// Stops reading, sends what is buffered and `close_notify`, and closes when the peer has answered.
    ///
    /// A peer that does not answer within ``TLSLimits/closeAnswerWait`` is not waited for; one that does not
    /// take the rest within `deadline` is cut off with ``DisconnectReason/timedOut``. Before the handshake is
    /// complete, a connection with nothing to send is closed at once.
    public func loseConnection(within deadline: Duration) {
        guard stage == .open else { return }
        beginClosing(within: deadline)
        guard isHandshaken, isReadPaused else { return }
        // Somewhere behind what the protocol did not want to read may be the peer's goodbye.
        scheduleRead()
    }

    /// Drops everything and resets the connection below; the protocol hears of it in a later pass.
    public func abortConnection() {
        guard stage != .ended else { return }
        cutOff(.aborted)
    }

    private func beginClosing(within deadline: Duration) {
        stage = .closing
        // Closing shall not give a peer more time for its handshake than it had before.
        let deadline = isHandshaken ? deadline : min(deadline, handshakeTimeout)
        closeDeadline = reactor.now.advanced(by: deadline)
        timer?.cancel()
        timer = reactor.callLater(deadline) { [weak self] in self?.cutOff(.timedOut) }
        scheduleFlush()
    }

    /// The peer has sent `close_notify`: as with a plain connection, what was written still is sent.
    func peerSaidGoodbye() {
        hasPeerClosed = true
        switch stage {
        case .open: beginClosing(within: Self.flushDeadline)
        case .notified: endLower()
        case .closing, .ending, .ended: break
        }
    }

    /// Everything is encrypted: tells the peer that this was all.
    func sayGoodbye() {
        stage = .notified
        engine.sayGoodbye()
        forwardOutput()
        releaseFlow()
        timer?.cancel()
        guard !hasPeerClosed else { return endLower() }
        timer = reactor.callLater(min(TLSLimits.closeAnswerWait, remainingTime)) { [weak self] in self?.endLower() }
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
            if stage < .ending, plaintext.isEmpty { engine.sayGoodbye() }
        }
        fail(.protocolFailure(error))
    }

    /// Ends because of a failure; an alert that says so is sent, if the peer takes it.
    func fail(_ reason: DisconnectReason) {
        guard stage < .ending else { return }
        stage = .ending
        verdict = reason
        timer?.cancel()
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
        plaintext.removeAll()
        held = []
        lower?.abortConnection()
    }
}
