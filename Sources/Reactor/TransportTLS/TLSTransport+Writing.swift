import ReactorCore
public import Transports

extension TLSTransport {
    /// Sends octets, at the end of the pass, or after the handshake.
    public func write(_ bytes: [UInt8]) {
        guard mayWrite, !bytes.isEmpty else { return }
        plaintext.append(bytes)
        wereQueued(bytes.count)
    }

    /// Sends octets from memory that is valid only now.
    public func write(_ bytes: Span<UInt8>) {
        guard mayWrite, !bytes.isEmpty else { return }
        guard bytes.count < TLSLimits.recordByteCount || !mayEncryptNow else { return encryptNow(bytes) }
        plaintext.append(bytes)
        wereQueued(bytes.count)
    }

    /// Whether nothing that was written before is still to be encrypted, and the transport below wants more.
    private var mayEncryptNow: Bool {
        isHandshaken && stage == .open && writing == .open && plaintext.isEmpty && flow == nil && gate.isEmpty
            && bufferedByteCount <= StreamLimits.producerHighWater
    }

    /// Encrypts a large write while it is still in the cache, instead of copying it.
    private func encryptNow(_ bytes: Span<UInt8>) {
        let count = min(bytes.count, TLSLimits.encryptionPiece)
        let outcome = unsafe bytes.withUnsafeBytes { bytes in
            unsafe engine.write(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        }
        forwardOutput()
        if case .failed(let failure) = outcome { return fail(.layerFailure(failure)) }
        let taken = if case .complete = outcome { count } else { 0 }
        guard taken < bytes.count, mayWrite else { return }
        plaintext.append(bytes.extracting(droppingFirst: taken))
        wereQueued(bytes.count - taken)
    }

    private var mayWrite: Bool { stage < .notified && writing != .ended }

    private func wereQueued(_ count: Int) {
        if !isReading || !mayEncryptAnswer { scheduleFlush() }
        if !isHandshaken, plaintext.count > TLSLimits.earlyByteCount {
            return cutOff(.outboundOverflow(limit: TLSLimits.earlyByteCount))
        }
        let waiting = bufferedByteCount
        if waiting - count > marks.limit { return cutOff(.outboundOverflow(limit: marks.limit)) }
        if waiting > marks.high { gate.pause()?.pauseProducing() }
    }

    /// Whether what the protocol writes while it is given data may be encrypted right after that.
    private var mayEncryptAnswer: Bool { isHandshaken && stage == .open && writing == .open && gate.isEmpty }

    /// Encrypts what the protocol has written while it was given data: with many connections, all that is needed for
    /// that would have left the cache by the end of the pass.
    func encryptAnswer() {
        if mayEncryptAnswer, !isFlushScheduled { encrypt() }
        if stage < .notified, !plaintext.isEmpty || flow != nil { scheduleFlush() }
    }

    func scheduleFlush() {
        guard !isFlushScheduled else { return }
        isFlushScheduled = true
        reactor.atEndOfPass(self)
    }

    /// Encrypts what the pass has written.
    package func passEnded() {
        isFlushScheduled = false
        flush()
    }

    /// Encrypts what waits, as far as the transport below takes it, then asks the producer for more or closes.
    func flush() {
        guard stage < .notified else { return }
        let isIdle = { [self] in plaintext.isEmpty && gate.isEmpty }
        guard isHandshaken else {
            if stage == .closing, isIdle() { endLower() }
            return
        }
        encrypt()
        guard stage < .notified else { return }
        gate.resume(bufferedByteCount, low: marks.low)?.resumeProducing()
        if plaintext.isEmpty, !isProducerWaiting { releaseFlow() }
        guard isIdle() else { return }
        if stage == .closing { sayGoodbye() } else if stage == .open, writing == .ending { closeWritingHalf() }
    }

    func encrypt() {
        while !plaintext.isEmpty, !isLowerFull {
            watchFlow()
            var count = 0
            let outcome = unsafe plaintext.withUnsent { bytes in
                count = min(bytes.count, TLSLimits.encryptionPiece)
                return unsafe engine.write(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
            }
            if case .complete = outcome { plaintext.removeFirst(count) }
            forwardOutput()
            switch outcome {
            case .complete: continue
            case .failed(let failure): return fail(.layerFailure(failure))
            case .wantsInput, .closedByPeer: return
            }
        }
    }

    func forwardOutput() {
        guard engine.hasOutput else { return }
        let records = engine.takeOutput()
        lower?.write(records.span)
        engine.giveBack(records)
    }

    // MARK: Flow

    /// Whether there is a producer that is to be asked for more, but not yet.
    private var isProducerWaiting: Bool { gate.isWaiting(bufferedByteCount) }

    /// Has the transport below say when it is full, and when it is empty enough for the producer; only while that
    /// matters, because a transport does not close while it has a producer.
    private func watchFlow() {
        guard flow == nil, isProducerWaiting || bufferedByteCount > StreamLimits.producerHighWater, let lower else {
            return
        }
        // What waits below must have been full to be reported as empty enough.
        let mark = min(marks.low, StreamLimits.producerHighWater)
        lower.waterMarks = WaterMarks(low: mark, high: mark)
        let made = LowerFlow(self)
        do {
            try lower.registerProducer(made, streaming: true)
            flow = made
        } catch {
            fail(.layerFailure(error))
        }
    }

    func releaseFlow() {
        guard let flow else { return }
        flow.owner = nil
        self.flow = nil
        isLowerFull = false
        lower?.unregisterProducer()
    }

    /// Lets `producer` know when to write more, by the rules of ``Transport``; what waits for encryption counts too.
    public func registerProducer(_ newProducer: any Producer, streaming: Bool) throws {
        guard mayWrite else { return newProducer.stopProducing() }
        try gate.admit(newProducer, streaming: streaming)?.resumeProducing()
    }

    /// Forgets the producer; a close that waited for it goes on.
    public func unregisterProducer() {
        gate.remove()
        if stage == .closing || writing == .ending || flow != nil { scheduleFlush() }
    }
}

/// What the transport below tells about its buffer.
final class LowerFlow: Producer {
    unowned var owner: TLSTransport?

    init(_ owner: TLSTransport) {
        self.owner = owner
    }

    func pauseProducing() { owner?.isLowerFull = true }

    func resumeProducing() {
        owner?.isLowerFull = false
        owner?.flush()
    }

    func stopProducing() {}
}
