import Basics

/// Calls a body at regular intervals, without drift.
///
/// Calls are due at the start plus whole multiples of the interval, however long the body takes; what
/// was missed is skipped and counted. A body that waits is called again at the first due time after its
/// deferred has fired. A body that fails ends the loop.
///
/// A running loop is kept by its reactor and keeps it; it may be started again when it has ended.
///
/// ```swift
/// let heartbeat = LoopingCall(on: reactor, counting: { missed in world.tick(missed) })
/// scope.add(heartbeat.start(every: .seconds(1)))
/// ```
public final class LoopingCall {
    private let reactor: Reactor
    private let body: (Int) throws -> Deferred<Void>?

    /// Whether there will be another call.
    public private(set) var isRunning = false

    /// The time between two calls; zero makes one in every pass.
    public private(set) var interval = Duration.zero

    private var start = MonotonicInstant.zero

    /// The due times since the start that were made or skipped, less one.
    private var lastSlot: Int64 = 0
    private var call: DelayedCall?
    private var outcome: Deferred<Void>?
    private var isInBody = false

    /// What the body returned and has not fired.
    private weak var pending: DeferredNode?

    private init(_ reactor: Reactor, _ body: @escaping (Int) throws -> Deferred<Void>?) {
        self.reactor = reactor
        self.body = body
    }

    /// Makes a loop of a body that does not wait.
    public convenience init(on reactor: Reactor, _ body: @escaping () throws -> Void) {
        self.init(reactor) { _ in
            try body()
            return nil
        }
    }

    /// Makes a loop of a body that hears for how many due times it is called: one, and one more for each that was missed.
    public convenience init(on reactor: Reactor, counting body: @escaping (_ count: Int) throws -> Void) {
        self.init(reactor) { count in
            try body(count)
            return nil
        }
    }

    /// Makes a loop that waits for the deferred of its body before it calls it again.
    ///
    /// The body hears for how many due times it is called.
    public convenience init(
        on reactor: Reactor, waitingFor body: @escaping (_ count: Int) throws -> Deferred<Void>
    ) {
        self.init(reactor, body)
    }

    /// Makes a loop that runs its body as a task, and waits for the end of that before it calls it again.
    ///
    /// The body hears for how many due times it is called.
    public convenience init(
        on reactor: Reactor, spawning body: @escaping (_ count: Int) async throws -> Void
    ) {
        self.init(reactor) { count in reactor.spawn { try await body(count) } }
    }

    /// Begins to call the body.
    ///
    /// Starting a loop that has not ended is a mistake of the program and stops it.
    ///
    /// - Parameters:
    ///   - interval: The time between two calls; a negative one counts as zero.
    ///   - now: Whether the first call is made at once, inside this one, instead of after an interval.
    ///   - fileID: Where the loop was started, for reports.
    ///   - line: The line in that file.
    /// - Returns: A deferred that succeeds after ``stop()`` and fails when the body does. Cancelling it
    ///   stops the loop and cancels what the body waits for.
    @discardableResult public func start(
        every interval: Duration, now: Bool = true, fileID: StaticString = #fileID, line: UInt = #line
    ) -> Deferred<Void> {
        precondition(outcome == nil && !isInBody, "a looping call was started before it had ended")
        let outcome = Deferred<Void>(canceller: { [weak self] in self?.abort() }, fileID: fileID, line: line)
        self.outcome = outcome
        self.interval = max(.zero, interval)
        isRunning = true
        start = instant
        lastSlot = now ? -1 : 0
        if now { run() } else { schedule() }
        return outcome
    }

    /// Makes no further call; the deferred of the start succeeds, when the body is done with what it waits for.
    public func stop() {
        guard isRunning else { return }
        isRunning = false
        guard !isInBody else { return }
        finish(.success(()))
    }

    /// Has the next call made an interval from now, and the others in step with it.
    public func reset() {
        guard isRunning else { return }
        start = instant
        lastSlot = 0
        guard let call else { return }
        call.cancel()
        schedule()
    }

    /// The instant by a fresh look at the clock: a body may take longer than an interval within one pass.
    private var instant: MonotonicInstant { reactor.now.advanced(by: reactor.elapsedInPass) }

    private func schedule() {
        let current = instant
        let step = interval.wholeNanoseconds
        let elapsed = max(0, start.duration(to: current).wholeNanoseconds)
        let due = step == 0 ? current : current.advanced(by: .nanoseconds(step - elapsed % step))
        call = reactor.callLater(reactor.now.duration(to: due)) { self.run() }
    }

    private func run() {
        call = nil
        isInBody = true
        do {
            guard let waiting = try body(takeCount()) else { return bodyEnded(.success(())) }
            pending = waiting
            waiting.whenDone { self.bodyEnded($0) }
        } catch {
            bodyEnded(.failure(error))
        }
    }

    private func takeCount() -> Int {
        let step = interval.wholeNanoseconds
        let slot = step == 0 ? 0 : start.duration(to: reactor.now).wholeNanoseconds / step
        let count = max(1, slot - lastSlot)
        lastSlot = step == 0 ? 0 : lastSlot + count
        return Int(count)
    }

    private func bodyEnded(_ result: Result<Void, any Error>) {
        isInBody = false
        if case .failure = result { return finish(result) }
        if isRunning { schedule() } else { finish(result) }
    }

    private func finish(_ result: Result<Void, any Error>) {
        isRunning = false
        call?.cancel()
        call = nil
        let outcome = self.outcome
        self.outcome = nil
        if let outcome, !outcome.isFired { outcome.settle(result) }
    }

    private func abort() {
        isRunning = false
        call?.cancel()
        call = nil
        pending?.cancel()
        outcome = nil
    }
}
