/// Gathers what goes wrong in steps that do not need each other, so that all of it is told at once.
package struct FailureList {
    /// What went wrong, in its order.
    package private(set) var failures: [DaemonFailure]

    /// Begins with what is known already.
    package init(_ failures: [DaemonFailure] = []) {
        self.failures = failures
    }

    /// Adds a failure.
    package mutating func add(_ failure: DaemonFailure) { failures.append(failure) }

    /// Takes a step, and notes when it fails.
    ///
    /// - Returns: What the step gave; nil when it failed.
    @discardableResult package mutating func attempt<Value>(_ step: () throws(DaemonFailure) -> Value) -> Value? {
        do throws(DaemonFailure) {
            return try step()
        } catch {
            add(error)
            return nil
        }
    }

    /// Ends what cannot go on with a failure.
    ///
    /// - Throws: All failures as one, with the status of the first.
    package func throwIfAny() throws(DaemonFailure) {
        guard let first = failures.first else { return }
        throw DaemonFailure(first.status, failures.map(\.description).joined(separator: "\n"))
    }
}
