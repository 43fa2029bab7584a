import ReactorCore

struct Boom: Error, Hashable {
    var number = 0
}

/// Remembers the results a deferred gave.
final class Outcome<Value> {
    private(set) var values: [Value] = []
    private(set) var errors: [any Error] = []

    init(_ deferred: Deferred<Value>) {
        deferred.whenDone { [self] result in
            switch result {
            case .success(let value): values.append(value)
            case .failure(let error): errors.append(error)
            }
        }
    }

    var isEmpty: Bool { values.isEmpty && errors.isEmpty }

    var booms: [Boom] { errors.compactMap { $0 as? Boom } }

    /// The failures that deferreds have by themselves.
    var ownFailures: [DeferredFailure] { errors.compactMap { $0 as? DeferredFailure } }
}

/// A lot of links: recursion over that many would end the stack of any thread.
let manyLinks = 100_000
