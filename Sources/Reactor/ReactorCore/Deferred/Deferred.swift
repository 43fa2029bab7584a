/// Why a deferred failed by itself.
public enum DeferredFailure: Error, Hashable, Sendable {
    /// It was cancelled, and its canceller gave no other result.
    case cancelled

    /// It went away without being fired, so that nothing ever could fire it.
    case abandoned

    /// A step continued with a deferred that itself waits for that step.
    case waitsForItself
}

/// A result that is not there yet, with what shall be done when it is.
///
/// Whoever made the deferred fires it once, with ``succeed(_:fileID:line:)`` or
/// ``fail(_:fileID:line:)``. Everybody else derives from it (``map(_:)``, ``flatMap(_:)``,
/// ``recover(_:)``, ``both(_:)``), watches it (``whenDone(_:)``) or awaits it (``value``). Several may
/// derive from one deferred; each gets the result.
///
/// What is attached to a deferred that has fired runs at once, with two exceptions: attached from inside
/// an observer of the same deferred, it runs after the observers attached before it; and inside 32
/// observers nested in each other, it runs when the innermost has returned.
///
/// Chains are run by a loop, not by recursion: a hundred thousand links need no more stack than one,
/// when they are made, fired, cancelled or dropped, and when each step continues with a fired deferred.
///
/// A failure nobody watched is reported when the deferred goes away, through
/// ``DeferredDiagnostics/setUnhandledFailureHandler(_:)``. Cancellations are not.
///
/// - Isolation: belongs to the thread that made it, like the reactor it usually comes from.
/// - Complexity: every operation is O(1) apart from the work of the closures; ``DeferredNode/cancel()``
///   is linear in the number of links above.
public final class Deferred<Success>: DeferredNode {
    /// The value, when it has succeeded.
    private var success: Success?

    /// Makes a deferred that has not fired.
    ///
    /// - Parameters:
    ///   - canceller: Called once by ``DeferredNode/cancel()`` while unfired; it may fire the deferred
    ///     itself. Dropped after firing.
    ///   - fileID: Where the deferred was made, for reports.
    ///   - line: The line in that file.
    public init(canceller: (() -> Void)? = nil, fileID: StaticString = #fileID, line: UInt = #line) {
        super.init(origin: CodePlace(file: fileID, line: line), canceller: canceller)
    }

    private init(waitingFor upstream: DeferredNode) {
        super.init(origin: upstream.origin, canceller: nil)
        self.upstream = upstream
    }

    /// A deferred that has succeeded already.
    public static func succeeded(
        _ value: Success, fileID: StaticString = #fileID, line: UInt = #line
    ) -> Deferred {
        let deferred = Deferred(fileID: fileID, line: line)
        deferred.store(value)
        return deferred
    }

    /// A deferred that has failed already.
    public static func failed(
        _ error: any Error, fileID: StaticString = #fileID, line: UInt = #line
    ) -> Deferred {
        let deferred = Deferred(fileID: fileID, line: line)
        deferred.storeFailure(error)
        return deferred
    }

    /// A deferred that has fired with what `body` returned or threw.
    public static func attempt(
        fileID: StaticString = #fileID, line: UInt = #line, _ body: () throws -> Success
    ) -> Deferred {
        let deferred = Deferred(fileID: fileID, line: line)
        do { deferred.store(try body()) } catch { deferred.storeFailure(error) }
        return deferred
    }

    /// The deferred that `body` returned, or one that has failed with what it threw.
    public static func attempt(
        fileID: StaticString = #fileID, line: UInt = #line, _ body: () throws -> Deferred
    ) -> Deferred {
        do { return try body() } catch { return .failed(error, fileID: fileID, line: line) }
    }

    /// Whether there is a result.
    public var isFired: Bool { isSettled }

    // MARK: Firing

    /// Fires with a value.
    ///
    /// - Returns: False when there was a result before; see ``settle(_:fileID:line:)``.
    @discardableResult public func succeed(
        _ value: Success, fileID: StaticString = #fileID, line: UInt = #line
    ) -> Bool {
        guard mayFire(at: CodePlace(file: fileID, line: line)) else { return false }
        store(value)
        deliver()
        return true
    }

    /// Fires with a failure.
    ///
    /// - Returns: False when there was a result before; see ``settle(_:fileID:line:)``.
    @discardableResult public func fail(
        _ error: any Error, fileID: StaticString = #fileID, line: UInt = #line
    ) -> Bool {
        guard mayFire(at: CodePlace(file: fileID, line: line)) else { return false }
        storeFailure(error)
        deliver()
        return true
    }

    /// Fires with a result.
    ///
    /// A derived deferred is fired by what it derives from. Firing one by hand cuts it off: the result
    /// that would have come is dropped.
    ///
    /// - Returns: False when there was a result before. The first stands; the new one is dropped, quietly
    ///   if it is the first after a cancel, and otherwise with a report that names the places of both.
    @discardableResult public func settle(
        _ result: Result<Success, any Error>, fileID: StaticString = #fileID, line: UInt = #line
    ) -> Bool {
        switch result {
        case .success(let value): succeed(value, fileID: fileID, line: line)
        case .failure(let error): fail(error, fileID: fileID, line: line)
        }
    }

    // MARK: Deriving

    /// Transforms the value; an error thrown by `transform` becomes the failure.
    public func map<NewSuccess>(_ transform: @escaping (Success) throws -> NewSuccess) -> Deferred<NewSuccess> {
        derive { target, value, failure, delivery in
            if let value { target.finish(delivery) { try transform(value) } } else { target.finish(failure, delivery) }
        }
    }

    /// Continues with another deferred, made from the value.
    ///
    /// A step that continues with its like, again and again, adds a link each time; what shall go on for ever
    /// is better a ``LoopingCall`` or a task.
    public func flatMap<NewSuccess>(
        _ transform: @escaping (Success) throws -> Deferred<NewSuccess>
    ) -> Deferred<NewSuccess> {
        derive { target, value, failure, delivery in
            if let value { target.follow(delivery) { try transform(value) } } else { target.finish(failure, delivery) }
        }
    }

    /// Turns a failure into a value, or into another failure by throwing it.
    public func recover(_ transform: @escaping (any Error) throws -> Success) -> Deferred<Success> {
        derive { target, value, failure, delivery in
            target.finish(delivery) {
                if let failure { return try transform(failure) }
                return try Self.present(value)
            }
        }
    }

    /// Continues after a failure with another deferred.
    public func flatRecover(_ transform: @escaping (any Error) throws -> Deferred<Success>) -> Deferred<Success> {
        derive { target, value, failure, delivery in
            if let failure {
                target.follow(delivery) { try transform(failure) }
            } else {
                target.finish(delivery) { try Self.present(value) }
            }
        }
    }

    /// Runs `body` whatever the result, and passes the result on unless `body` throws.
    public func both(_ body: @escaping () throws -> Void) -> Deferred<Success> {
        derive { target, value, failure, delivery in
            target.finish(delivery) {
                try body()
                if let failure { throw failure }
                return try Self.present(value)
            }
        }
    }

    /// Transforms the result, be it a value or a failure.
    public func mapResult<NewSuccess>(
        _ transform: @escaping (Result<Success, any Error>) throws -> NewSuccess
    ) -> Deferred<NewSuccess> {
        derive { target, value, failure, delivery in
            target.finish(delivery) { try transform(Self.result(value, failure)) }
        }
    }

    /// Continues with another deferred, made from the result, be it a value or a failure.
    public func flatMapResult<NewSuccess>(
        _ transform: @escaping (Result<Success, any Error>) throws -> Deferred<NewSuccess>
    ) -> Deferred<NewSuccess> {
        derive { target, value, failure, delivery in
            target.follow(delivery) { try transform(Self.result(value, failure)) }
        }
    }

    /// A deferred with the same result that can be cancelled alone.
    ///
    /// Cancelling what ``map(_:)`` and its kin return cancels this deferred and with it everybody who
    /// waits for it. Between those who share a deferred, each waits for its own shielded one. A shield that
    /// was cancelled takes up memory until this deferred has fired.
    public func shielded() -> Deferred<Success> {
        let shield = Deferred(fileID: origin.file, line: origin.line)
        isWatched = true
        observe(nil) { value, failure, delivery in
            if let value { shield.finish(delivery) { value } } else { shield.finish(failure, delivery) }
        }
        return shield
    }

    /// Calls `body` with the result once it is there, at once if it is there already.
    ///
    /// This counts as looking at a failure.
    public func whenDone(_ body: @escaping (Result<Success, any Error>) -> Void) {
        isWatched = true
        observe(nil) { value, failure, _ in body(Self.result(value, failure)) }
    }

    // MARK: Machinery

    /// Reads the result without deriving; nil before firing.
    var currentResult: Result<Success, any Error>? {
        guard isSettled else { return nil }
        isWatched = true
        return Self.result(success, failure)
    }

    /// Makes a deferred that is fired by `step`, which gets the value, or else the failure, of this one.
    func derive<NewSuccess>(
        _ step: @escaping (Deferred<NewSuccess>, Success?, (any Error)?, Delivery) -> Void
    ) -> Deferred<NewSuccess> {
        let target = Deferred<NewSuccess>(waitingFor: self)
        isWatched = true
        add(
            DeferredObserver(target: target) { source, delivery in
                guard !target.isSettled else { return }
                target.upstream = nil
                if let failure = source.failure { return step(target, nil, failure, delivery) }
                step(target, Self.success(of: source), nil, delivery)
            })
        return target
    }

    /// The value of the deferred that an observer of this one was run with.
    ///
    /// An observer is run with the deferred it was added to, or with a node that has a failure instead.
    private static func success(of source: DeferredNode) -> Success? {
        unsafe unsafeDowncast(source, to: Deferred.self).success
    }

    private func observe(
        _ target: DeferredNode?, _ run: @escaping (Success?, (any Error)?, Delivery) -> Void
    ) {
        add(
            DeferredObserver(target: target) { source, delivery in
                if let failure = source.failure { return run(nil, failure, delivery) }
                run(Self.success(of: source), nil, delivery)
            })
    }

    /// Fires with the result of the deferred that `step` makes, now or later.
    private func follow(_ delivery: Delivery, _ step: () throws -> Deferred) {
        do { try step().forward(to: self, delivery) } catch { finish(error, delivery) }
    }

    private func forward(to target: Deferred, _ delivery: Delivery) {
        isWatched = true
        if let failure { return target.finish(failure, delivery) }
        if let success { return target.finish(delivery) { success } }
        if waits(for: target) { return target.finish(DeferredFailure.waitsForItself, delivery) }
        target.upstream = self
        observe(target) { value, failure, delivery in
            target.upstream = nil
            if let value { target.finish(delivery) { value } } else { target.finish(failure, delivery) }
        }
        if target.isCancelRequested { cancel() }
    }

    /// Fires as part of a delivery; what was fired by hand meanwhile keeps its result.
    func finish(_ delivery: Delivery, _ make: () throws -> Success) {
        do {
            let value = try make()
            guard !isSettled else { return }
            store(value)
            push(to: delivery)
        } catch {
            finish(error, delivery)
        }
    }

    private func store(_ value: Success) {
        success = value
        markSettled()
    }

    private static func result(_ value: Success?, _ failure: (any Error)?) -> Result<Success, any Error> {
        if let value { return .success(value) }
        return .failure(failure ?? DeferredFailure.abandoned)
    }

    private static func present(_ value: Success?) throws -> Success {
        guard let value else { throw DeferredFailure.abandoned }
        return value
    }
}

extension Deferred where Success == Void {
    /// Fires without a value.
    ///
    /// - Returns: False when there was a result before; see ``settle(_:fileID:line:)``.
    @discardableResult public func succeed(fileID: StaticString = #fileID, line: UInt = #line) -> Bool {
        settle(.success(()), fileID: fileID, line: line)
    }
}

extension Deferred: CustomStringConvertible {
    /// The state and the place of making, as in `Deferred<Int>(pending, made at Mail/Fetch.swift:12)`.
    ///
    /// The value is left out: what ends in a log might be a secret.
    public var description: String {
        let state =
            if let failure {
                "failed: \(failure)"
            } else if success != nil {
                "succeeded"
            } else {
                upstream == nil ? "pending" : "waiting for another"
            }
        return "Deferred<\(Success.self)>(\(state), made at \(origin))"
    }
}
