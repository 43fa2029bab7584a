import Basics
public import HTTPWire
import ReactorCore
public import Transports

/// The end, and whether the peer is still there.
extension WebSocketTransport {
    /// Says Close after what is buffered, and ends when it is answered.
    ///
    /// - Parameters:
    ///   - code: Why; see ``HTTPWire/WebSocketCloseCode/maySend``.
    ///   - reason: For people, at most ``HTTPWire/WebSocketLimits/reasonOctets``.
    ///   - deadline: How long the peer may take in all.
    public func close(
        _ code: WebSocketCloseCode, reason: String = "", within deadline: Duration = WebSocketTransport.flushDeadline
    ) {
        switch stage {
        case .opening:
            stage = .ended
            endBelow(within: deadline)
        case .open:
            beginClose(code, reason, within: deadline)
            if !hasProducer { sendClose() }
        case .closing:
            if let closeDeadline, reactor.now.advanced(by: deadline) < closeDeadline.deadline {
                closeDeadline.reset(deadline)
            }
        case .ended: endBelow(within: deadline)
        }
    }

    func beginClose(_ code: WebSocketCloseCode, _ reason: String, within deadline: Duration) {
        stage = .closing
        closing = (code, reason)
        timer?.cancel()
        timer = nil
        closeDeadline = reactor.callLater(deadline) { [weak self] in self?.end(.timedOut) }
        // The peer's Close has to be read, even if the protocol above wanted to read no more.
        readOn()
    }

    func sendClose() {
        if hasSentClose { return }
        let (code, reason) = closing ?? (.normal, "")
        sendFrame { WebSocketFrameWriter.append(close: code, reason: reason, mask: $1, to: &$0) }
        hasSentClose = true
        if hasReceivedClose { return settings.role == .server ? closesAreDone() : waitForServer() }
        timer?.cancel()
        timer = reactor.callLater(settings.closeLimit) { [weak self] in self?.closesAreDone() }
    }

    func closeReceived(_ code: WebSocketCloseCode?, _ reason: String) {
        hasReceivedClose = true
        if stage == .open { beginClose(code ?? .normal, "", within: Self.flushDeadline) }
        if hasSentClose { return settings.role == .server ? closesAreDone() : waitForServer() }
        // Nobody reads what a producer would still write.
        sendClose()
    }

    /// A client lets the server end the connection, so that the server is not left in TIME_WAIT.
    func waitForServer() {
        timer?.cancel()
        timer = reactor.callLater(settings.closeLimit) { [weak self] in self?.closesAreDone() }
    }

    func closesAreDone() {
        timer?.cancel()
        timer = nil
        stage = .ended
        endBelow(within: settings.closeLimit)
    }

    func fail(_ failure: WebSocketFailure) {
        if !hasSentClose {
            hasSentClose = true
            sendFrame { WebSocketFrameWriter.append(close: failure.code, reason: failure.reason, mask: $1, to: &$0) }
        }
        stage = .ended
        end(.layerFailure(failure), by: .close(within: settings.closeLimit))
    }

    // MARK: Pings

    func schedulePing() {
        guard let interval = settings.pingInterval, stage == .open else { return }
        timer = reactor.callLater(interval) { [weak self] in self?.pingIsDue() }
    }

    func pingIsDue() {
        guard stage == .open else { return }
        if awaitsPong, !isPaused { return end(.timedOut) }
        awaitsPong = true
        sendFrame { WebSocketFrameWriter.append(ping: [], isAnswer: false, mask: $1, to: &$0) }
        schedulePing()
    }
}
