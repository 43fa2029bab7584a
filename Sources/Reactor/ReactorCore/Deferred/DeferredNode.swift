/// What deferreds of all types have in common; use ``Deferred``.
///
/// All that does not need the type of the value is here, because generic code that clients cannot see into
/// costs several times as much.
public class DeferredNode {
    let origin: CodePlace

    /// True from the moment there is a result, also while its observers have not heard of it.
    private(set) final var isSettled = false

    /// Somebody cancelled this while a result was on its way here: what that result starts is to be cancelled.
    final var isCancelRequested = false

    /// Somebody will hear of a failure.
    final var isWatched = false

    /// The failure, when that is the result.
    private(set) final var failure: (any Error)?

    private final var isTracked = false
    private final var isDelivering = false
    private final var swallowsNextResult = false
    private final var observers = ObserverList()
    private final var canceller: (() -> Void)?
    private final var firedAt: CodePlace?

    /// What must fire before this can.
    ///
    /// Unowned and unchecked, because a weak reference costs an allocation per link. It never dangles:
    /// it is set only together with an observer in the upstream node that holds this one, and that
    /// observer, whether it is run or dropped, clears it before the upstream node goes away.
    private final unowned(unsafe) var unsafeUpstream: DeferredNode?

    init(origin: CodePlace, canceller: (() -> Void)?) {
        self.origin = origin
        self.canceller = canceller
        guard DeferredDiagnostics.isTracking else { return }
        isTracked = true
        DeferredDiagnostics.countPending(origin, by: 1)
    }

    deinit {
        if isTracked { DeferredDiagnostics.countPending(origin, by: -1) }
        if let failure, !isWatched { DeferredDiagnostics.reportUnhandled(failure, origin) }
        if !isSettled, !observers.isEmpty { abandonObservers() }
    }

    /// Has the observers hear that there will be no result; by a node in place of this one, which is going away.
    private final func abandonObservers() {
        let orphans = DeferredNode(origin: origin, canceller: nil)
        observers.visit { $0.target?.upstream = nil }
        orphans.observers = observers.takeAll()
        orphans.isWatched = true
        orphans.storeFailure(DeferredFailure.abandoned)
        orphans.deliver()
    }

    final var upstream: DeferredNode? {
        get { unsafe unsafeUpstream }
        set { unsafe unsafeUpstream = newValue }
    }

    // MARK: Firing

    /// Whether this may be fired from outside; a second time is reported, but for the first after a cancel.
    final func mayFire(at place: CodePlace) -> Bool {
        guard isSettled else {
            firedAt = place
            return true
        }
        if swallowsNextResult {
            swallowsNextResult = false
        } else {
            DeferredDiagnostics.reportSecondFiring(at: place, first: firedAt, origin: origin)
        }
        return false
    }

    final func storeFailure(_ error: any Error) {
        failure = error
        markSettled()
    }

    final func markSettled() {
        isSettled = true
        canceller = nil
        upstream = nil
        guard isTracked else { return }
        isTracked = false
        DeferredDiagnostics.countPending(origin, by: -1)
    }

    /// Fails as part of a delivery; what was fired by hand meanwhile keeps its result.
    final func finish(_ error: (any Error)?, _ delivery: Delivery) {
        guard !isSettled else { return }
        storeFailure(error ?? DeferredFailure.abandoned)
        push(to: delivery)
    }

    // MARK: Observing

    final func add(_ observer: DeferredObserver) {
        observers.append(observer)
        if isSettled, !isDelivering { Delivery.current.run(self) }
    }

    /// Calls `body` after firing, without counting as looking at a failure.
    final func whenSettled(_ body: @escaping () -> Void) {
        add(DeferredObserver(target: nil) { _, _ in body() })
    }

    final func deliver() {
        if !observers.isEmpty { Delivery.current.run(self) }
    }

    final func push(to delivery: Delivery) {
        if !observers.isEmpty { delivery.push(self) }
    }

    final func deliverResult(_ delivery: Delivery) {
        guard !isDelivering else { return }
        isDelivering = true
        while !observers.isEmpty { observers.takeAll().visit { $0.run(self, delivery) } }
        isDelivering = false
    }

    // MARK: Cancelling

    /// Gives up on the result.
    ///
    /// A derived deferred passes this on to the one it waits for, up to the first that has not fired. That
    /// one's canceller may fire it; otherwise it fails with ``DeferredFailure/cancelled``, and the next
    /// attempt to fire it is quietly dropped. When a result is on its way here already, it still comes, and
    /// what the steps on its way continue with is cancelled. After firing this does nothing.
    public final func cancel() {
        let root = self.root
        if root.upstream == nil { return root.cancelHere() }
        var node: DeferredNode? = self
        while let current = node, !current.isSettled {
            current.isCancelRequested = true
            node = current.upstream
        }
    }

    /// The first in the chain of upstream nodes that has nothing unfired above it.
    ///
    /// Chains that bite their own tail are refused when they are made, if they are short; this walk ends
    /// on the long ones, too, by remembering a node at each power of two.
    private final var root: DeferredNode {
        var node = self
        var landmark = self
        var steps = 0
        while let next = node.upstream, !next.isSettled, next !== landmark {
            node = next
            steps += 1
            if steps & (steps - 1) == 0 { landmark = node }
        }
        return node
    }

    /// Whether this waits for `other` through a few links; a bounded look, so that long chains stay linear.
    final func waits(for other: DeferredNode) -> Bool {
        var node: DeferredNode? = self
        for _ in 0..<8 {
            guard let current = node else { return false }
            if current === other { return true }
            node = current.upstream
        }
        return false
    }

    private final func cancelHere() {
        guard !isSettled else { return }
        let canceller = self.canceller
        self.canceller = nil
        canceller?()
        guard !isSettled else { return }
        swallowsNextResult = true
        storeFailure(DeferredFailure.cancelled)
        deliver()
    }
}

/// Something that hears of the result of a deferred.
struct DeferredObserver {
    /// What is derived, when something is.
    let target: DeferredNode?

    /// Gets the deferred that has fired.
    let run: (DeferredNode, Delivery) -> Void
}

/// The observers of a deferred: most have one, which needs no array.
struct ObserverList {
    private var first: DeferredObserver?
    private var rest: [DeferredObserver] = []

    var isEmpty: Bool { first == nil }

    mutating func append(_ observer: DeferredObserver) {
        if first == nil { first = observer } else { rest.append(observer) }
    }

    mutating func takeAll() -> ObserverList {
        defer { self = ObserverList() }
        return self
    }

    func visit(_ body: (DeferredObserver) -> Void) {
        guard let first else { return }
        body(first)
        for observer in rest { body(observer) }
    }
}

extension CodePlace: Hashable, CustomStringConvertible {
    /// The place as in `Module/File.swift:12`.
    package var description: String { "\(file):\(line)" }

    package static func == (left: CodePlace, right: CodePlace) -> Bool {
        left.line == right.line && left.file.description == right.file.description
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(line)
    }
}
