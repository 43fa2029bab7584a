import ReactorCore
public import Transports

extension TLSTransport {
    /// Sends octets, at the end of the pass, or after the handshake.
    public func write(_ bytes: [UInt8]) {
        guard stage < .notified, !bytes.isEmpty else { return }
        plaintext.append(bytes)
        bytesWereQueued()
    }

    /// Sends octets from memory that is valid only now.
    public func write(_ bytes: Span<UInt8>) {
        guard stage < .notified, !bytes.isEmpty else { return }
        plaintext.append(bytes)
        bytesWereQueued()
    }

    private func bytesWereQueued() {
        scheduleFlush()
        if !isHandshaken, plaintext.count > TLSLimits.earlyByteCount {
            return cutOff(.outboundOverflow(limit: TLSLimits.earlyByteCount))
        }
        let waiting = bufferedByteCount
        guard waiting > StreamLimits.producerHighWater else { return }
        if waiting > StreamLimits.outboundByteCount {
            return cutOff(.outboundOverflow(limit: StreamLimits.outboundByteCount))
        }
        if isStreaming, !isProducerPaused {
            isProducerPaused = true
            producer?.pauseProducing()
        }
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
        let isIdle = { [self] in plaintext.isEmpty && producer == nil }
        guard isHandshaken else {
            if stage == .closing, isIdle() { endLower() }
            return
        }
        encrypt()
        guard stage < .notified else { return }
        if plaintext.isEmpty, !isLowerFull {
            releaseFlow()
            askProducer()
        }
        if stage == .closing, isIdle() { sayGoodbye() }
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
        let records = engine.takeOutput()
        if !records.isEmpty { lower?.write(records) }
    }

    // MARK: Flow

    /// Has the transport below say when it is full; only while there is much to send, because a
    /// transport does not close while it has a producer.
    private func watchFlow() {
        guard flow == nil, bufferedByteCount > StreamLimits.producerHighWater, let lower else { return }
        let made = LowerFlow(self)
        do {
            try lower.registerProducer(made, streaming: true)
            flow = made
        } catch {
            fail(.layerFailure(error))
        }
    }

    func releaseFlow() {
        guard flow != nil else { return }
        flow = nil
        isLowerFull = false
        lower?.unregisterProducer()
    }

    /// Lets `producer` know when to write more, by the rules of ``Transport``; what waits for encryption counts too.
    public func registerProducer(_ newProducer: any Producer, streaming: Bool) throws {
        guard stage < .notified else { return newProducer.stopProducing() }
        guard producer == nil else { throw TransportMisuse.producerRegisteredTwice }
        producer = newProducer
        isStreaming = streaming
        isProducerPaused = false
        if !streaming { newProducer.resumeProducing() }
    }

    /// Forgets the producer; a close that waited for it goes on.
    public func unregisterProducer() {
        producer = nil
        isStreaming = false
        if stage == .closing { scheduleFlush() }
    }

    private func askProducer() {
        if isStreaming {
            guard isProducerPaused else { return }
            isProducerPaused = false
        }
        producer?.resumeProducing()
    }
}

/// What the transport below tells about its buffer.
final class LowerFlow: Producer {
    private weak var owner: TLSTransport?

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
