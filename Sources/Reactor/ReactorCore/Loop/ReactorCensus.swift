import Synchronization

/// Every reactor that is made while a piece of code runs, and what each of them has left behind.
///
/// For tests: a reactor that a test has let go of is asked while it goes away, one that lives on is asked at the end.
package final class ReactorCensus: Sendable {
    /// The census of the code that runs now, and of the tasks started in it; nil when nobody counts.
    @TaskLocal package static var current: ReactorCensus?

    /// A reactor that may be gone.
    ///
    /// `@unchecked Sendable` holds because the reference is only written where the reactor is made, and only read by
    /// ``ReactorCensus/leftovers``, after the code that made the reactor has ended.
    private struct Reference: @unchecked Sendable {
        weak var reactor: Reactor?
    }

    private struct State {
        var references: [Reference] = []
        var leftovers: [Leftover] = []
    }

    private let state = Mutex(State())

    /// Makes a census that has counted nothing.
    package init() {}

    /// What was left by reactors that are gone, and what those have that live on; to be asked once their code has ended.
    package var leftovers: [Leftover] {
        let (references, gone) = state.withLock { ($0.references, $0.leftovers) }
        return gone + references.flatMap { $0.reactor?.leftovers ?? [] }
    }

    func add(_ reactor: Reactor) {
        let reference = Reference(reactor: reactor)
        state.withLock { $0.references.append(reference) }
    }

    func noteEnd(_ leftovers: [Leftover]) {
        if !leftovers.isEmpty { state.withLock { $0.leftovers += leftovers } }
    }
}
