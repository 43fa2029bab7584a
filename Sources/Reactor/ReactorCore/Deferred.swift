/// Why a deferred failed by itself.
public enum DeferredFailure: Error, Hashable, Sendable {
    /// It was cancelled, and its canceller gave no other result.
    case cancelled

    /// It went away without being fired, so that nothing ever could fire it.
    case abandoned
}

/// A result that is not there yet, with what shall be done when it is.
///
/// Whoever made the deferred fires it once, with ``succeed(_:)`` or ``fail(_:)``. Everybody else
/// derives from it (``map(_:)``, ``flatMap(_:)``, ``recover(_:)``, ``both(_:)``), watches it
/// (``whenDone(_:)``) or awaits it (``value``). What is attached to a deferred that has fired runs at once.
///
/// Chains are run by a loop, not by recursion: ten thousand links need no more stack than one.
///
/// A failure nobody watched is reported when the deferred goes away, through
/// ``DeferredDiagnostics/setUnhandledFailureHandler(_:)``. Cancellations are not.
///
/// - Isolation: belongs to the thread that made it, like the reactor it usually comes from.
public final class Deferred<Success>: DeferredNode {
    private struct Observer {
        let target: DeferredNode?
        let run: (Result<Success, any Error>, DeferredNode?, inout [DeferredNode]) -> Void
    }

    private var result: Result<Success, any Error>?
    private var observers: [Observer] = []
    private var canceller: (() -> Void)?
    private var isWatched = false
    private var isCancelled = false

    /// Makes a deferred that has not fired.
    ///
    /// - Parameters:
    ///   - canceller: Called once by ``cancel()`` while unfired; it may fire the deferred itself. Dropped after firing.
    ///   - fileID: Where the deferred was made, for reports.
    ///   - line: The line in that file.
    public init(canceller: (() -> Void)? = nil, fileID: StaticString = #fileID, line: UInt = #line) {
        self.canceller = canceller
        super.init(origin: DeferredOrigin(fileID: fileID, line: line))
    }

    private init(upstream: DeferredNode) {
        super.init(origin: upstream.origin)
        self.upstream = upstream
    }

    deinit {
        if let result {
            if !isWatched, case .failure(let error) = result { DeferredDiagnostics.report(error, origin) }
        } else if !observers.isEmpty {
            var ready: [DeferredNode] = []
            for observer in observers { observer.run(.failure(DeferredFailure.abandoned), observer.target, &ready) }
            DeferredNode.deliver(&ready)
        }
    }

    /// A deferred that has succeeded already.
    public static func succeeded(_ value: Success) -> Deferred {
        let deferred = Deferred()
        deferred.result = .success(value)
        return deferred
    }

    /// A deferred that has failed already.
    public static func failed(
        _ error: any Error, fileID: StaticString = #fileID, line: UInt = #line
    ) -> Deferred {
        let deferred = Deferred(fileID: fileID, line: line)
        deferred.result = .failure(error)
        return deferred
    }

    /// Whether there is a result.
    public var isFired: Bool { result != nil }

    // MARK: Firing

    /// Fires with a value.
    ///
    /// - Returns: False when there was a result before; the new one is dropped and, unless the deferred
    ///   was cancelled, the mistake is reported.
    @discardableResult public func succeed(_ value: Success) -> Bool { settle(.success(value)) }

    /// Fires with a failure.
    ///
    /// - Returns: False when there was a result before, as for ``succeed(_:)``.
    @discardableResult public func fail(_ error: any Error) -> Bool { settle(.failure(error)) }

    /// Fires with a result.
    ///
    /// - Returns: False when there was a result before, as for ``succeed(_:)``.
    @discardableResult public func settle(_ result: Result<Success, any Error>) -> Bool {
        guard self.result == nil else {
            if isCancelled { isCancelled = false } else { DeferredDiagnostics.report(FiredTwice(), origin) }
            return false
        }
        store(result)
        var ready: [DeferredNode] = [self]
        DeferredNode.deliver(&ready)
        return true
    }

    /// Gives up on the result.
    ///
    /// A derived deferred passes this on to the one it waits for, up to the first that has not fired. That
    /// one's canceller may fire it; otherwise it fails with ``DeferredFailure/cancelled``, and the
    /// next attempt to fire it is quietly dropped. After firing this does nothing.
    public override func cancel() {
        var root: DeferredNode = self
        while let next = root.unfiredUpstream { root = next }
        root.cancelHere()
    }

    // MARK: Deriving

    /// Transforms the value; an error thrown by `transform` becomes the failure.
    public func map<NewSuccess>(_ transform: @escaping (Success) throws -> NewSuccess) -> Deferred<NewSuccess> {
        derive { result, target, ready in
            target.finish(result.flatMap { value in Result { try transform(value) } }, &ready)
        }
    }

    /// Continues with another deferred, made from the value.
    public func flatMap<NewSuccess>(
        _ transform: @escaping (Success) throws -> Deferred<NewSuccess>
    ) -> Deferred<NewSuccess> {
        derive { result, target, ready in
            switch result {
            case .success(let value):
                do { try transform(value).forward(to: target, &ready) } catch { target.finish(.failure(error), &ready) }
            case .failure(let error):
                target.finish(.failure(error), &ready)
            }
        }
    }

    /// Turns a failure into a value, or into another failure by throwing it.
    public func recover(_ transform: @escaping (any Error) throws -> Success) -> Deferred<Success> {
        derive { result, target, ready in
            target.finish(result.flatMapError { error in Result { try transform(error) } }, &ready)
        }
    }

    /// Continues after a failure with another deferred.
    public func flatRecover(_ transform: @escaping (any Error) throws -> Deferred<Success>) -> Deferred<Success> {
        derive { result, target, ready in
            guard case .failure(let failure) = result else { return target.finish(result, &ready) }
            do { try transform(failure).forward(to: target, &ready) } catch { target.finish(.failure(error), &ready) }
        }
    }

    /// Runs `body` whatever the result, and passes the result on unless `body` throws.
    public func both(_ body: @escaping () throws -> Void) -> Deferred<Success> {
        derive { result, target, ready in
            do {
                try body()
                target.finish(result, &ready)
            } catch {
                target.finish(.failure(error), &ready)
            }
        }
    }

    /// Calls `body` with the result once it is there, at once if it is there already.
    ///
    /// This counts as looking at a failure.
    public func whenDone(_ body: @escaping (Result<Success, any Error>) -> Void) {
        observe(Observer(target: nil) { result, _, _ in body(result) })
    }

    // MARK: Machinery

    private func derive<NewSuccess>(
        _ step: @escaping (Result<Success, any Error>, Deferred<NewSuccess>, inout [DeferredNode]) -> Void
    ) -> Deferred<NewSuccess> {
        let target = Deferred<NewSuccess>(upstream: self)
        observe(
            Observer(target: target) { result, node, ready in
                guard let target = node as? Deferred<NewSuccess>, !target.isFired else { return }
                target.upstream = nil
                step(result, target, &ready)
            })
        return target
    }

    private func observe(_ observer: Observer) {
        isWatched = true
        observers.append(observer)
        guard result != nil else { return }
        var ready: [DeferredNode] = [self]
        DeferredNode.deliver(&ready)
    }

    /// Has `target` fire with this deferred's result, now or later.
    private func forward(to target: Deferred, _ ready: inout [DeferredNode]) {
        isWatched = true
        if let result { return target.finish(result, &ready) }
        target.upstream = self
        observers.append(
            Observer(target: target) { result, node, ready in
                guard let target = node as? Deferred, !target.isFired else { return }
                target.finish(result, &ready)
            })
    }

    private func finish(_ result: Result<Success, any Error>, _ ready: inout [DeferredNode]) {
        store(result)
        ready.append(self)
    }

    private func store(_ result: Result<Success, any Error>) {
        guard self.result == nil else { return }
        self.result = result
        canceller = nil
        upstream = nil
    }

    override var unfiredUpstream: DeferredNode? { result == nil ? upstream : nil }

    override func cancelHere() {
        guard result == nil else { return }
        let canceller = self.canceller
        self.canceller = nil
        canceller?()
        guard result == nil else { return }
        isCancelled = true
        store(.failure(DeferredFailure.cancelled))
        var ready: [DeferredNode] = [self]
        DeferredNode.deliver(&ready)
    }

    override func deliverResult(_ ready: inout [DeferredNode]) {
        guard let result else { return }
        while !observers.isEmpty {
            let batch = observers
            observers = []
            for observer in batch { observer.run(result, observer.target, &ready) }
        }
    }

    /// Reads the result without deriving; nil before firing.
    var currentResult: Result<Success, any Error>? {
        isWatched = isWatched || result != nil
        return result
    }
}

/// Where a chain of deferreds began, for reports.
struct DeferredOrigin {
    let fileID: StaticString
    let line: UInt
}

/// What deferreds of all types have in common; use ``Deferred``.
public class DeferredNode {
    let origin: DeferredOrigin

    /// What must fire before this can; weak, because whoever will fire it keeps it.
    final weak var upstream: DeferredNode?

    init(origin: DeferredOrigin) {
        self.origin = origin
    }

    /// Gives up on the result; see ``Deferred/cancel()``.
    public func cancel() {}

    var unfiredUpstream: DeferredNode? { nil }

    func cancelHere() {}

    func deliverResult(_ ready: inout [DeferredNode]) {}

    /// Runs the observers of everything that has fired, and of what that fires in turn.
    ///
    /// Depth first; the deferreds derived from one are taken in the order of derivation.
    static func deliver(_ ready: inout [DeferredNode]) {
        while let node = ready.popLast() {
            let first = ready.count
            node.deliverResult(&ready)
            if ready.count > first + 1 { ready[first...].reverse() }
        }
    }
}
