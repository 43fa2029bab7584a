import Basics
import ReactorCore

/// Lets octets wait while the connection's or the common writing rate is exceeded.
final class PacedWritingLayer: TransportLayer, RateSharer {
    private let reactor: Reactor
    private let shared: SharedRate?
    private var bucket: TokenBucket?
    private var outbound = OutboundQueue()
    var turnTag: UInt64 = 0

    /// Runs while the connection's own bucket fills.
    private var timer: DelayedCall?
    private var isWaitingForTurn = false

    private var gate = ProducerGate()
    private var isAskScheduled = false
    private var flow: LowerFlow?
    private var isLowerFull = false

    private var closeTimer: DelayedCall?
    private var isEndingWriting = false
    private var isWritingEnded = false
    private var marks = WaterMarks.standard

    /// Octets that waited when the connection was lost.
    private var lostByteCount = 0

    init(below upper: any StreamProtocol, _ policy: RatePolicy) {
        reactor = policy.reactor
        shared = policy.sharedWriting
        bucket = policy.limits.writing?.makeBucket(reactor.now)
        super.init(below: upper)
    }

    deinit {
        timer?.cancel()
        closeTimer?.cancel()
    }

    override var bufferedByteCount: Int { outbound.count + super.bufferedByteCount }

    override var untakenByteCount: Int { lostByteCount + outbound.count + super.untakenByteCount }

    override var waterMarks: WaterMarks {
        get { marks }
        set { marks = newValue }
    }

    // MARK: Writing

    /// A producer may go on until it unregisters itself.
    private var isWritable: Bool { lower != nil && (!isEndingWriting || !gate.isEmpty) }

    /// Octets that carry descriptors cannot wait: what waits goes before them, and both leave a debt.
    override func write(_ bytes: [UInt8], passing descriptors: [Int32]) throws(DescriptorPassingFailure) {
        guard isWritable else { return }
        if !outbound.isEmpty {
            let waiting = unsafe outbound.withUnsent { unsafe [UInt8]($0) }
            outbound.removeAll()
            charge(waiting.count)
            lower?.write(waiting)
        }
        try super.write(bytes, passing: descriptors)
        charge(bytes.count)
        becameEmpty()
    }

    private func charge(_ count: Int) {
        bucket?.take(count, at: reactor.now)
        shared?.charge(self, count)
    }

    override func write(_ bytes: [UInt8]) {
        guard isWritable, !bytes.isEmpty, !isOverflowing() else { return }
        outbound.append(bytes)
        bytesWereQueued()
    }

    override func write(_ bytes: Span<UInt8>) {
        guard isWritable, !bytes.isEmpty, !isOverflowing() else { return }
        outbound.append(bytes)
        bytesWereQueued()
    }

    /// Whether more waits than may; the peer is cut off then.
    private func isOverflowing() -> Bool {
        guard outbound.count > marks.limit else { return false }
        outbound.removeAll()
        end(.outboundOverflow(limit: marks.limit))
        return true
    }

    private func bytesWereQueued() {
        pump()
        updateFlow()
        if outbound.count > marks.high { gate.pause()?.pauseProducing() }
    }

    private func lowerIsFull() {
        isLowerFull = true
        gate.pause()?.pauseProducing()
    }

    private func lowerIsEmpty() {
        isLowerFull = false
        becameEmpty()
        pump()
    }

    /// Sends what the rates allow now, or sees to it that this is called again when they do.
    private func pump() {
        guard lower != nil, !outbound.isEmpty, !isLowerFull, timer == nil, !isWaitingForTurn else { return }
        if let delay = bucket?.delay(until: worthwhileCount, at: reactor.now), delay > .zero {
            timer = reactor.callLater(delay) { [weak self] in
                self?.timer = nil
                self?.pump()
            }
        } else if let shared {
            isWaitingForTurn = true
            shared.wait(self)
        } else {
            send(.max)
            pump()
        }
    }

    private var worthwhileCount: Int { min(outbound.count, RatePolicy.pieceSize) }

    var isGone: Bool { lower == nil }

    var wantedCount: Int { lower == nil || isLowerFull ? 0 : outbound.count }

    func takeTurn(_ count: Int) -> (used: Int, wantsMore: Bool) {
        isWaitingForTurn = false
        guard wantedCount > 0 else { return (0, false) }
        let used = send(count)
        let isOwnRateMet = bucket?.delay(until: worthwhileCount, at: reactor.now) ?? .zero == .zero
        // What a producer wrote meanwhile may have queued us already.
        if used > 0, isOwnRateMet, wantedCount > 0, !isWaitingForTurn {
            isWaitingForTurn = true
            return (used, true)
        }
        pump()
        return (used, false)
    }

    /// Sends at most `limit` octets of those that wait and that the connection's own rate allows.
    @discardableResult private func send(_ limit: Int) -> Int {
        var count = min(limit, outbound.count)
        if let own = bucket?.available(at: reactor.now) { count = min(count, own) }
        guard count > 0 else { return 0 }
        // A copy, because the transport below may call a producer that writes.
        let piece = unsafe outbound.withUnsent { unsafe [UInt8]($0.prefix(count)) }
        outbound.removeFirst(count)
        bucket?.take(count, at: reactor.now)
        lower?.write(piece)
        if outbound.isEmpty {
            becameEmpty()
        } else if outbound.count <= marks.low, !isLowerFull {
            gate.resumeStreaming()?.resumeProducing()
        }
        return count
    }

    private func becameEmpty() {
        guard outbound.isEmpty, !isLowerFull else { return }
        if gate.nextPiece() != nil { askInNextPass() } else { gate.resumeStreaming()?.resumeProducing() }
        updateFlow()
        finishClosing()
    }

    /// A producer that writes a piece each time would otherwise be asked again inside its own writing.
    private func askInNextPass() {
        guard !isAskScheduled else { return }
        isAskScheduled = true
        reactor.callLater(.zero) { [weak self] in
            guard let self else { return }
            isAskScheduled = false
            if outbound.isEmpty, !isLowerFull { gate.nextPiece()?.resumeProducing() }
        }
    }

    // MARK: Producers

    override func registerProducer(_ newProducer: any Producer, streaming: Bool) throws {
        guard lower != nil, !isEndingWriting else { return newProducer.stopProducing() }
        let eager = try gate.admit(newProducer, streaming: streaming)
        updateFlow()
        eager?.resumeProducing()
    }

    override func unregisterProducer() {
        gate.remove()
        updateFlow()
        finishClosing()
    }

    override func replaceProtocol(with newProtocol: any StreamProtocol) throws {
        if !gate.isEmpty { throw TransportMisuse.producerRegisteredTwice }
        try super.replaceProtocol(with: newProtocol)
    }

    /// While octets or a producer wait here, the transport below neither closes nor takes more than it can.
    private func updateFlow() {
        let isNeeded = lower != nil && (!outbound.isEmpty || !gate.isEmpty)
        guard isNeeded != (flow != nil) else { return }
        guard isNeeded else {
            flow = nil
            isLowerFull = false
            lower?.unregisterProducer()
            return
        }
        let made = LowerFlow(self)
        flow = made
        // Nobody else can have registered one: this layer is the only way down.
        try? lower?.registerProducer(made, streaming: true)
    }

    /// The producer that the transport below knows.
    private final class LowerFlow: Producer {
        private weak var layer: PacedWritingLayer?

        init(_ layer: PacedWritingLayer) {
            self.layer = layer
        }

        func pauseProducing() { layer?.lowerIsFull() }

        func resumeProducing() { layer?.lowerIsEmpty() }

        func stopProducing() { layer?.stopProducer() }
    }

    private func stopProducer() { gate.remove()?.stopProducing() }

    // MARK: Ending

    override var isClosing: Bool { closeTimer != nil || super.isClosing }

    override func loseConnection(within deadline: Duration) {
        guard !outbound.isEmpty || !gate.isEmpty, lower != nil else {
            return super.loseConnection(within: deadline)
        }
        if let closeTimer {
            if reactor.now.advanced(by: deadline) < closeTimer.deadline { closeTimer.reset(deadline) }
            return
        }
        holdReading()
        closeTimer = reactor.callLater(deadline) { [weak self] in self?.end(.timedOut) }
    }

    override func loseWriteConnection() {
        isEndingWriting = true
        finishClosing()
    }

    private func finishClosing() {
        guard outbound.isEmpty, gate.isEmpty else { return }
        if isEndingWriting, !isWritingEnded {
            isWritingEnded = true
            super.loseWriteConnection()
        }
        guard let closeTimer, closeTimer.isActive else { return }
        closeTimer.cancel()
        super.loseConnection(within: reactor.now.duration(to: closeTimer.deadline))
    }

    override func abortConnection() {
        outbound.removeAll()
        super.abortConnection()
    }

    override func dataReceived(_ bytes: Span<UInt8>) throws {
        if closeTimer == nil { try super.dataReceived(bytes) }
    }

    override func connectionLost(_ reason: DisconnectReason) {
        timer?.cancel()
        closeTimer?.cancel()
        flow = nil
        lostByteCount = outbound.count
        outbound.removeAll()
        stopProducer()
        super.connectionLost(reason)
        if isWaitingForTurn { shared?.left() }
    }
}
