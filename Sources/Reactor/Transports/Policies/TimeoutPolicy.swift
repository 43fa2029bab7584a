public import ReactorCore

/// Ends connections that are idle, or that last, for too long.
///
/// The protocol hears ``DisconnectReason/layerFailure(_:)`` with a ``TimeoutFailure``. Pausing does not stop the
/// time: a peer that neither reads nor writes shall go, even when back-pressure has stopped our reading.
public final class TimeoutPolicy: ConnectionPolicy {
    private let reactor: Reactor
    private let idle: Duration?
    private let total: Duration?
    private let countsSentData: Bool
    private let ending: LayerEnding
    private let farewell: String

    /// The connections this policy has ended.
    public fileprivate(set) var endedCount = 0

    /// Makes a policy.
    ///
    /// - Parameters:
    ///   - reactor: The reactor of the connections.
    ///   - idle: The longest time without received data; nil for no such limit.
    ///   - total: The longest time from the beginning of a connection to its end; nil for no such limit.
    ///   - countsSentData: Whether data that is written also ends idleness.
    ///   - ending: How a connection is ended; a close whose peer is stuck lasts until its own deadline.
    ///   - farewell: Written before a close, to tell the peer why; not after an upgrade above this layer, such as
    ///     `startTLS`, among whose octets it would be noise.
    public init(
        _ reactor: Reactor, idle: Duration? = nil, total: Duration? = nil, countsSentData: Bool = false,
        ending: LayerEnding = .abort, farewell: String = ""
    ) {
        self.farewell = farewell
        self.reactor = reactor
        self.idle = idle
        self.total = total
        self.countsSentData = countsSentData
        self.ending = ending
    }

    /// The layer that watches one connection.
    public func layer(below upper: any StreamProtocol, peer: SocketAddress) -> any StreamProtocol {
        Layer(below: upper, policy: self)
    }

    private final class Layer: TransportLayer {
        private let policy: TimeoutPolicy
        private var idleTimer: InactivityTimer?
        private var totalTimer: DelayedCall?
        private var isUpgraded = false

        init(below upper: any StreamProtocol, policy: TimeoutPolicy) {
            self.policy = policy
            super.init(below: upper)
        }

        deinit {
            totalTimer?.cancel()
        }

        override func connectionMade(over transport: any Transport) throws {
            if let idle = policy.idle {
                idleTimer = InactivityTimer(policy.reactor) { [weak self] in self?.timedOut(.idle(idle)) }
                idleTimer?.set(idle)
            }
            if let total = policy.total {
                totalTimer = policy.reactor.callLater(total) { [weak self] in self?.timedOut(.total(total)) }
            }
            try super.connectionMade(over: transport)
        }

        override func dataReceived(_ bytes: Span<UInt8>) throws {
            idleTimer?.reset()
            try super.dataReceived(bytes)
        }

        override func write(_ bytes: [UInt8]) {
            if policy.countsSentData { idleTimer?.reset() }
            super.write(bytes)
        }

        override func write(_ bytes: Span<UInt8>) {
            if policy.countsSentData { idleTimer?.reset() }
            super.write(bytes)
        }

        override func write(_ bytes: [UInt8], passing descriptors: [Int32]) throws(DescriptorPassingFailure) {
            if policy.countsSentData { idleTimer?.reset() }
            try super.write(bytes, passing: descriptors)
        }

        override func replaceProtocol(with newProtocol: any StreamProtocol) throws {
            try super.replaceProtocol(with: newProtocol)
            isUpgraded = true
        }

        override func connectionLost(_ reason: DisconnectReason) {
            stopTimers()
            super.connectionLost(reason)
        }

        private func timedOut(_ failure: TimeoutFailure) {
            stopTimers()
            policy.endedCount += 1
            if case .close = policy.ending, !policy.farewell.isEmpty, !isUpgraded {
                super.write(Array(policy.farewell.utf8))
            }
            end(.layerFailure(failure), by: policy.ending)
        }

        private func stopTimers() {
            idleTimer?.set(nil)
            idleTimer = nil
            totalTimer?.cancel()
            totalTimer = nil
        }
    }
}

/// A connection was ended because of time.
public enum TimeoutFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nothing arrived for this long.
    case idle(Duration)

    /// The connection has lasted this long.
    case total(Duration)

    /// The failure in one line.
    public var description: String {
        switch self {
        case .idle(let time): "the peer was silent for \(time)"
        case .total(let time): "the connection lasted longer than \(time)"
        }
    }
}
