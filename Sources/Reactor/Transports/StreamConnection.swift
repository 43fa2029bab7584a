import Basics
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
/// While it is open, each half may have ended: reading, when the peer of a half-closeable protocol
/// has closed its side, and writing, when `loseWriteConnection` is done. Both together end it.
///
/// The descriptor is closed when the connection ends; the protocol hears of it exactly once.
final class StreamConnection: UpgradableTransport, ServingHandler, PassFinisher, CustomStringConvertible {
    private enum State {
        case open
        case closing
        case ended
    }

    private enum WritingHalf {
        case open
        case ending
        case ended
    }

    let peer: SocketAddress
    let host: SocketAddress
    private let reactor: Reactor
    private var descriptor: Int32
    private var streamProtocol: (any StreamProtocol)?
    var served: AnyObject? { streamProtocol }
    private var outbound = OutboundQueue()
    private var extras: Extras?
    private var state = State.open
    private var writing = WritingHalf.open
    private var isReadEnded = false
    private var interest: Interest = .read
    private var isPaused = false
    private var isFlushScheduled = false
    private var isUnwatched = false
    /// Octets that were dropped because they can arrive no more.
    private var lostByteCount = 0

    /// What few connections need at a time, kept apart so that idle ones stay small.
    private final class Extras {
        var gate = ProducerGate()
        var deadline: DelayedCall?
        var writeFailure: SystemFailure?
        var waterMarks = WaterMarks.standard
        var passing = OutboundDescriptors()
        var descriptorReceiver: (any DescriptorReceivingProtocol)?
        var scope: DeferredScope?
        var complaints: PacedComplaints?
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

    /// One that was never started, or that nobody took down, does not keep its descriptor.
    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Starts to read for a protocol, and tells it so.
    ///
    /// - Throws: What the poller says; then the descriptor is closed, and the protocol hears nothing.
    func start(_ newProtocol: any StreamProtocol) throws(SystemFailure) {
        do throws(SystemFailure) {
            try reactor.add(self, for: descriptor, interest: interest)
        } catch {
            state = .ended
            close(descriptor)
            descriptor = -1
            throw error
        }
        adopt(newProtocol)
        do {
            try streamProtocol?.connectionMade(over: self)
        } catch {
            fail(error)
        }
    }

    private func adopt(_ newProtocol: any StreamProtocol) {
        streamProtocol = newProtocol
        extras?.descriptorReceiver = nil
        guard case .unix = host else { return }
        let receiver = newProtocol as? any DescriptorReceivingProtocol
        if let receiver { makeExtras().descriptorReceiver = receiver }
        Socket.takeDescriptors(receiver != nil, descriptor)
    }

    var bufferedByteCount: Int { outbound.count }

    var untakenByteCount: Int {
        guard state != .ended else { return lostByteCount }
        // A Unix socket's queue is the peer's already.
        let underWay = peer.port == nil ? 0 : Socket.unconfirmedByteCount(descriptor)
        return lostByteCount + outbound.count + underWay
    }

    var isClosing: Bool { state != .open }

    var description: String { "connection of \(host) with \(peer)" }

    var peerCredentials: PeerCredentials? {
        guard case .unix = host, state != .ended else { return nil }
        return Socket.peerCredentials(descriptor)
    }

    var scope: DeferredScope {
        guard state != .ended else { return .makeEnded() }
        if let scope = extras?.scope { return scope }
        let made = DeferredScope()
        makeExtras().scope = made
        return made
    }

    func setOption(_ option: StreamOption) throws(SystemFailure) {
        guard state != .ended else { throw SystemFailure(code: ENOTCONN, call: "setsockopt") }
        try Socket.set(option, on: descriptor)
    }

    // MARK: Writing

    func write(_ bytes: [UInt8]) {
        guard mayWrite, !bytes.isEmpty else { return }
        if bytes.count >= StreamLimits.directWriteByteCount, maySendNow { return write(bytes.span) }
        outbound.append(bytes)
        wereQueued(bytes.count)
    }

    func write(_ bytes: Span<UInt8>) {
        guard mayWrite, !bytes.isEmpty else { return }
        var rest = bytes
        if bytes.count >= StreamLimits.directWriteByteCount, maySendNow {
            rest = bytes.extracting(droppingFirst: sendNow(bytes))
            if rest.isEmpty {
                if extras != nil { scheduleFlush() }
                return
            }
        }
        outbound.append(rest)
        wereQueued(rest.count)
    }

    /// Whether nothing that was written before is still to be sent.
    private var maySendNow: Bool {
        outbound.isEmpty && !interest.contains(.write) && extras?.writeFailure == nil
            && extras?.passing.isEmpty ?? true
    }

    /// Sends what the kernel takes of a large write while it is still in the cache, instead of copying it.
    ///
    /// An error here is met again, and dealt with, by the flush of what is queued then.
    private func sendNow(_ bytes: Span<UInt8>) -> Int {
        unsafe bytes.withUnsafeBytes { bytes in
            max(0, unsafe send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL)))
        }
    }

    func write(_ bytes: [UInt8], passing descriptors: [Int32]) throws(DescriptorPassingFailure) {
        guard mayWrite else { return }
        guard case .unix = host else { throw .notAUnixSocket }
        guard !bytes.isEmpty else { throw .noOctets }
        try makeExtras().passing.append(descriptors, before: outbound.count)
        write(bytes)
    }

    private var mayWrite: Bool { state != .ended && writing != .ended }

    private func wereQueued(_ count: Int) {
        if !isFlushScheduled, !interest.contains(.write) { scheduleFlush() }
        let marks = waterMarks
        guard outbound.count > marks.high else { return }
        if outbound.count - count > marks.limit { return reset(.outboundOverflow(limit: marks.limit)) }
        extras?.gate.pause()?.pauseProducing()
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
        guard state != .ended else { return }
        if let extras, !extras.gate.isEmpty {
            extras.gate.resume(outbound.count, low: extras.waterMarks.low)?.resumeProducing()
            return
        }
        guard outbound.isEmpty else { return }
        if state == .closing { return end(extras?.writeFailure.map { .lost($0) } ?? .done) }
        if writing == .ending { closeWritingHalf() }
    }

    private func sendOnce() {
        if let extras, !extras.passing.isEmpty { return sendOnce(extras) }
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

    /// Sends up to the next octet that carries descriptors, or from that octet on, with them.
    private func sendOnce(_ extras: Extras) {
        let sent = unsafe outbound.withUnsent { unsafe extras.passing.send($0, over: descriptor) }
        if sent >= 0 { return outbound.removeFirst(sent) }
        guard errno != EAGAIN else { return }
        writingBroke(SystemFailure(call: "sendmsg"))
    }

    /// What the peer sent before it went away still is to be read; the end comes when that is done.
    private func writingBroke(_ failure: SystemFailure) {
        lostByteCount += outbound.count
        outbound.removeAll()
        extras?.passing.removeAll()
        let hasPeerLeft = failure.code == EPIPE || failure.code == ECONNRESET
        guard hasPeerLeft, state == .open, !isPaused, !isReadEnded else { return end(.lost(failure)) }
        // What is written from now on would never leave, and waiting for room would keep the poller busy.
        writing = .ended
        makeExtras().writeFailure = failure
    }

    // MARK: Producers

    var waterMarks: WaterMarks {
        get { extras?.waterMarks ?? .standard }
        set { if state != .ended { makeExtras().waterMarks = newValue } }
    }

    func registerProducer(_ producer: any Producer, streaming: Bool) throws {
        guard mayWrite else { return producer.stopProducing() }
        try makeExtras().gate.admit(producer, streaming: streaming)?.resumeProducing()
    }

    func unregisterProducer() {
        guard let extras else { return }
        extras.gate.remove()
        if state == .closing || writing == .ending { scheduleFlush() }
    }

    private func makeExtras() -> Extras {
        if let extras { return extras }
        let made = Extras()
        extras = made
        return made
    }

    // MARK: Upgrading

    func replaceProtocol(with newProtocol: any StreamProtocol) throws {
        guard extras?.gate.isEmpty ?? true else { throw TransportMisuse.producerRegisteredTwice }
        guard state != .ended else { return }
        adopt(newProtocol)
    }

    func discardUndelivered() -> Int {
        guard state != .ended else { return 0 }
        return discardInput()
    }

    /// Reads away what waits, up to some bound; returns the number of octets.
    private func discardInput() -> Int {
        // Not into the reactor's buffer: a protocol may be looking at what that holds, this one's or another's.
        unsafe withUnsafeTemporaryAllocation(byteCount: StreamLimits.discardPiece, alignment: 16) { scratch in
            var total = 0
            for _ in 0..<StreamLimits.discardsBeforeClose {
                let count = unsafe recv(descriptor, scratch.baseAddress, scratch.count, Int32(MSG_DONTWAIT))
                guard count > 0 else { break }
                total += count
            }
            return total
        }
    }

    // MARK: Reading

    func descriptorReady(_ readiness: Readiness) {
        if interest.contains(.read) {
            if readiness != .write { receive() }
        } else if readiness.contains(.hangup) {
            return hungUp()
        }
        if readiness.contains(.write), state != .ended, interest.contains(.write) { flush() }
    }

    private func hungUp() {
        let code = Socket.pendingError(descriptor)
        guard code == 0 else { return end(.lost(SystemFailure(code: code, call: "recv"))) }
        if state == .open, interest.isEmpty, !isReadEnded { return unwatch() }
        if outbound.isEmpty, extras?.gate.isEmpty ?? true { return end(.done) }
        end(.lost(SystemFailure(code: ECONNRESET, call: "recv")))
    }

    /// The peer has closed while reading is paused: what it sent last waits in the kernel until reading resumes.
    ///
    /// The poller would report the hangup again in every pass until then.
    private func unwatch() {
        isUnwatched = true
        reactor.silence(descriptor)
    }

    private func receive() {
        if case .unix = host { return receiveFromUnixSocket() }
        let buffer = unsafe reactor.readBuffer
        received(unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0))
    }

    private func receiveFromUnixSocket() {
        if let receiver = extras?.descriptorReceiver { return receive(with: receiver) }
        let buffer = unsafe reactor.readBuffer
        var areDescriptorsDropped: Int32 = 0
        let count = unsafe clinux_receive(descriptor, buffer.baseAddress, buffer.count, &areDescriptorsDropped)
        if areDescriptorsDropped != 0 { noteDroppedDescriptors() }
        received(count)
    }

    private func noteDroppedDescriptors() {
        let code = errno
        let complaints = makeExtras().complaints ?? PacedComplaints()
        extras?.complaints = complaints
        complaints.add("\(self): descriptors came that nobody here takes, and are closed", on: reactor)
        errno = code
    }

    /// Reads octets and the descriptors they carry.
    private func receive(with receiver: any DescriptorReceivingProtocol) {
        let message = unsafe Socket.receiveDescriptors(descriptor, into: reactor.readBuffer)
        if message.areSomeMissing {
            return end(.lost(SystemFailure(code: EMFILE, call: "recvmsg")))
        }
        if !message.descriptors.isEmpty {
            do { try receiver.descriptorsReceived(message.descriptors) } catch { fail(error) }
        }
        guard state != .ended else { return }
        received(message.count)
    }

    private func received(_ count: Int) {
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
        guard let halfCloseable = streamProtocol as? any HalfCloseableProtocol else {
            return loseConnection(within: Self.flushDeadline)
        }
        isReadEnded = true
        setInterest(.read, false)
        guard state == .open else { return }
        if writing == .ended { return end(.done) }
        do { try halfCloseable.readConnectionLost() } catch { fail(error) }
    }

    func pauseProducing() {
        isPaused = true
        if state == .open { setInterest(.read, false) }
    }

    func resumeProducing() {
        isPaused = false
        if state == .open, !isReadEnded { setInterest(.read, true) }
    }

    private func setInterest(_ part: Interest, _ wanted: Bool) {
        guard interest.contains(part) != wanted else { return }
        if wanted { interest.insert(part) } else { interest.remove(part) }
        do throws(SystemFailure) {
            if isUnwatched {
                isUnwatched = false
                try reactor.listenAgain(to: descriptor, interest: interest)
            } else {
                try reactor.modify(descriptor, interest: interest)
            }
        } catch {
            reset(.lost(error))
        }
    }

    // MARK: Ending

    func loseWriteConnection() {
        guard state == .open, writing == .open else { return }
        writing = .ending
        scheduleFlush()
    }

    /// Everything is sent: closes the writing half, and the connection when the other half is closed.
    private func closeWritingHalf() {
        writing = .ended
        if isReadEnded { return end(.done) }
        guard shutdown(descriptor, Int32(SHUT_WR)) == 0 else { return end(.lost(SystemFailure(call: "shutdown"))) }
        guard let halfCloseable = streamProtocol as? any HalfCloseableProtocol else { return }
        do { try halfCloseable.writeConnectionLost() } catch { fail(error) }
    }

    func loseConnection(within deadline: Duration) {
        guard state == .open else { return hastenClose(deadline) }
        state = .closing
        setInterest(.read, false)
        guard state == .closing else { return }
        makeExtras().deadline = reactor.callLater(deadline) { [weak self] in self?.reset(.timedOut) }
        scheduleFlush()
    }

    private func hastenClose(_ deadline: Duration) {
        guard state == .closing, let pending = extras?.deadline,
            reactor.now.advanced(by: deadline) < pending.deadline
        else { return }
        pending.reset(deadline)
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
        // Closing with unread input resets the connection, and the peer might lose what we sent last.
        _ = discardInput()
        release()(reason)
    }

    /// Closes the descriptor and lets go of everything; returns the last call to the protocol.
    private func release() -> (DisconnectReason) -> Void {
        lostByteCount = untakenByteCount
        state = .ended
        reactor.remove(descriptor)
        close(descriptor)
        descriptor = -1
        outbound.removeAll()
        let (lastProtocol, lastExtras) = (streamProtocol, extras)
        streamProtocol = nil
        extras = nil
        lastExtras?.deadline?.cancel()
        lastExtras?.complaints?.finish(on: reactor)
        lastExtras?.passing.removeAll()
        lastExtras?.descriptorReceiver = nil
        return { reason in
            lastExtras?.gate.remove()?.stopProducing()
            lastProtocol?.connectionLost(reason)
            lastExtras?.scope?.end()
        }
    }
}
