import Basics
public import ReactorCore

extension ServiceNode {
    /// Makes the privileged start of this node and all below it, one after the other, each after those it depends on.
    ///
    /// For a root that is not started; a node started without it does the same right before its start.
    ///
    /// - Returns: Fires when all have done it; fails with the first ``ServiceFailure`` when those that had are stopped again.
    @discardableResult public func prepare() -> Deferred<Void> {
        prepareAll().flatRecover { [self] error in
            halt().flatMap { .failed(error) }
        }
    }

    private func prepareAll() -> Deferred<Void> {
        prepareSelf().flatMap { [self] in
            try startOrder().reduce(Deferred.succeeded(())) { before, child in
                before.flatMap { child.prepareAll() }
            }
        }
    }

    /// Makes the privileged start, or waits for the one that is under way.
    private func prepareSelf() -> Deferred<Void> {
        if post != nil { return .succeeded(()) }
        if let preparing { return preparing.shielded() }
        let post = ServicePost(self)
        let work = attempt { try $0?.privilegedStart(post) }.map { [self] in self.post = post }
            .mapResult { [self] result in
                preparing = nil
                do {
                    try result.get()
                } catch {
                    post.scope.end()
                    throw ServiceFailure(path: path, occasion: .starting, cause: error)
                }
            }
        if !work.isFired { preparing = work }
        return work
    }

    func attempt(_ body: ((any Service)?) throws -> Deferred<Void>?) -> Deferred<Void> {
        do {
            return try body(service) ?? .succeeded(())
        } catch {
            return .failed(error)
        }
    }

    /// Starts this node and all below it; of a node that is started already nothing changes.
    ///
    /// A node whose parent runs waits for the siblings it depends on.
    ///
    /// - Returns: Fires when all are started; fails with a ``ServiceFailure`` when one that is essential failed for good, or
    ///   with ``DeferredFailure/cancelled`` when it was stopped meanwhile. Cancelling only stops waiting.
    @discardableResult public func start() -> Deferred<Void> {
        isHeld = false
        if phase == .running { return .succeeded(()) }
        let waiter = Deferred<Void>()
        startWaiters.append(waiter)
        // Whoever looks at the tree by its callbacks alone need not look at this.
        waiter.whenDone { _ in }
        switch phase {
        case .stopped, .finished, .failed:
            phase = .stopped
            if let parent, parent.isOwnStarted { parent.reconsider() } else { begin() }
        case .stopping: startsAgain = true
        case .starting, .waiting, .running: break
        }
        return waiter
    }

    /// Fires as soon as this node and all below it are ready; cancelling only stops waiting.
    public func whenReady() -> Deferred<Void> {
        if isReady { return .succeeded(()) }
        let waiter = Deferred<Void>()
        readyWaiters.append(waiter)
        return waiter
    }

    func begin() {
        phase = .starting
        changed()
        guard phase == .starting, step == nil else { return }
        var work = prepareSelf().flatMap { [self] () -> Deferred<Void> in
            guard let post else { return .succeeded(()) }
            return attempt { try $0?.start(post) }
        }
        if let limit = policy.startLimit { work = work.timeout(after: limit, on: reactor) }
        let start = work
        step = start
        start.whenDone { [self] result in
            guard step === start, phase == .starting else { return }
            step = nil
            switch result {
            case .success: ownStarted()
            case .failure(let failure as ServiceFailure): fail(failure)
            case .failure(let error): fail(ServiceFailure(path: path, occasion: .starting, cause: error))
            }
        }
    }

    private func ownStarted() {
        isOwnStarted = true
        do {
            _ = try startOrder()
            reconsider()
        } catch {
            fail(error)
        }
    }

    /// Starts the children that may start now, and finds out whether all are started or ready.
    func reconsider() {
        guard isOwnStarted, phase == .starting || phase == .running else { return }
        // A child that starts changes the tree, which calls this anew: it goes round once more instead of deeper.
        if isReconsidering {
            mustReconsider = true
            return
        }
        isReconsidering = true
        repeat {
            mustReconsider = false
            startFreeChildren()
        } while mustReconsider
        isReconsidering = false
        // A child that failed at once has had its effect by now.
        guard isOwnStarted, phase == .starting || phase == .running else { return }
        if phase == .starting, children.allSatisfy({ $0.phase == .running || !$0.counts }) {
            phase = .running
            succeed(&startWaiters)
            changed()
        } else if isReady != wasReady {
            changed()
        }
    }

    private func startFreeChildren() {
        for child in children where child.phase == .stopped && !child.isHeld {
            let isFree = child.dependencies.allSatisfy { name in
                children.first { $0.name == name }.map { $0.isReady || $0.phase == .finished } ?? false
            }
            if isFree, isOwnStarted, child.phase == .stopped { child.begin() }
        }
    }

    func readinessChanged(of post: ServicePost) {
        guard post === self.post, isReady != wasReady else { return }
        changed()
    }
}
