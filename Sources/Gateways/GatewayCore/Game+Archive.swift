import Logging
import ReactorCore
import WorldModel
import WorldVerbs

/// What the archive reports, on the reactor's thread.
extension Game {
    /// Every turn up to `sequence` is on disk: whatever tells of them may be seen.
    package func archiveReached(_ sequence: UInt64) {
        durable = max(durable, sequence)
        measurements.reached(durable, at: reactor.now)
        if inputIsPaused, world.sequence &- durable < SessionLimits.turnsAhead / 2 {
            inputIsPaused = false
            for session in sessionsByNumber.values {
                session.updatePause()
                sessionHadInput(session)
            }
        }
        let due = waiters.filter { $0.sequence <= durable }
        if !due.isEmpty {
            waiters.removeAll { $0.sequence <= durable }
            for waiter in due { waiter.body() }
        }
        if !withOutput.isEmpty || !turns.isEmpty { schedulePassEnd() }
    }

    /// The archive cannot take more turns: the world can be looked at, not changed.
    ///
    /// - Parameter reason: Why, as it follows "because".
    package func archiveStalled(_ reason: String) {
        if isReadOnly { return }
        interpreter.readOnlyReason = reason
        log.error("read-only", metadata: ["reason": "\(reason)"])
        let waiting = stallWaiters
        stallWaiters = []
        for body in waiting { body() }
    }

    package func archiveRecovered() {
        if !isReadOnly { return }
        interpreter.readOnlyReason = nil
        log.notice("writable again")
        // Bodies that could not be taken out of play meanwhile.
        for thing in world.things.values where thing.has(.player) && thing.location != nil {
            if !isPresent(thing), linkDead[thing.id] == nil { awaitReturn(of: thing) }
        }
    }

    /// Runs `body` when the disk takes nothing any more; at once when that is so.
    package func whenStalled(_ body: @escaping () -> Void) {
        if isReadOnly { return body() }
        stallWaiters.append(body)
    }

    /// Runs `body` when a turn is durable; at once when it is.
    package func whenDurable(_ sequence: UInt64, _ body: @escaping () -> Void) {
        if sequence <= durable { return body() }
        waiters.append((sequence, body))
    }
}
