/// A deferred had no result in time.
public struct DeferredTimeout: Error, Hashable, Sendable {
    /// The time it had.
    public let limit: Duration

    /// Makes the failure of something that had `limit`.
    public init(limit: Duration) {
        self.limit = limit
    }
}

extension Deferred {
    /// Fails with ``DeferredTimeout`` and cancels this deferred when it has not fired after `limit`.
    ///
    /// The time starts now and covers the steps above, not those derived from what is returned. When the
    /// canceller answers with a result of its own, that result is taken. The delayed call goes away as
    /// soon as there is a result; cancelling what is returned stays a cancellation.
    public func timeout(
        after limit: Duration, on reactor: Reactor, fileID: StaticString = #fileID, line: UInt = #line
    ) -> Deferred<Success> {
        if isFired { return self }
        var isLate = false
        let target = mapResult { result in
            if isLate, case .failure(DeferredFailure.cancelled) = result { throw DeferredTimeout(limit: limit) }
            return try result.get()
        }
        let alarm = reactor.callLater(limit, fileID: fileID, line: line) { [weak target] in
            guard let target, !target.isFired else { return }
            isLate = true
            target.cancel()
        }
        target.whenSettled { alarm.cancel() }
        return target
    }
}

extension Reactor {
    /// Calls `body` after `delay` and gives what it returns or throws to a deferred.
    ///
    /// Cancelling the deferred prevents the call.
    public func deferLater<Value>(
        _ delay: Duration, fileID: StaticString = #fileID, line: UInt = #line,
        _ body: @escaping () throws -> Value
    ) -> Deferred<Value> {
        deferLater(delay, fileID: fileID, line: line).map(body)
    }

    /// Calls `body` after `delay` and gives the result of the deferred that it returns.
    ///
    /// Cancelling prevents the call, or cancels that deferred.
    public func deferLater<Value>(
        _ delay: Duration, fileID: StaticString = #fileID, line: UInt = #line,
        _ body: @escaping () throws -> Deferred<Value>
    ) -> Deferred<Value> {
        deferLater(delay, fileID: fileID, line: line).flatMap(body)
    }

    /// A deferred that succeeds after `delay`; in a task, `try await reactor.deferLater(.seconds(1)).value` sleeps.
    ///
    /// Cancelling it takes the delayed call away.
    public func deferLater(
        _ delay: Duration, fileID: StaticString = #fileID, line: UInt = #line
    ) -> Deferred<Void> {
        // Weak, so that neither keeps the other when the reactor goes away with the call.
        weak var call: DelayedCall?
        let outcome = Deferred<Void>(canceller: { call?.cancel() }, fileID: fileID, line: line)
        call = callLater(delay, fileID: fileID, line: line) { outcome.succeed() }
        return outcome
    }
}
