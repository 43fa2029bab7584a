import Basics

/// What the committer does when the disk refuses.
extension CommitterLoop {
    /// Does what must succeed before anything else may happen, however long that takes.
    func insist(_ what: String, _ body: () throws -> Void) {
        var delay = options.retryDelay
        var patience: MonotonicInstant?
        while true {
            do {
                try body()
                stall?.isCleared = true
                return
            } catch {
                guard let reason = Trouble(error).stallReason else { return fail(what, error) }
                if enter(reason) { continue }
                if isStopping {
                    let end = patience ?? Self.now().advanced(by: options.stopPatience)
                    patience = end
                    if Self.now() >= end { return fail(what, error) }
                }
                pause(delay)
                delay = min(delay * 2, options.retryDelay * 4)
            }
        }
    }

    /// Does what may as well be done later.
    func housekeep(_ what: String, _ body: () throws -> Void) {
        do {
            try body()
            stall?.isCleared = true
        } catch {
            guard let reason = Trouble(error).stallReason else { return fail(what, error) }
            _ = enter(reason)
            notBefore = Self.now().advanced(by: options.retryDelay * 4)
        }
    }

    /// Notes that turns must wait.
    ///
    /// - Returns: Whether there is new room, so that trying again at once makes sense.
    private func enter(_ reason: StallReason) -> Bool {
        let hasRoom = reason == .diskFull && ballast.release()
        let isNew = stall == nil
        stall = Stall(reason: reason)
        tell()
        if isNew { events.onStalled(reason) }
        return hasRoom
    }

    func recoverIfPossible() {
        guard let stall, stall.isCleared, !hasFailed, ballast.restore() else { return }
        self.stall = nil
        tell()
        events.onRecovered()
    }

    func fail(_ what: String, _ error: any Error) {
        // Told once: what fails after the first failure is its consequence.
        if hasFailed { return }
        hasFailed = true
        events.onFatal("\(what) failed: \(StoreFailure(error, path: path))")
    }

    private var isStopping: Bool { owner.shared.withLock { $0.isStopping } }

    /// Waits without being woken by new turns.
    private func pause(_ delay: Duration) {
        let wasStopping = isStopping
        _ = owner.shared.wait(upTo: delay) { $0.isStopping != wasStopping ? true : nil }
    }
}
