import CLinux
import Glibc
import ReactorCore

/// A connected stream socket, TCP or Unix, and its protocol.
///
/// | State | Reads | Ends when |
/// | --- | --- | --- |
/// | `open` | unless paused | the peer closes, an error, `loseConnection`, `abortConnection` |
/// | `closing` | no | everything is sent and no producer is left, or the deadline passes |
/// | `ended` | no | — |
///
/// The descriptor is closed when the connection ends; the protocol hears of it exactly once.
final class StreamConnection: UpgradableTransport, DescriptorHandler, PassFinisher {
    private enum State {
        case open
        case closing
        case ended
    }

    let peer: SocketAddress
    let host: SocketAddress
    private let reactor: Reactor
    private var descriptor: Int32
    private var streamProtocol: (any StreamProtocol)?
    private var outbound = OutboundQueue()
    private var extras: Extras?
    private var state = State.open
    private var interest: Interest = .read
    private var isPaused = false
    private var isFlushScheduled = false
    private var isUnwatched = false

    /// What few connections need at a time, kept apart so that idle ones stay small.
    private final class Extras {
        var producer: (any Producer)?
        var isStreaming = false
        var isProducerPaused = false
        var deadline: DelayedCall?
        var writeFailure: SystemFailure?
    }

    /// Takes over a connected socket; nothing happens until ``start(_:)``.
    ///
    /// `fallbackHost` is this end's address when the kernel does not tell it.
    init(connected descriptor: Int32, peer: SocketAddress, fallbackHost: SocketAddress, reactor: Reactor) {
        self.descriptor = descriptor
        self.peer = peer
        host = Socket.ownAddress(descriptor) ?? fallbackHost
        self.reactor = reactor
        if peer.port != nil { Socket.disableDelay(descriptor) }
    }

    /// Starts to read for a protocol, and tells it so.
    func start(_ newProtocol: any StreamProtocol) {
        streamProtocol = newProtocol
        do throws(SystemFailure) {
            try reactor.add(self, for: descriptor, interest: interest)
        } catch {
            return end(.lost(error))
        }
        do {
            try streamProtocol?.connectionMade(over: self)
        } catch {
            fail(error)
        }
    }

    var bufferedByteCount: Int { outbound.count }

    var peerCredentials: (uid: UInt32, gid: UInt32, pid: Int32)? {
        guard case .unix = host, state != .ended else { return nil }
        return Socket.peerCredentials(descriptor)
    }

    // MARK: Writing

    func write(_ bytes: [UInt8]) {
        guard state != .ended, !bytes.isEmpty else { return }
        outbound.append(bytes)
        bytesWereQueued()
    }

    func write(_ bytes: Span<UInt8>) {
        guard state != .ended, !bytes.isEmpty else { return }
        outbound.append(bytes)
        bytesWereQueued()
    }

    private func bytesWereQueued() {
        if !isFlushScheduled, !interest.contains(.write) { scheduleFlush() }
        guard outbound.count > StreamLimits.producerHighWater else { return }
        if outbound.count > StreamLimits.outboundByteCount {
            return reset(.outboundOverflow(limit: StreamLimits.outboundByteCount))
        }
        if let extras, extras.isStreaming, !extras.isProducerPaused {
            extras.isProducerPaused = true
            extras.producer?.pauseProducing()
        }
    }

    private func scheduleFlush() {
        guard !isFlushScheduled else { return }
        isFlushScheduled = true
        reactor.atEndOfPass(self)
    }

    func passEnded() {
        isFlushScheduled = false
        guard state != .ended else { return }
        flush()
    }

    /// Sends what waits, then asks the producer for more or finishes a close.
    private func flush() {
        if !outbound.isEmpty, extras?.writeFailure == nil { sendOnce() }
        guard state != .ended else { return }
        setInterest(.write, outbound.isEmpty == false)
        guard outbound.isEmpty else { return }
        if let extras, extras.producer != nil { return askProducer(extras) }
        if state == .closing { end(extras?.writeFailure.map { .lost($0) } ?? .done) }
    }

    private func sendOnce() {
        let sent = unsafe outbound.withUnsent { bytes in
            while true {
                let sent = unsafe send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
                if sent >= 0 || errno != EINTR { return sent }
            }
        }
        if sent >= 0 { return outbound.removeFirst(sent) }
        guard errno != EAGAIN else { return }
        writingBroke(SystemFailure(call: "send"))
    }

    /// What the peer sent before it went away still is to be read; the end comes when that is done.
    private func writingBroke(_ failure: SystemFailure) {
        outbound.removeAll()
        guard state == .open, !isPaused else { return end(.lost(failure)) }
        makeExtras().writeFailure = failure
    }

    // MARK: Producers

    func registerProducer(_ producer: any Producer, streaming: Bool) throws {
        guard state != .ended else { return producer.stopProducing() }
        let extras = makeExtras()
        guard extras.producer == nil else { throw TransportMisuse.producerRegisteredTwice }
        extras.producer = producer
        extras.isStreaming = streaming
        extras.isProducerPaused = false
        if !streaming { producer.resumeProducing() }
    }

    func unregisterProducer() {
        guard let extras else { return }
        extras.producer = nil
        if state == .closing { scheduleFlush() }
    }

    private func askProducer(_ extras: Extras) {
        if extras.isStreaming {
            guard extras.isProducerPaused else { return }
            extras.isProducerPaused = false
        }
        extras.producer?.resumeProducing()
    }

    private func makeExtras() -> Extras {
        if let extras { return extras }
        let made = Extras()
        extras = made
        return made
    }

    // MARK: Upgrading

    func replaceProtocol(with newProtocol: any StreamProtocol) throws {
        guard extras?.producer == nil else { throw TransportMisuse.producerRegisteredTwice }
        guard state != .ended else { return }
        streamProtocol = newProtocol
    }

    func discardUndelivered() -> Int {
        guard state != .ended else { return 0 }
        // Not the reactor's buffer: the protocol that asks may be looking at what that holds.
        var scratch = [UInt8](repeating: 0, count: StreamLimits.discardPiece)
        var total = 0
        for _ in 0..<StreamLimits.discardsBeforeClose {
            let count = unsafe recv(descriptor, &scratch, scratch.count, Int32(MSG_DONTWAIT))
            guard count > 0 else { break }
            total += count
        }
        return total
    }

    // MARK: Reading

    func descriptorReady(_ readiness: Readiness) {
        if interest.contains(.read) {
            if readiness != .write { receive() }
        } else if readiness.contains(.hangup) {
            let code = Socket.pendingError(descriptor)
            if code == 0, state == .open, interest.isEmpty { return unwatch() }
            return end(.lost(SystemFailure(code: code == 0 ? ECONNRESET : code, call: "recv")))
        }
        if readiness.contains(.write), state != .ended, interest.contains(.write) { flush() }
    }

    /// The peer has closed while reading is paused: what it sent last waits in the kernel until reading resumes.
    ///
    /// The poller would report the hangup again in every pass until then.
    private func unwatch() {
        isUnwatched = true
        reactor.remove(descriptor)
    }

    private func receive() {
        let buffer = unsafe reactor.readBuffer
        let count = unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count > 0 { return deliver(count) }
        if count == 0 { return peerClosed() }
        if errno == EAGAIN || errno == EINTR { return }
        end(.lost(SystemFailure(call: "recv")))
    }

    private func deliver(_ count: Int) {
        guard let streamProtocol else { return }
        let bytes = unsafe UnsafeRawBufferPointer(start: reactor.readBuffer.baseAddress, count: count)
        do {
            try streamProtocol.dataReceived(unsafe Span<UInt8>(_unsafeBytes: bytes))
        } catch {
            fail(error)
        }
    }

    private func peerClosed() {
        if let failure = extras?.writeFailure { return end(.lost(failure)) }
        loseConnection(within: Self.flushDeadline)
    }

    func pauseProducing() {
        isPaused = true
        if state == .open { setInterest(.read, false) }
    }

    func resumeProducing() {
        isPaused = false
        if state == .open { setInterest(.read, true) }
    }

    private func setInterest(_ part: Interest, _ wanted: Bool) {
        guard interest.contains(part) != wanted else { return }
        if wanted { interest.insert(part) } else { interest.remove(part) }
        do throws(SystemFailure) {
            if isUnwatched {
                isUnwatched = false
                try reactor.add(self, for: descriptor, interest: interest)
            } else {
                try reactor.modify(descriptor, interest: interest)
            }
        } catch {
            reset(.lost(error))
        }
    }

    // MARK: Ending

    func loseConnection(within deadline: Duration) {
        guard state == .open else { return }
        state = .closing
        setInterest(.read, false)
        guard state == .closing else { return }
        makeExtras().deadline = reactor.callLater(deadline) { [weak self] in self?.reset(.timedOut) }
        scheduleFlush()
    }

    func abortConnection() { reset(.aborted) }

    func disconnect() { reset(.aborted) }

    /// The protocol threw: what it wrote before is sent if the kernel takes it, and the connection ends.
    private func fail(_ error: any Error) {
        guard state != .ended else { return }
        if !outbound.isEmpty { sendOnce() }
        end(.protocolFailure(error))
    }

    /// Cuts the peer off; the protocol hears of it in a later pass, because a call of its own may be the cause.
    private func reset(_ reason: DisconnectReason) {
        guard state != .ended else { return }
        Socket.armReset(descriptor)
        let lost = release()
        reactor.callLater(.zero) { lost(reason) }
    }

    private func end(_ reason: DisconnectReason) {
        guard state != .ended else { return }
        discardUnreadInput()
        release()(reason)
    }

    /// Reads away what nobody will look at: closing with unread input resets the connection, and the
    /// peer might lose what we sent last.
    private func discardUnreadInput() {
        let buffer = unsafe reactor.readBuffer
        for _ in 0..<StreamLimits.discardsBeforeClose {
            guard unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0) > 0 else { return }
        }
    }

    /// Closes the descriptor and lets go of everything; returns the last call to the protocol.
    private func release() -> (DisconnectReason) -> Void {
        state = .ended
        reactor.remove(descriptor)
        close(descriptor)
        descriptor = -1
        outbound.removeAll()
        let (lastProtocol, lastExtras) = (streamProtocol, extras)
        streamProtocol = nil
        extras = nil
        lastExtras?.deadline?.cancel()
        return { reason in
            lastExtras?.producer?.stopProducing()
            lastProtocol?.connectionLost(reason)
        }
    }
}
