/// Owns what goes on for a connection or a service, and cancels what is left when that ends.
///
/// ```swift
/// func serviceStopped() { scope.end() }
/// ```
///
/// A transport has a scope of its own, which it ends itself.
///
/// Deferreds, tasks and delayed calls leave the scope when they are done or cancelled, so that a scope
/// of long life holds only what is going on. A scope that goes away ends.
///
/// - Complexity: adding and leaving are O(1); ending is O(*n* log *n*) in what is left.
public final class DeferredScope {
    /// Stands for something in a scope; ``leave()`` takes it out.
    public final class Membership {
        private weak var scope: DeferredScope?
        private var number: UInt64?

        fileprivate init(_ scope: DeferredScope) { self.scope = scope }

        fileprivate func enter(_ cancel: @escaping () -> Void) {
            number = scope?.members.append(cancel)
        }

        /// Takes it out of the scope without cancelling it; a second call does nothing.
        public func leave() {
            guard let number else { return }
            self.number = nil
            scope?.members.remove(number)
        }
    }

    /// Whether ``end()`` was called.
    public private(set) var isEnded = false

    private var parent: Membership?

    fileprivate var members = NumberedQueue<() -> Void>()

    /// Makes an empty scope.
    public init() {}

    /// Makes a scope that has ended already: what is added is cancelled at once.
    public static func makeEnded() -> DeferredScope {
        let scope = DeferredScope()
        scope.end()
        return scope
    }

    deinit {
        parent?.leave()
        for cancel in members.takeAll().reversed() { cancel() }
    }

    /// How many things go on in the scope.
    public var count: Int { members.count }

    /// Cancels everything in the scope, the latest first; from now on what is added is cancelled at once.
    ///
    /// A second call does nothing.
    public func end() {
        guard !isEnded else { return }
        isEnded = true
        parent?.leave()
        for cancel in members.takeAll().reversed() { cancel() }
    }

    /// Has the scope cancel `deferred` if it has not fired when the scope ends.
    ///
    /// - Returns: The same deferred. The scope does not keep it, and does not count as looking at its failure.
    @discardableResult public func add<Success>(_ deferred: Deferred<Success>) -> Deferred<Success> {
        if isEnded {
            deferred.cancel()
        } else if !deferred.isFired {
            let membership = onEnd { [weak deferred] in deferred?.cancel() }
            deferred.whenSettled { membership.leave() }
        }
        return deferred
    }

    /// Has the scope cancel `call` if it was not made when the scope ends.
    ///
    /// - Returns: The same call. A call may be in one scope only; the last one counts.
    @discardableResult public func add(_ call: DelayedCall) -> DelayedCall {
        guard call.isActive else { return call }
        call.membership?.leave()
        if isEnded {
            call.cancel()
        } else {
            call.membership = onEnd { [weak call] in call?.cancel() }
        }
        return call
    }

    /// Calls `body` after `delay`, unless the scope ends before.
    @discardableResult public func callLater(
        _ delay: Duration, on reactor: Reactor, fileID: StaticString = #fileID, line: UInt = #line,
        _ body: @escaping () -> Void
    ) -> DelayedCall {
        add(reactor.callLater(delay, fileID: fileID, line: line, body))
    }

    /// Runs a task on the reactor, and cancels it when the scope ends before it does.
    @discardableResult public func spawn(
        on reactor: Reactor, fileID: StaticString = #fileID, line: UInt = #line,
        _ operation: @escaping () async throws -> Void
    ) -> Deferred<Void> {
        add(reactor.spawn(fileID: fileID, line: line, operation))
    }

    /// Makes a scope that ends when this one does, if not earlier.
    public func makeChild() -> DeferredScope {
        let child = DeferredScope()
        if isEnded { child.end() } else { child.parent = onEnd { [weak child] in child?.end() } }
        return child
    }

    /// Calls `body` when the scope ends, at once if it has ended.
    ///
    /// - Returns: What takes `body` out again.
    @discardableResult public func onEnd(_ body: @escaping () -> Void) -> Membership {
        let membership = Membership(self)
        if isEnded { body() } else { membership.enter(body) }
        return membership
    }
}
