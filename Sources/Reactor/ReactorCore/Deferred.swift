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
    struct Observer {
        let target: DeferredNode?
        let run: (Result<Success, any Error>, Delivery) -> Void
    }

    private(set) var result: Result<Success, any Error>?
    private var observers = ObserverList<Success>()
    private var canceller: (() -> Void)?
    private var firedAt: CodePlace?
    private var isWatched = false
    private var isDelivering = false
    private var swallowsNextResult = false

    /// Makes a deferred that has not fired.
    ///
    /// - Parameters:
    ///   - canceller: Called once by ``DeferredNode/cancel()`` while unfired; it may fire the deferred
    ///     itself. Dropped after firing.
    ///   - fileID: Where the deferred was made, for reports.
    ///   - line: The line in that file.
    public init(canceller: (() -> Void)? = nil, fileID: StaticString = #fileID, line: UInt = #line) {
        self.canceller = canceller
        super.init(origin: CodePlace(file: fileID, line: line))
    }

    private init(waitingFor upstream: DeferredNode) {
        super.init(origin: upstream.origin)
        self.upstream = upstream
    }

    deinit {
        if let result {
            if !isWatched, case .failure(let error) = result { DeferredDiagnostics.reportUnhandled(error, origin) }
        } else if !observers.isEmpty {
            let orphans = Deferred(canceller: nil, fileID: origin.file, line: origin.line)
            observers.visit { $0.target?.upstream = nil }
            orphans.observers = observers.takeAll()
            orphans.isWatched = true
            orphans.store(.failure(DeferredFailure.abandoned))
            Delivery.current.run(orphans)
        }
    }

    /// A deferred that has succeeded already.
    public static func succeeded(
        _ value: Success, fileID: StaticString = #fileID, line: UInt = #line
    ) -> Deferred {
        let deferred = Deferred(fileID: fileID, line: line)
        deferred.store(.success(value))
        return deferred
    }

    /// A deferred that has failed already.
    public static func failed(
        _ error: any Error, fileID: StaticString = #fileID, line: UInt = #line
    ) -> Deferred {
        let deferred = Deferred(fileID: fileID, line: line)
        deferred.store(.failure(error))
        return deferred
    }

    /// A deferred that has fired with what `body` returned or threw.
    public static func attempt(
        fileID: StaticString = #fileID, line: UInt = #line, _ body: () throws -> Success
    ) -> Deferred {
        let deferred = Deferred(fileID: fileID, line: line)
        deferred.store(Result { try body() })
        return deferred
    }

    /// The deferred that `body` returned, or one that has failed with what it threw.
    public static func attempt(
        fileID: StaticString = #fileID, line: UInt = #line, _ body: () throws -> Deferred
    ) -> Deferred {
        do { return try body() } catch { return .failed(error, fileID: fileID, line: line) }
    }

    /// Whether there is a result.
    public var isFired: Bool { result != nil }

    // MARK: Firing

    /// Fires with a value.
    ///
    /// - Returns: False when there was a result before; see ``settle(_:fileID:line:)``.
    @discardableResult public func succeed(
        _ value: Success, fileID: StaticString = #fileID, line: UInt = #line
    ) -> Bool {
        settle(.success(value), fileID: fileID, line: line)
    }

    /// Fires with a failure.
    ///
    /// - Returns: False when there was a result before; see ``settle(_:fileID:line:)``.
    @discardableResult public func fail(
        _ error: any Error, fileID: StaticString = #fileID, line: UInt = #line
    ) -> Bool {
        settle(.failure(error), fileID: fileID, line: line)
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
        guard self.result == nil else {
            if swallowsNextResult {
                swallowsNextResult = false
            } else {
                DeferredDiagnostics.reportSecondFiring(
                    at: CodePlace(file: fileID, line: line), first: firedAt, origin: origin)
            }
            return false
        }
        firedAt = CodePlace(file: fileID, line: line)
        store(result)
        if !observers.isEmpty { Delivery.current.run(self) }
        return true
    }

    // MARK: Deriving

    /// Transforms the value; an error thrown by `transform` becomes the failure.
    public func map<NewSuccess>(_ transform: @escaping (Success) throws -> NewSuccess) -> Deferred<NewSuccess> {
        derive { target, result, delivery in
            switch result {
            case .success(let value): target.finish(Result { try transform(value) }, delivery)
            case .failure(let error): target.finish(.failure(error), delivery)
            }
        }
    }

    /// Continues with another deferred, made from the value.
    public func flatMap<NewSuccess>(
        _ transform: @escaping (Success) throws -> Deferred<NewSuccess>
    ) -> Deferred<NewSuccess> {
        derive { target, result, delivery in
            switch result {
            case .success(let value): target.follow(delivery) { try transform(value) }
            case .failure(let error): target.finish(.failure(error), delivery)
            }
        }
    }

    /// Turns a failure into a value, or into another failure by throwing it.
    public func recover(_ transform: @escaping (any Error) throws -> Success) -> Deferred<Success> {
        derive { target, result, delivery in
            switch result {
            case .success: target.finish(result, delivery)
            case .failure(let error): target.finish(Result { try transform(error) }, delivery)
            }
        }
    }

    /// Continues after a failure with another deferred.
    public func flatRecover(_ transform: @escaping (any Error) throws -> Deferred<Success>) -> Deferred<Success> {
        derive { target, result, delivery in
            switch result {
            case .success: target.finish(result, delivery)
            case .failure(let error): target.follow(delivery) { try transform(error) }
            }
        }
    }

    /// Runs `body` whatever the result, and passes the result on unless `body` throws.
    public func both(_ body: @escaping () throws -> Void) -> Deferred<Success> {
        derive { target, result, delivery in
            do {
                try body()
                target.finish(result, delivery)
            } catch {
                target.finish(.failure(error), delivery)
            }
        }
    }

    /// Transforms the result, be it a value or a failure.
    public func mapResult<NewSuccess>(
        _ transform: @escaping (Result<Success, any Error>) throws -> NewSuccess
    ) -> Deferred<NewSuccess> {
        derive { target, result, delivery in
            target.finish(Result { try transform(result) }, delivery)
        }
    }

    /// Continues with another deferred, made from the result, be it a value or a failure.
    public func flatMapResult<NewSuccess>(
        _ transform: @escaping (Result<Success, any Error>) throws -> Deferred<NewSuccess>
    ) -> Deferred<NewSuccess> {
        derive { target, result, delivery in
            target.follow(delivery) { try transform(result) }
        }
    }

    /// A deferred with the same result that can be cancelled alone.
    ///
    /// Cancelling what ``map(_:)`` and its kin return cancels this deferred and with it everybody who
    /// waits for it. Between those who share a deferred, each waits for its own shielded one.
    public func shielded() -> Deferred<Success> {
        let shield = Deferred(fileID: origin.file, line: origin.line)
        whenDone { result in
            guard !shield.isFired else { return }
            shield.store(result)
            Delivery.current.run(shield)
        }
        return shield
    }

    /// Calls `body` with the result once it is there, at once if it is there already.
    ///
    /// This counts as looking at a failure.
    public func whenDone(_ body: @escaping (Result<Success, any Error>) -> Void) {
        isWatched = true
        observe(Observer(target: nil) { result, _ in body(result) })
    }

    // MARK: Machinery

    /// Calls `body` after firing, without counting as looking at a failure.
    func whenSettled(_ body: @escaping () -> Void) {
        observe(Observer(target: nil) { _, _ in body() })
    }

    /// Reads the result without deriving; nil before firing.
    var currentResult: Result<Success, any Error>? {
        isWatched = isWatched || result != nil
        return result
    }

    func derive<NewSuccess>(
        _ step: @escaping (Deferred<NewSuccess>, Result<Success, any Error>, Delivery) -> Void
    ) -> Deferred<NewSuccess> {
        let target = Deferred<NewSuccess>(waitingFor: self)
        isWatched = true
        observe(
            Observer(target: target) { result, delivery in
                guard target.result == nil else { return }
                target.upstream = nil
                step(target, result, delivery)
            })
        return target
    }

    private func observe(_ observer: Observer) {
        observers.append(observer)
        if result != nil, !isDelivering { Delivery.current.run(self) }
    }

    /// Fires with the result of the deferred that `step` makes, now or later.
    private func follow(_ delivery: Delivery, _ step: () throws -> Deferred) {
        do { try step().forward(to: self, delivery) } catch { finish(.failure(error), delivery) }
    }

    private func forward(to target: Deferred, _ delivery: Delivery) {
        isWatched = true
        if let result { return target.finish(result, delivery) }
        if waits(for: target) { return target.finish(.failure(DeferredFailure.waitsForItself), delivery) }
        target.upstream = self
        observers.append(
            Observer(target: target) { result, delivery in
                target.upstream = nil
                target.finish(result, delivery)
            })
        if target.isCancelRequested { cancel() }
    }

    /// Fires as part of a delivery; what was fired by hand meanwhile keeps its result.
    func finish(_ result: Result<Success, any Error>, _ delivery: Delivery) {
        guard self.result == nil else { return }
        store(result)
        if !observers.isEmpty { delivery.push(self) }
    }

    private func store(_ result: Result<Success, any Error>) {
        self.result = result
        canceller = nil
        markSettled()
    }

    override func cancelHere() {
        guard result == nil else { return }
        let canceller = self.canceller
        self.canceller = nil
        canceller?()
        guard result == nil else { return }
        swallowsNextResult = true
        store(.failure(DeferredFailure.cancelled))
        if !observers.isEmpty { Delivery.current.run(self) }
    }

    override func deliverResult(_ delivery: Delivery) {
        guard let result, !isDelivering else { return }
        isDelivering = true
        while !observers.isEmpty { observers.takeAll().visit { $0.run(result, delivery) } }
        isDelivering = false
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
    public var description: String {
        let state =
            switch result {
            case nil: upstream == nil ? "pending" : "waiting for another"
            case .success(let value): "succeeded: \(value)"
            case .failure(let error): "failed: \(error)"
            }
        return "Deferred<\(Success.self)>(\(state), made at \(origin))"
    }
}

/// The observers of a deferred: most have one, which needs no array.
struct ObserverList<Success> {
    private var first: Deferred<Success>.Observer?
    private var rest: [Deferred<Success>.Observer] = []

    var isEmpty: Bool { first == nil }

    mutating func append(_ observer: Deferred<Success>.Observer) {
        if first == nil { first = observer } else { rest.append(observer) }
    }

    mutating func takeAll() -> ObserverList {
        defer { self = ObserverList() }
        return self
    }

    func visit(_ body: (Deferred<Success>.Observer) -> Void) {
        guard let first else { return }
        body(first)
        for observer in rest { body(observer) }
    }
}
