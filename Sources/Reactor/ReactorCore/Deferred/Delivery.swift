import Glibc

/// Brings results to observers, by a loop instead of recursion; one for each thread.
///
/// What has fired lies on a stack. Depth first; the deferreds derived from one are taken in the order of
/// derivation. An observer that fires another deferred starts a loop inside the loop, so that firing has
/// its effect at once; at ``nestingLimit`` loops it only pushes, and the innermost loop goes on from there.
final class Delivery {
    /// The most loops inside loops; bounds the stack, and is beyond what code written by hand nests.
    static let nestingLimit = 32

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        let status = unsafe pthread_key_create(&key) { pointer in
            guard let pointer = unsafe pointer else { return }
            unsafe Unmanaged<Delivery>.fromOpaque(pointer).release()
        }
        precondition(status == 0, "the process has no thread-specific key left")
        return key
    }()

    /// The calling thread's.
    static var current: Delivery {
        if let pointer = unsafe pthread_getspecific(key) {
            return unsafe Unmanaged<Delivery>.fromOpaque(pointer).takeUnretainedValue()
        }
        let delivery = Delivery()
        let status = unsafe pthread_setspecific(key, Unmanaged.passRetained(delivery).toOpaque())
        precondition(status == 0, "a thread-specific value could not be set")
        return delivery
    }

    private var nodes: [DeferredNode] = []
    private var depth = 0

    /// Has the innermost loop deliver the result of `node` when the running observer has returned.
    func push(_ node: DeferredNode) { nodes.append(node) }

    /// Delivers the result of `node`, and of what that fires in turn.
    func run(_ node: DeferredNode) {
        guard depth < Self.nestingLimit else { return nodes.append(node) }
        depth += 1
        let base = nodes.count
        deliver(node)
        while nodes.count > base { deliver(nodes.removeLast()) }
        depth -= 1
    }

    private func deliver(_ node: DeferredNode) {
        let first = nodes.count
        node.deliverResult(self)
        if nodes.count > first + 1 { nodes[first...].reverse() }
    }
}
