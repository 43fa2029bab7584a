import ReactorCore
import Transports

extension TLSTransport {
    /// Records arrived, or parts of them.
    public func dataReceived(_ bytes: Span<UInt8>) {
        // Nothing counts behind the peer's goodbye (RFC 8446 §6.1).
        guard stage < .ending, !hasPeerClosed else { return }
        guard held.isEmpty, !isReading else { return hold(bytes) }
        if isHandshaken { return unsafe bytes.withUnsafeBytes { unsafe process($0) } }
        let portion = reactor.handshakePortion
        guard portion.hasRoom else {
            hold(bytes)
            return portion.wait { self.takeUpHandshake() }
        }
        unsafe bytes.withUnsafeBytes { bytes in portion.spend { unsafe process(bytes) } }
    }

    private func hold(_ bytes: Span<UInt8>) {
        // Whoever waits for a turn is not listened to until then: neither more data nor an end may overtake what is held.
        if !isHandshaken { lower?.pauseProducing() }
        unsafe bytes.withUnsafeBytes { unsafe held.append(contentsOf: $0) }
    }

    /// A handshake's turn has come, after the others that made this pass or earlier ones long.
    private func takeUpHandshake() {
        guard stage < .ending, !isHandshaken, !isReading else { return }
        let waiting = held
        held = []
        unsafe waiting.withUnsafeBytes { unsafe process($0) }
        if stage < .ending, !(isHandshaken && isReadPaused) { lower?.resumeProducing() }
    }

    /// Stops reading: nothing more is decrypted, and the transport below is paused.
    ///
    /// May be called inside `dataReceived`. Before the handshake is complete this takes effect with its completion.
    public func pauseProducing() {
        guard !isReadPaused else { return }
        isReadPaused = true
        if isHandshaken, stage == .open { lower?.pauseProducing() }
    }

    /// Reads again; what has waited is delivered in a later pass.
    public func resumeProducing() {
        guard isReadPaused else { return }
        isReadPaused = false
        if isHandshaken, stage == .open { scheduleRead() }
    }

    /// Throws away what the peer has sent and the protocol has not seen, decrypting it first.
    public func discardUndelivered() -> Int {
        guard isHandshaken, stage == .open else { return 0 }
        var total = 0
        let discard = { [self] in
            unsafe engine.handle.scratch.withBuffer { buffer in
                while true {
                    let (count, outcome) = unsafe engine.read(into: buffer)
                    total += count
                    guard case .complete = outcome else { return }
                }
            }
        }
        if isReading {
            discard()
        } else {
            let waiting = held
            held = []
            _ = unsafe waiting.withUnsafeBytes { unsafe engine.withInput($0, discard).count }
        }
        forwardOutput()
        return total
    }

    /// Whether records may be decrypted: for the protocol, or while closing to find the peer's goodbye.
    private var mayRead: Bool {
        isHandshaken && !hasPeerClosed && (stage == .open ? !isReadPaused : stage < .ending)
    }

    func scheduleRead() {
        guard reading == nil else { return }
        reading = reactor.callLater(.zero) { [unowned self] in readHeld() }
    }

    /// Takes up what waited during a pause, and only when that is done has the transport below read again.
    private func readHeld() {
        reading = nil
        guard mayRead, !isReading else { return }
        let waiting = held
        held = []
        unsafe waiting.withUnsafeBytes { unsafe process($0) }
        if mayRead, held.isEmpty { lower?.resumeProducing() }
    }

    private func process(_ bytes: UnsafeRawBufferPointer) {
        isReading = true
        let rest = unsafe engine.withInput(bytes) { advance() }
        isReading = false
        if !plaintext.isEmpty { encryptAnswer() }
        guard stage < .ending, !hasPeerClosed else { return }
        if unsafe !rest.isEmpty { unsafe held.insert(contentsOf: rest, at: 0) }
        if held.isEmpty { return }
        if mayRead { scheduleRead() } else if !isHandshaken { reactor.handshakePortion.wait { self.takeUpHandshake() } }
    }

    private func advance() {
        if !isHandshaken {
            guard shakeHands() else { return }
        }
        while mayRead {
            guard readOnce() else { return }
        }
    }

    /// Decrypts and delivers one buffer; false when there is no more for now.
    private func readOnce() -> Bool {
        let outcome = unsafe engine.handle.scratch.withBuffer { buffer in
            let (count, outcome) = unsafe engine.read(into: buffer)
            forwardOutput()
            if count > 0, stage == .open { unsafe deliver(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
            return outcome
        }
        switch outcome {
        case .complete: return stage < .ending
        case .wantsInput: break
        // A protocol that has paused learns of the end when it reads again, as from a socket.
        case .closedByPeer: if mayRead { peerSaidGoodbye() }
        case .failed(let failure): fail(.layerFailure(failure))
        }
        return false
    }

    private func deliver(_ bytes: UnsafeRawBufferPointer) {
        do {
            try unsafe streamProtocol?.dataReceived(Span<UInt8>(_unsafeBytes: bytes))
        } catch {
            protocolFailed(error)
        }
    }
}
