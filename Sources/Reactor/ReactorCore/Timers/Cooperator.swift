/// What one step of a ``CooperativeTask`` did.
public enum CooperativeStep {
    /// There is more to do.
    case more

    /// There is more to do when the deferred has fired; its failure is the failure of the task.
    case wait(Deferred<Void>)

    /// There is nothing more to do.
    case done
}

/// Divides long work among the passes of a reactor.
///
/// In each pass the tasks take turns, a step at a time, until the slice of time or of steps is used up;
/// then everybody else on the reactor has a turn. Steps are to be short: none is interrupted.
public final class Cooperator {
    /// The time for steps in a pass.
    public let slice: Duration

    /// The most steps in a pass.
    public let stepLimit: Int

    private let reactor: Reactor
    private let scope = DeferredScope()
    private var ready = NumberedQueue<CooperativeTask>()
    private var call: DelayedCall?

    /// Makes a cooperator without tasks; without tasks it costs nothing.
    ///
    /// - Parameters:
    ///   - reactor: The reactor whose passes are used.
    ///   - slice: The time for steps in a pass; at least one step is done.
    ///   - stepLimit: The most steps in a pass, at least one.
    public init(on reactor: Reactor, slice: Duration = .milliseconds(5), stepLimit: Int = 10_000) {
        self.reactor = reactor
        self.slice = slice
        self.stepLimit = max(1, stepLimit)
    }

    /// How many tasks have not ended.
    public var taskCount: Int { scope.count }

    /// Stops all tasks; what is added from now on is stopped at once.
    public func stop() { scope.end() }

    /// Begins, in a later pass, to call `step` again and again until it is done or throws.
    public func cooperate(
        fileID: StaticString = #fileID, line: UInt = #line, _ step: @escaping () throws -> CooperativeStep
    ) -> CooperativeTask {
        let task = CooperativeTask(self, step, fileID, line)
        scope.add(task.done)
        task.goOn()
        return task
    }

    /// Begins, in a later pass, to do `body` for each element.
    public func cooperate<Element>(
        each elements: some Sequence<Element>, fileID: StaticString = #fileID, line: UInt = #line,
        _ body: @escaping (Element) throws -> Void
    ) -> CooperativeTask {
        var elements = elements.makeIterator()
        return cooperate(fileID: fileID, line: line) {
            guard let element = elements.next() else { return .done }
            try body(element)
            return .more
        }
    }

    /// Begins, in a later pass, to do `body` for each element, and waits for its deferred each time.
    public func cooperate<Element>(
        awaitingEach elements: some Sequence<Element>, fileID: StaticString = #fileID, line: UInt = #line,
        _ body: @escaping (Element) throws -> Deferred<Void>
    ) -> CooperativeTask {
        var elements = elements.makeIterator()
        return cooperate(fileID: fileID, line: line) {
            guard let element = elements.next() else { return .done }
            return .wait(try body(element))
        }
    }

    fileprivate func enqueue(_ task: CooperativeTask) -> UInt64 {
        if call == nil { call = reactor.callLater(.zero) { self.runSlice() } }
        return ready.append(task)
    }

    fileprivate func dequeue(_ number: UInt64) {
        ready.remove(number)
        guard ready.isEmpty else { return }
        call?.cancel()
        call = nil
    }

    private func runSlice() {
        call = nil
        let beginning = reactor.elapsedInPass
        var steps = 0
        while steps < stepLimit, let task = ready.popFirst() {
            task.takeStep()
            steps += 1
            if reactor.elapsedInPass - beginning >= slice { break }
        }
        // Those that had no step in this slice wait for the next, whether or not one of it goes on.
        if !ready.isEmpty, call == nil { call = reactor.callLater(.zero) { self.runSlice() } }
    }
}

/// Work that a ``Cooperator`` does step by step.
public final class CooperativeTask {
    /// Succeeds when the work is done, fails when a step does or with ``DeferredFailure/cancelled`` after ``stop()``.
    ///
    /// Cancelling it stops the task.
    public private(set) var done = Deferred<Void>()

    private let cooperator: Cooperator
    private var step: (() throws -> CooperativeStep)?
    private var pauseCount = 0
    private var number: UInt64?
    private weak var awaited: DeferredNode?
    private var isInStep = false

    fileprivate init(
        _ cooperator: Cooperator, _ step: @escaping () throws -> CooperativeStep, _ fileID: StaticString, _ line: UInt
    ) {
        self.cooperator = cooperator
        self.step = step
        done = Deferred(canceller: { [weak self] in self?.end() }, fileID: fileID, line: line)
    }

    /// Whether the task has ended, in whatever way.
    public var isFinished: Bool { step == nil }

    /// Whether ``pause()`` was called more often than ``resume()``.
    public var isPaused: Bool { pauseCount > 0 }

    /// Makes no further step until ``resume()`` was called as often as this.
    public func pause() {
        pauseCount += 1
        leaveQueue()
    }

    /// Takes back one ``pause()``; without one it does nothing.
    public func resume() {
        guard pauseCount > 0 else { return }
        pauseCount -= 1
        goOn()
    }

    /// Makes no further step, and cancels what the task waits for; after the end it does nothing.
    public func stop() { done.cancel() }

    fileprivate func goOn() {
        guard step != nil, pauseCount == 0, awaited == nil, number == nil, !isInStep else { return }
        number = cooperator.enqueue(self)
    }

    fileprivate func takeStep() {
        number = nil
        guard let step else { return }
        isInStep = true
        let result = Result { try step() }
        isInStep = false
        guard self.step != nil else { return }
        switch result {
        case .success(.more): goOn()
        case .success(.done): finish(.success(()))
        case .success(.wait(let deferred)): wait(for: deferred)
        case .failure(let error): finish(.failure(error))
        }
    }

    private func wait(for deferred: Deferred<Void>) {
        awaited = deferred
        deferred.whenDone { result in
            self.awaited = nil
            guard self.step != nil else { return }
            if case .failure = result { self.finish(result) } else { self.goOn() }
        }
    }

    private func finish(_ result: Result<Void, any Error>) {
        end()
        if !done.isFired { done.settle(result) }
    }

    private func end() {
        step = nil
        leaveQueue()
        awaited?.cancel()
    }

    private func leaveQueue() {
        guard let number else { return }
        self.number = nil
        cooperator.dequeue(number)
    }
}
