/// What deferreds of all types have in common; use ``Deferred``.
public class DeferredNode {
    let origin: CodePlace

    /// True from the moment there is a result, also while its observers have not heard of it.
    fileprivate(set) final var isSettled = false

    /// Somebody cancelled this while a result was on its way here: what that result starts is to be cancelled.
    final var isCancelRequested = false

    private final var isTracked = false

    /// What must fire before this can.
    ///
    /// Unowned and unchecked, because a weak reference costs an allocation per link. It never dangles:
    /// it is set only together with an observer in the upstream node that holds this one, and that
    /// observer, whether it is run or dropped, clears it before the upstream node goes away.
    private final unowned(unsafe) var unsafeUpstream: DeferredNode?

    init(origin: CodePlace) {
        self.origin = origin
        guard DeferredDiagnostics.isTracking else { return }
        isTracked = true
        DeferredDiagnostics.countPending(origin, by: 1)
    }

    deinit {
        if isTracked { DeferredDiagnostics.countPending(origin, by: -1) }
    }

    final var upstream: DeferredNode? {
        get { unsafe unsafeUpstream }
        set { unsafe unsafeUpstream = newValue }
    }

    final func markSettled() {
        isSettled = true
        upstream = nil
        guard isTracked else { return }
        isTracked = false
        DeferredDiagnostics.countPending(origin, by: -1)
    }

    /// Gives up on the result; see ``Deferred/cancel()``.
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

    func cancelHere() {}

    func deliverResult(_ delivery: Delivery) {}
}

extension CodePlace: Hashable, CustomStringConvertible {
    /// The place as in `Module/File.swift:12`.
    var description: String { "\(file):\(line)" }

    static func == (left: CodePlace, right: CodePlace) -> Bool {
        left.line == right.line && left.file.description == right.file.description
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(line)
    }
}
