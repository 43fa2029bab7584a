import ReactorCore

/// Pauses the transport while the connection's or the common reading rate is exceeded.
final class PacedReadingLayer: TransportLayer, RateSharer {
    private let reactor: Reactor
    private let shared: SharedRate?
    private var bucket: TokenBucket?
    private var timer: DelayedCall?
    private var isWaitingForTurn = false
    var turnTag: UInt64 = 0

    init(below upper: any StreamProtocol, _ policy: RatePolicy) {
        reactor = policy.reactor
        shared = policy.sharedReading
        bucket = policy.limits.reading?.makeBucket(reactor.now)
        super.init(below: upper)
    }

    deinit {
        timer?.cancel()
    }

    /// One that comes while the others owe something waits for its turn: coming anew is no way around the rate.
    override func connectionMade(over transport: any Transport) throws {
        try super.connectionMade(over: transport)
        guard let shared, shared.isInDebt, lower != nil, timer == nil, !isWaitingForTurn else { return }
        holdReading()
        isWaitingForTurn = true
        shared.wait(self)
    }

    override func dataReceived(_ bytes: Span<UInt8>) throws {
        bucket?.take(bytes.count, at: reactor.now)
        shared?.charge(self, bytes.count)
        waitWhileInDebt()
        try super.dataReceived(bytes)
    }

    override func connectionLost(_ reason: DisconnectReason) {
        timer?.cancel()
        timer = nil
        super.connectionLost(reason)
        if isWaitingForTurn { shared?.left() }
    }

    /// First the connection's own debt is paid, then it queues for the common one.
    private func waitWhileInDebt() {
        guard lower != nil, timer == nil, !isWaitingForTurn else { return }
        if let delay = bucket?.delay(until: 0, at: reactor.now), delay > .zero {
            holdReading()
            timer = reactor.callLater(delay) { [weak self] in
                self?.timer = nil
                self?.waitWhileInDebt()
            }
        } else if let shared, shared.isInDebt {
            holdReading()
            isWaitingForTurn = true
            shared.wait(self)
        } else {
            releaseReading()
        }
    }

    var isGone: Bool { lower == nil }

    /// One octet: whether there is no debt any more.
    var wantedCount: Int { lower == nil ? 0 : 1 }

    func takeTurn(_ count: Int) -> (used: Int, wantsMore: Bool) {
        isWaitingForTurn = false
        guard lower != nil else { return (0, false) }
        releaseReading()
        return (0, false)
    }
}
