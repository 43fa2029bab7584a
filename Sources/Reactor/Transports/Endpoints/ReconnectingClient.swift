import Basics
public import ReactorCore

/// How long to wait before connecting again.
///
/// The *n*-th wait in a row is `first` × `factor`^*n*, at most `longest`, and made longer or shorter by a random part of up to
/// `jitter`, so that the clients of a server that comes back do not all come at once.
public struct BackOff: Hashable, Sendable {
    /// The first wait.
    public var first: Duration = .seconds(1)

    /// What each wait is longer than the one before; at least 1.
    public var factor = 1.5

    /// The longest wait before jitter.
    public var longest: Duration = .seconds(60)

    /// The largest random part, from 0 to 1.
    public var jitter = 0.2

    /// Makes the usual back-off: from 1 s to 60 s, half as much again each time, give or take a fifth.
    public init() {}

    /// The wait after `failures` failures in a row, counting from zero.
    public func wait(after failures: Int, using random: inout some RandomNumberGenerator) -> Duration {
        var wait = max(.zero, first)
        // After so many steps even the smallest wait with the smallest useful factor has reached its bound.
        for _ in 0..<min(failures, 1000) where wait < longest { wait = wait * max(1, factor) }
        let part = min(1, max(0, jitter))
        return min(wait, longest) * (1 + Double.random(in: -part...part, using: &random))
    }
}

/// Why ``ReconnectingClient/whenConnected(failAfter:)`` gave no connection.
public enum ReconnectFailure: Error {
    /// The client was stopped, or never started.
    case stopped

    /// As many attempts failed as were allowed; `last` is the failure of the last one.
    case gaveUp(attempts: Int, last: any Error)
}

/// Keeps a connection to an endpoint: connects, and connects again whenever it is lost.
///
/// | State | On `start` | On `stop` | Moves to |
/// | --- | --- | --- | --- |
/// | `stopped` | connects | — | `connecting` |
/// | `connecting` | — | gives up the attempt | `connected`, `waiting`, `stopped` |
/// | `waiting` | — | forgets the timer | `connecting`, `stopped` |
/// | `connected` | — | closes the connection | `waiting`, `stopping` |
/// | `stopping` | connects again when closed | — | `stopped`, `connecting` |
///
/// - Isolation: belongs to its reactor's thread.
public final class ReconnectingClient<Connected: StreamProtocol> {
    /// What the client is doing.
    public enum State: Hashable, Sendable {
        /// Nothing; it has not been started, or has been stopped.
        case stopped

        /// It tries to connect, or prepares the connection it has made.
        case connecting

        /// It waits before the next attempt.
        case waiting

        /// The connection is there.
        case connected

        /// It closes the connection.
        case stopping
    }

    private struct Waiter {
        let number: UInt64
        let outcome: Deferred<Connected>
        let limit: Int?
        var failures = 0
    }

    /// What the client is doing now.
    public private(set) var state = State.stopped {
        didSet { if state != oldValue { onChange?(state) } }
    }

    /// Is told of every change of ``state``.
    public var onChange: ((State) -> Void)?

    /// Attempts that failed since the last connection.
    public private(set) var failures = 0

    /// Does what has to be done on each new connection before it counts as connected, such as logging in.
    ///
    /// When it fails, the connection is dropped and the attempt has failed.
    public var prepareConnection: ((Connected) -> Deferred<Void>)?

    private let endpoint: any ClientEndpoint
    private let reactor: Reactor
    private let backOff: BackOff
    private var random: SeededGenerator
    private let makeProtocol: () -> Connected
    private var attempt: Deferred<Void>?
    private var relay: ConnectionRelay<Connected>?
    private var timer: DelayedCall?
    private var waiters: [Waiter] = []
    private var lastWaiter: UInt64 = 0
    private var stopWaiters: [Deferred<Void>] = []
    private var startsAgain = false

    /// Makes a client that does nothing until ``start()``.
    ///
    /// - Parameters:
    ///   - endpoint: Where to connect to.
    ///   - reactor: Where it lives.
    ///   - backOff: How long it waits between attempts.
    ///   - seed: Where the jitter's random numbers begin.
    ///   - makeProtocol: Makes the protocol of each attempt.
    public init(
        endpoint: any ClientEndpoint, on reactor: Reactor, backOff: BackOff = BackOff(),
        seed: UInt64 = .random(in: .min ... .max), makeProtocol: @escaping () -> Connected
    ) {
        self.endpoint = endpoint
        self.reactor = reactor
        self.backOff = backOff
        random = SeededGenerator(seed: seed)
        self.makeProtocol = makeProtocol
    }

    /// Begins to keep a connection; does nothing when it does so already.
    public func start() {
        switch state {
        case .stopped: connect()
        case .stopping: startsAgain = true
        case .connecting, .waiting, .connected: break
        }
    }

    /// Ends the connection or the attempt at one.
    ///
    /// - Returns: Fires when nothing is left of the connection.
    public func stop() -> Deferred<Void> {
        startsAgain = false
        switch state {
        case .stopped: return .succeeded(())
        case .connecting, .waiting:
            timer?.cancel()
            timer = nil
            let (attempt, relay) = (self.attempt, self.relay)
            self.attempt = nil
            self.relay = nil
            becomeStopped()
            relay?.onLost = nil
            relay?.transport?.abortConnection()
            attempt?.cancel()
            return .succeeded(())
        case .connected, .stopping:
            state = .stopping
            let stopped = Deferred<Void>()
            stopWaiters.append(stopped)
            relay?.transport?.loseConnection()
            return stopped
        }
    }

    /// The connection, now or when there is one.
    ///
    /// - Parameter limit: Fails after as many failed attempts from now on; nil waits for ever.
    /// - Returns: The connected protocol; fails with ``ReconnectFailure``. Cancelling only stops waiting.
    public func whenConnected(failAfter limit: Int? = nil) -> Deferred<Connected> {
        switch state {
        case .connected: if let relay { return .succeeded(relay.inner) }
        case .stopped: return .failed(ReconnectFailure.stopped)
        case .connecting, .waiting, .stopping: break
        }
        lastWaiter += 1
        let number = lastWaiter
        let outcome = Deferred<Connected> { [weak self] in self?.waiters.removeAll { $0.number == number } }
        waiters.append(Waiter(number: number, outcome: outcome, limit: limit))
        return outcome
    }

    // MARK: Machinery

    private func connect() {
        state = .connecting
        let relay = ConnectionRelay(inner: makeProtocol())
        self.relay = relay
        relay.onLost = { [weak self, weak relay] reason in
            if let relay { self?.connectionLost(relay, reason) }
        }
        let attempt = endpoint.connect(relay, on: reactor).flatMap { [weak self] relay -> Deferred<Void> in
            self?.prepareConnection?(relay.inner) ?? .succeeded(())
        }
        self.attempt = attempt
        attempt.whenDone { [weak self] result in
            guard let self, self.relay === relay, state == .connecting else { return }
            self.attempt = nil
            switch result {
            case .success: succeed(relay)
            case .failure(let error): fail(error)
            }
        }
    }

    private func succeed(_ relay: ConnectionRelay<Connected>) {
        state = .connected
        failures = 0
        let ready = waiters
        waiters = []
        for waiter in ready where !waiter.outcome.isFired { waiter.outcome.succeed(relay.inner) }
    }

    private func fail(_ error: any Error) {
        relay?.onLost = nil
        relay?.transport?.abortConnection()
        relay = nil
        scheduleAttempt()
        var given: [Waiter] = []
        var rest: [Waiter] = []
        for var waiter in waiters where !waiter.outcome.isFired {
            waiter.failures += 1
            if let limit = waiter.limit, waiter.failures >= limit { given.append(waiter) } else { rest.append(waiter) }
        }
        waiters = rest
        for waiter in given {
            waiter.outcome.fail(ReconnectFailure.gaveUp(attempts: waiter.failures, last: error))
        }
    }

    private func scheduleAttempt() {
        state = .waiting
        timer = reactor.callLater(backOff.wait(after: failures, using: &random)) { [weak self] in
            self?.timer = nil
            self?.connect()
        }
        failures += 1
    }

    private func connectionLost(_ relay: ConnectionRelay<Connected>, _ reason: DisconnectReason) {
        guard self.relay === relay else { return }
        switch state {
        case .connected:
            self.relay = nil
            failures = 0
            scheduleAttempt()
        case .connecting:
            let attempt = self.attempt
            self.attempt = nil
            fail(reason)
            attempt?.cancel()
        case .stopping:
            self.relay = nil
            becomeStopped()
        case .stopped, .waiting: break
        }
    }

    private func becomeStopped() {
        state = .stopped
        failures = 0
        let (abandoned, stopped) = (waiters, stopWaiters)
        if !startsAgain { waiters = [] }
        stopWaiters = []
        if startsAgain {
            startsAgain = false
            connect()
        } else {
            for waiter in abandoned where !waiter.outcome.isFired { waiter.outcome.fail(ReconnectFailure.stopped) }
        }
        for waiter in stopped where !waiter.isFired { waiter.succeed(()) }
    }
}

/// Stands between a transport and a protocol, and tells when the connection is lost.
final class ConnectionRelay<Inner: StreamProtocol>: StreamProtocol {
    let inner: Inner
    var onLost: ((DisconnectReason) -> Void)?
    private(set) var transport: (any Transport)?

    init(inner: Inner) {
        self.inner = inner
    }

    func connectionMade(over transport: any Transport) throws {
        self.transport = transport
        try inner.connectionMade(over: transport)
    }

    func dataReceived(_ bytes: Span<UInt8>) throws { try inner.dataReceived(bytes) }

    func connectionLost(_ reason: DisconnectReason) {
        transport = nil
        inner.connectionLost(reason)
        onLost?(reason)
    }
}
