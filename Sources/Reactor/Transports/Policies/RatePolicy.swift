import Basics
public import ReactorCore

/// The rates of a ``RatePolicy``; nil for no such limit.
public struct RateLimits: Hashable, Sendable {
    /// An even rate with some allowance.
    public struct Rate: Hashable, Sendable {
        /// Octets a second, at least 1.
        public var octetsPerSecond: Int

        /// The octets that may come at once after a silence, at least 1.
        public var burst: Int

        /// Makes a rate; the burst is what comes in a second unless given.
        public init(octetsPerSecond: Int, burst: Int? = nil) {
            self.octetsPerSecond = octetsPerSecond
            self.burst = burst ?? octetsPerSecond
        }
    }

    /// What each connection may receive.
    public var reading: Rate?

    /// What each connection may send.
    public var writing: Rate?

    /// What all connections together may receive.
    public var totalReading: Rate?

    /// What all connections together may send.
    public var totalWriting: Rate?

    /// Makes limits.
    public init(
        reading: Rate? = nil, writing: Rate? = nil, totalReading: Rate? = nil, totalWriting: Rate? = nil
    ) {
        self.reading = reading
        self.writing = writing
        self.totalReading = totalReading
        self.totalWriting = totalWriting
    }
}

/// Limits how fast connections receive and send, each for itself and all together.
///
/// **Receiving.** What has arrived is delivered at once, and may leave a debt of one read at most; the transport
/// is then paused until the debt is paid, so the kernel slows the peer down. When the debt is the common one,
/// connections, new ones too, read again one by one, first those that have received least. What many connections
/// have received at once is forgiven beyond one burst or one read, whichever is more: those who are left do not
/// wait for what the others owe. A flood of connections, each with a turn of its own, is for a
/// ``ConnectionLimitPolicy`` to stop.
///
/// **Sending.** What exceeds the rate waits in the layer, in order, and counts for the transport's buffered
/// octets, its producers and ``WaterMarks/limit``. The common rate is dealt out in pieces of
/// ``pieceSize``, first to those that have sent least. A closing connection still keeps to the rate: its
/// deadline must allow for it.
///
/// Time is the reactor's. A connection costs one delayed call at a time, not one for each octet.
public final class RatePolicy: ConnectionPolicy {
    /// The octets sent at a turn, and worth waking up for; our choice, a few Ethernet frames.
    public static let pieceSize = 4096

    let reactor: Reactor
    let limits: RateLimits
    let sharedReading: SharedRate?
    let sharedWriting: SharedRate?

    /// Makes a policy whose buckets are full.
    public init(_ reactor: Reactor, _ limits: RateLimits) {
        self.reactor = reactor
        self.limits = limits
        sharedReading = limits.totalReading.map { SharedRate(reactor, $0, oneTurnPerPass: true) }
        sharedWriting = limits.totalWriting.map { SharedRate(reactor, $0, oneTurnPerPass: false) }
    }

    /// The layer that limits one connection.
    public func layer(below upper: any StreamProtocol, peer: SocketAddress) -> any StreamProtocol {
        let paced = limits.writing == nil && limits.totalWriting == nil ? upper : PacedWritingLayer(below: upper, self)
        return limits.reading == nil && limits.totalReading == nil ? paced : PacedReadingLayer(below: paced, self)
    }
}

extension RateLimits.Rate {
    func makeBucket(_ now: MonotonicInstant) -> TokenBucket {
        TokenBucket(rate: octetsPerSecond, burst: burst, now: now)
    }
}

/// Something that takes its turn at a common rate.
protocol RateSharer: AnyObject {
    /// The octets it has had, as the queue counts.
    var turnTag: UInt64 { get set }

    /// The octets worth waking up for; 0 when it has nothing to do with a turn at present.
    var wantedCount: Int { get }

    /// Whether its connection is gone.
    var isGone: Bool { get }

    /// Uses at most `count` octets now, and says how many, and whether it waits for more; not without using any.
    func takeTurn(_ count: Int) -> (used: Int, wantsMore: Bool)
}

/// The bucket of all connections in one direction, and who waits for it.
final class SharedRate {
    private let reactor: Reactor
    private var bucket: TokenBucket
    private var queue = TurnQueue<any RateSharer>()
    private var timer: DelayedCall?
    private var isServing = false
    private let oneTurnPerPass: Bool

    /// With `oneTurnPerPass`, what a turn uses is known only in the next pass, as when somebody may read again.
    init(_ reactor: Reactor, _ rate: RateLimits.Rate, oneTurnPerPass: Bool) {
        self.reactor = reactor
        self.oneTurnPerPass = oneTurnPerPass
        bucket = rate.makeBucket(reactor.now)
    }

    deinit {
        timer?.cancel()
    }

    var isInDebt: Bool { bucket.available(at: reactor.now) < 0 }

    /// Who waits, those included who are gone and not swept out yet.
    var waitingCount: Int { queue.count }

    /// Waiters whose connections are gone, counted to sweep them out once they are most of the queue.
    private var goneCount = 0

    /// Takes octets that came unasked.
    func charge(_ sharer: any RateSharer, _ count: Int) {
        bucket.take(count, at: reactor.now)
        // What is received comes unasked, from many at once; what is sent is ours to hold back.
        if oneTurnPerPass { bucket.forgiveDebt(beyond: max(bucket.burst, Reactor.readBufferSize)) }
        sharer.turnTag = queue.tag(sharer.turnTag, after: count)
    }

    /// Waits for a turn, which may come at once for whoever had least; each sharer only once at a time.
    func wait(_ sharer: any RateSharer) {
        queue.append(sharer, tag: sharer.turnTag)
        if queue.first === sharer { serve() }
    }

    /// A waiter's connection is gone; O(1) on the average.
    func left() {
        goneCount += 1
        guard goneCount > 16, goneCount > queue.count / 2 else { return }
        queue.removeAll { $0.isGone }
        goneCount = 0
        arm()
    }

    /// Gives turns while there is something to give.
    private func serve() {
        guard !isServing else { return }
        isServing = true
        while let first = queue.first {
            let available = bucket.available(at: reactor.now)
            let isIdle = first.wantedCount < 1
            guard isIdle || available >= worthwhile(first) else { break }
            _ = queue.popFirst()
            if first.isGone { goneCount = max(0, goneCount - 1) }
            let turn = first.takeTurn(min(max(0, available), RatePolicy.pieceSize))
            if turn.used > 0 { charge(first, turn.used) }
            if turn.wantsMore { queue.append(first, tag: first.turnTag) }
            if oneTurnPerPass, !isIdle { break }
        }
        isServing = false
        arm()
    }

    /// The fewest octets for which the first waiter's turn comes.
    private func worthwhile(_ sharer: any RateSharer) -> Int {
        min(sharer.wantedCount, RatePolicy.pieceSize, bucket.burst)
    }

    private func arm() {
        timer?.cancel()
        timer = nil
        guard let first = queue.first else { return }
        timer = reactor.callLater(bucket.delay(until: worthwhile(first), at: reactor.now)) { [weak self] in
            self?.timer = nil
            self?.serve()
        }
    }
}
