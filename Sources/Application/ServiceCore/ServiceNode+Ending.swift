import Basics
public import ReactorCore
import Transports

extension ServiceNode {
    /// Stops all below this node and then its own service, in the reverse order of the start.
    ///
    /// A start under way is cancelled. What goes wrong is told to ``onFailure``, and keeps nothing else from being stopped. A
    /// child that was stopped alone stays so until it is started itself.
    ///
    /// - Returns: Fires when all are stopped, or were given up at their ``ServicePolicy/stopLimit``; it never fails.
    @discardableResult public func stop() -> Deferred<Void> {
        isHeld = parent != nil
        return halt()
    }

    func halt() -> Deferred<Void> {
        startsAgain = false
        switch phase {
        case .stopped, .finished, .failed:
            guard hasAnythingToStop else {
                phase = .stopped
                return .succeeded(())
            }
            end(then: .stopped)
        case .waiting:
            timer?.cancel()
            timer = nil
            phase = .stopped
            failWaiters(DeferredFailure.cancelled)
            changed()
            return .succeeded(())
        case .stopping: phaseAfterEnding = .stopped
        case .starting, .running: end(then: .stopped)
        }
        if phase != .stopping { return .succeeded(()) }
        let waiter = Deferred<Void>()
        stopWaiters.append(waiter)
        return waiter
    }

    /// Whether a privileged start was made, here or below, that nobody has taken back.
    private var hasAnythingToStop: Bool {
        post != nil || step != nil || preparing != nil
            || children.contains { $0.hasAnythingToStop || $0.phase == .stopping }
    }

    // MARK: Failing

    func fail(_ error: any Error, by post: ServicePost) {
        guard post === self.post, phase == .starting || phase == .running else { return }
        fail(ServiceFailure(path: path, occasion: phase == .starting ? .starting : .running, cause: error))
    }

    func finish(by post: ServicePost) {
        guard post === self.post, phase == .starting || phase == .running else { return }
        end(then: .finished)
    }

    /// Ends this node because of a failure, its own or that of a child it cannot go on without.
    func fail(_ failure: ServiceFailure) {
        guard phase == .starting || phase == .running else { return }
        if failure.path == path { report(failure) }
        lastFailure = failure
        var next = Phase.failed
        if case .afterFailure(let backOff, let limit) = policy.restart {
            if let readySince, readySince.duration(to: reactor.now) >= backOff.longest { failures = 0 }
            if limit.map({ failures < $0 }) ?? true { next = .waiting }
        }
        failures += 1
        end(then: next)
    }

    // MARK: Ending

    private func end(then next: Phase) {
        phase = .stopping
        phaseAfterEnding = next
        isOwnStarted = false
        changed()
        let unfinished = (preparing, step)
        (preparing, step) = (nil, nil)
        unfinished.0?.cancel()
        unfinished.1?.cancel()
        stopChildren().flatMap { [self] in stopSelf() }.whenDone { [self] _ in ended() }
    }

    /// Stops the children, each after all that depend on it.
    private func stopChildren() -> Deferred<Void> {
        let order = (try? startOrder()) ?? children
        let stops = order.reversed().map { child in
            let dependents = order.filter { $0.dependencies.contains(child.name) }
            return gather(dependents.map { $0.halt() }).flatMap { _ in child.halt() }
        }
        return gather(stops).map { _ in }
    }

    private func stopSelf() -> Deferred<Void> {
        guard let post else { return .succeeded(()) }
        return attempt { try $0?.stop(post) }
            .timeout(after: policy.stopLimit, on: reactor)
            .recover { [self] error in report(ServiceFailure(path: path, occasion: .stopping, cause: error)) }
    }

    private func ended() {
        post?.scope.end()
        post = nil
        let restarts = startsAgain
        startsAgain = false
        phase = restarts ? .stopped : phaseAfterEnding
        let stopped = stopWaiters
        stopWaiters = []
        switch phase {
        case .waiting: beginLater()
        case .failed: failWaiters(lastFailure ?? DeferredFailure.cancelled)
        case .finished: succeed(&startWaiters)
        case .stopped where !restarts: failWaiters(DeferredFailure.cancelled)
        case .stopped, .starting, .running, .stopping: break
        }
        for waiter in stopped where !waiter.isFired { waiter.succeed() }
        changed()
        if restarts, phase == .stopped { begin() }
        if phase == .failed, policy.isEssential, let lastFailure { parent?.fail(lastFailure) }
    }

    private func beginLater() {
        guard case .afterFailure(let backOff, _) = policy.restart else { return }
        let wait = backOff.wait(after: failures - 1, using: &random)
        timer = reactor.callLater(wait) { [weak self] in
            guard let self, phase == .waiting else { return }
            timer = nil
            begin()
        }
    }

    private func failWaiters(_ error: any Error) {
        let waiters = startWaiters
        startWaiters = []
        for waiter in waiters where !waiter.isFired { waiter.fail(error) }
    }
}
