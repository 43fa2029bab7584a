/// The figures of a ``ConnectionLimitPolicy``, in connections at the same time.
public struct ConnectionLimits: Sendable {
    /// The most connections in all.
    public var total: Int

    /// The most connections of one peer, which is a block of addresses.
    public var perPeer: Int

    /// The leading bits of an IPv4 address that make a peer; 32 takes each address for itself.
    public var ipv4PrefixLength = 32

    /// The leading bits of an IPv6 address that make a peer; one household or machine usually has 64.
    public var ipv6PrefixLength = 64

    /// When to refuse some before all are refused; nil for never.
    public var earlyDrop: EarlyDrop?

    /// Peers that are never refused, nor counted.
    public var exempt: [AddressPrefix] = []

    /// What a refused peer is sent before the close, such as a line of text; nothing unless given.
    ///
    /// It is sent as it is: below TLS it would be no TLS.
    public var refusal: [UInt8] = []

    /// Makes limits; nothing else is limited, dropped or said.
    public init(total: Int, perPeer: Int = .max) {
        self.total = total
        self.perPeer = perPeer
    }

    /// Random refusals while a crowd is starting, as in OpenSSH's `MaxStartups start:rate:full`.
    ///
    /// A flood that fills all places for as long as it likes would lock everybody out; with this, some of
    /// the newcomers get in at any time.
    public struct EarlyDrop: Hashable, Sendable {
        /// From this many starting connections on, `rate` per cent of newcomers are refused.
        public var start: Int

        /// The share that is refused at `start`, in per cent, 0 to 100; it grows evenly up to `full`.
        public var rate: Int

        /// From this many starting connections on, all newcomers are refused.
        public var full: Int

        /// Makes the three figures.
        public init(start: Int, rate: Int, full: Int) {
            self.start = start
            self.rate = rate
            self.full = full
        }

        /// The chance of a refusal, in per cent, while `count` connections are starting.
        public func chance(starting count: Int) -> Int {
            guard count >= start else { return 0 }
            guard count < full, rate < 100 else { return 100 }
            let share = max(0, rate)
            // Doubles: the product of two counts may not fit.
            let progress = Double(count - start) / Double(full - start)
            return share + Int(Double(100 - share) * progress)
        }
    }
}

/// Limits the number of connections, in all and for each peer.
///
/// Being asked and counting are O(1) on average, and O(number of exempt blocks). The table of peers holds
/// only those that are connected, so it never has more entries than ``ConnectionLimits/total``.
public final class ConnectionLimitPolicy: ConnectionPolicy {
    /// The most refused peers that are being sent the refusal at the same time; others are just closed.
    public static let refusalsAtOnce = 64

    /// How long a refused peer has to take the refusal, in seconds.
    public static let refusalDeadline = Duration.seconds(2)

    /// The limits; a change counts for newcomers.
    public var limits: ConnectionLimits

    /// The connections there are, without those of exempt peers.
    public private(set) var currentCount = 0

    /// Those of ``currentCount`` that have not been ``establish(_:)``ed.
    public private(set) var startingCount = 0

    /// The connections admitted so far, exempt ones included.
    public private(set) var admittedCount = 0

    /// The connections refused so far because of ``ConnectionLimits/total``.
    public private(set) var refusedForTotalCount = 0

    /// The connections refused so far because of ``ConnectionLimits/perPeer``.
    public private(set) var refusedForPeerCount = 0

    /// The connections refused so far by ``ConnectionLimits/earlyDrop``.
    public private(set) var droppedEarlyCount = 0

    private var generator: any RandomNumberGenerator
    private var countByPeer: [AddressPrefix: Int] = [:]
    private var answeringCount = 0

    /// Makes a policy; `generator` decides early drops.
    public init(_ limits: ConnectionLimits, generator: any RandomNumberGenerator = SystemRandomNumberGenerator()) {
        self.limits = limits
        self.generator = generator
    }

    /// The number of connected peers, exempt ones not counted.
    public var peerCount: Int { countByPeer.count }

    /// The connections of the peer that an address belongs to.
    public func currentCount(of address: SocketAddress) -> Int { key(of: address).flatMap { countByPeer[$0] } ?? 0 }

    /// Says that a connection is no longer starting, as after a login; until then it counts for early drops.
    ///
    /// - Parameter transport: What the protocol was given; there may be other layers between.
    public func establish(_ transport: any Transport) {
        var candidate: (any Transport)? = transport
        while let layer = candidate {
            if let own = layer as? Layer, own.ticket?.policy === self {
                own.ticket?.establish()
                return
            }
            candidate = layer.underlying
        }
    }

    // MARK: Admission

    /// Whether there is room for a newcomer; counts those that are refused.
    public func admission(of peer: SocketAddress) -> Admission {
        if isExempt(peer) { return .admitted }
        if currentCount >= limits.total {
            refusedForTotalCount += 1
        } else if currentCount(of: peer) >= limits.perPeer {
            refusedForPeerCount += 1
        } else if isDroppedEarly() {
            droppedEarlyCount += 1
        } else {
            return .admitted
        }
        guard !limits.refusal.isEmpty, answeringCount < Self.refusalsAtOnce else { return .refused }
        return .answered(by: Refusal(self))
    }

    /// Counts a connection until its end, and until the layer is dropped at the latest.
    public func layer(below upper: any StreamProtocol, peer: SocketAddress) -> any StreamProtocol {
        admittedCount += 1
        return Layer(below: upper, ticket: isExempt(peer) ? nil : Ticket(self, key: key(of: peer)))
    }

    private func isExempt(_ peer: SocketAddress) -> Bool { limits.exempt.contains { $0.contains(peer) } }

    private func key(of peer: SocketAddress) -> AddressPrefix? {
        AddressPrefix(of: peer, ipv4Length: limits.ipv4PrefixLength, ipv6Length: limits.ipv6PrefixLength)
    }

    private func isDroppedEarly() -> Bool {
        guard let chance = limits.earlyDrop?.chance(starting: startingCount), chance > 0 else { return false }
        return chance >= 100 || Int.random(in: 0..<100, using: &generator) < chance
    }

    // MARK: Counting

    /// One counted connection; given back once.
    private final class Ticket {
        let policy: ConnectionLimitPolicy
        private let key: AddressPrefix?
        private var isStarting = true
        private var isHeld = true

        init(_ policy: ConnectionLimitPolicy, key: AddressPrefix?) {
            self.policy = policy
            self.key = key
            policy.currentCount += 1
            policy.startingCount += 1
            if let key { policy.countByPeer[key, default: 0] += 1 }
        }

        deinit {
            giveBack()
        }

        func establish() {
            guard isStarting else { return }
            isStarting = false
            policy.startingCount -= 1
        }

        func giveBack() {
            guard isHeld else { return }
            isHeld = false
            establish()
            policy.currentCount -= 1
            guard let key, let count = policy.countByPeer[key] else { return }
            policy.countByPeer[key] = count > 1 ? count - 1 : nil
        }
    }

    private final class Layer: TransportLayer {
        let ticket: Ticket?

        init(below upper: any StreamProtocol, ticket: Ticket?) {
            self.ticket = ticket
            super.init(below: upper)
        }

        override func connectionLost(_ reason: DisconnectReason) {
            ticket?.giveBack()
            super.connectionLost(reason)
        }
    }

    /// Says why, and closes.
    private final class Refusal: StreamProtocol {
        private let policy: ConnectionLimitPolicy

        init(_ policy: ConnectionLimitPolicy) {
            self.policy = policy
            policy.answeringCount += 1
        }

        deinit {
            policy.answeringCount -= 1
        }

        func connectionMade(over transport: any Transport) {
            transport.write(policy.limits.refusal)
            transport.loseConnection(within: ConnectionLimitPolicy.refusalDeadline)
        }

        func dataReceived(_ bytes: Span<UInt8>) {}

        func connectionLost(_ reason: DisconnectReason) {}
    }
}
