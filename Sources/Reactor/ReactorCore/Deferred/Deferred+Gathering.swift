/// Waits for all of `deferreds` and gives their values in the same order.
///
/// The first failure becomes the failure of the whole, and the others are cancelled; what they give
/// afterwards is dropped. Cancelling the whole cancels those that have not fired. Of no deferreds the
/// values are there at once. The whole does not keep its members; that is left to whoever fires them.
///
/// - Complexity: O(*n*).
public func gather<Success>(
    _ deferreds: some Sequence<Deferred<Success>>, fileID: StaticString = #fileID, line: UInt = #line
) -> Deferred<[Success]> {
    let members = Array(deferreds)
    var values = [Success?](repeating: nil, count: members.count)
    return joinAll(members, fileID, line) { group in
        for (index, member) in members.enumerated() {
            group.watch(member) { values[index] = $0 }
        }
        return { values.compactMap(\.self) }
    }
}

/// Waits for several deferreds of different types and gives their values as a tuple.
///
/// Failures and cancelling are as for a list of deferreds.
public func gather<each Success>(
    _ deferreds: repeat Deferred<each Success>, fileID: StaticString = #fileID, line: UInt = #line
) -> Deferred<(repeat each Success)> {
    var members: [DeferredNode] = []
    for member in repeat each deferreds { members.append(member) }
    return joinAll(members, fileID, line) { group in
        let slots = (repeat group.slot(of: each deferreds))
        return { (repeat try (each slots).get()) }
    }
}

/// Waits for all of `deferreds` to fire and gives all results in the same order; it never fails by a member.
///
/// Failures of the members count as looked at. Cancelling the whole cancels the members that have not
/// fired, and gives the results with these cancellations in them.
///
/// - Complexity: O(*n*).
public func gatherResults<Success>(
    _ deferreds: some Sequence<Deferred<Success>>, fileID: StaticString = #fileID, line: UInt = #line
) -> Deferred<[Result<Success, any Error>]> {
    let members = Array(deferreds)
    var results = [Result<Success, any Error>?](repeating: nil, count: members.count)
    return joinAll(members, fileID, line) { group in
        for (index, member) in members.enumerated() {
            group.watchResult(member) { results[index] = $0 }
        }
        return { results.compactMap(\.self) }
    }
}

/// Every deferred of a ``race(_:fileID:line:)`` failed.
public struct RaceLost: Error {
    /// The failures, in the order of the deferreds.
    public let errors: [any Error]
}

/// Takes the first success among `deferreds`, and cancels those that have not fired by then.
///
/// The losers are cancelled before the winner's value is given on. When all fail, the whole fails with
/// ``RaceLost``, at once when there are none. Cancelling the whole cancels those that have not fired.
///
/// - Complexity: O(*n*).
public func race<Success>(
    _ deferreds: some Sequence<Deferred<Success>>, fileID: StaticString = #fileID, line: UInt = #line
) -> Deferred<Success> {
    let members = Array(deferreds)
    var errors = [(any Error)?](repeating: nil, count: members.count)
    return joinAll(members, fileID, line) { group in
        for (index, member) in members.enumerated() {
            group.watchResult(member) { result in
                switch result {
                case .success: group.decide(result)
                case .failure(let error): errors[index] = error
                }
            }
        }
        return { throw RaceLost(errors: errors.compactMap(\.self)) }
    }
}

/// Takes the first result among `deferreds`, be it a value or a failure, and cancels the others.
///
/// Of no deferreds nothing ever could come: that fails with ``DeferredFailure/abandoned``. Otherwise
/// like ``race(_:fileID:line:)``.
///
/// - Complexity: O(*n*).
public func firstResult<Success>(
    of deferreds: some Sequence<Deferred<Success>>, fileID: StaticString = #fileID, line: UInt = #line
) -> Deferred<Success> {
    let members = Array(deferreds)
    return joinAll(members, fileID, line) { group in
        for member in members { group.watchResult(member) { group.decide($0) } }
        return { throw DeferredFailure.abandoned }
    }
}

/// Applies an asynchronous step to each element in turn, carrying a value along.
///
/// A step begins when the deferred of the one before has succeeded; the first failure ends it.
/// Cancelling cancels the step that is waited for. Stack and memory do not grow with the number of steps.
public func fold<Element, Value>(
    _ elements: some Sequence<Element>, into initial: Value, fileID: StaticString = #fileID, line: UInt = #line,
    _ step: @escaping (Value, Element) throws -> Deferred<Value>
) -> Deferred<Value> {
    let state = FoldState()
    let outcome = Deferred<Value>(canceller: { state.current?.cancel() }, fileID: fileID, line: line)
    var elements = elements.makeIterator()
    func advance(_ reached: Value) {
        var value = reached
        while !outcome.isFired {
            guard let element = elements.next() else {
                _ = outcome.succeed(value)
                return
            }
            let next = Deferred<Value>.attempt { try step(value, element) }
            switch next.currentResult {
            case .success(let newValue): value = newValue
            case .failure(let error):
                _ = outcome.fail(error)
                return
            case nil:
                state.current = next
                return next.whenDone { result in
                    guard !outcome.isFired else { return }
                    switch result {
                    case .success(let newValue): advance(newValue)
                    case .failure(let error): outcome.fail(error)
                    }
                }
            }
        }
    }
    advance(initial)
    return outcome
}

private final class FoldState {
    weak var current: DeferredNode?
}

/// Makes a deferred that fires when a group of them is complete.
///
/// `attach` watches the members through the group, and returns what makes the whole's value when all of
/// them have been heard.
private func joinAll<Value>(
    _ members: [DeferredNode], _ fileID: StaticString, _ line: UInt,
    _ attach: (DeferredGroup<Value>) -> () throws -> Value
) -> Deferred<Value> {
    let group = DeferredGroup<Value>(members, fileID, line)
    group.complete = attach(group)
    group.memberDone()
    return group.outcome
}

/// What the members of a gathering share.
private final class DeferredGroup<Value> {
    private(set) var outcome = Deferred<Value>()
    var complete: (() throws -> Value)?

    private var members: [WeakNode]

    /// One more than the members not heard of, until all are attached.
    private var missing: Int
    private var isDecided = false

    init(_ members: [DeferredNode], _ fileID: StaticString, _ line: UInt) {
        self.members = members.map { WeakNode(node: $0) }
        missing = members.count + 1
        outcome = Deferred(canceller: { self.cancelMembers() }, fileID: fileID, line: line)
    }

    func watch<Success>(_ member: Deferred<Success>, _ take: @escaping (Success) -> Void) {
        watchResult(member) { result in
            switch result {
            case .success(let value): take(value)
            case .failure(let error): self.decide(.failure(error))
            }
        }
    }

    func watchResult<Success>(_ member: Deferred<Success>, _ take: @escaping (Result<Success, any Error>) -> Void) {
        member.whenDone { result in
            guard !self.isDecided else { return }
            take(result)
            self.memberDone()
        }
    }

    func slot<Success>(of member: Deferred<Success>) -> ValueSlot<Success> {
        let slot = ValueSlot<Success>()
        watch(member) { slot.value = $0 }
        return slot
    }

    func memberDone() {
        missing -= 1
        guard missing == 0, !isDecided, let complete else { return }
        decide(Result { try complete() })
    }

    /// Ends the gathering: the first decision counts, and whoever has not fired is cancelled.
    func decide(_ result: Result<Value, any Error>) {
        guard !isDecided else { return }
        isDecided = true
        if missing > 0 { cancelMembers() }
        complete = nil
        members = []
        if !outcome.isFired { outcome.settle(result) }
    }

    private func cancelMembers() {
        for member in members { member.node?.cancel() }
    }
}

private struct WeakNode {
    weak var node: DeferredNode?
}

/// Holds the value of one member of a tuple until the others are there.
private final class ValueSlot<Value> {
    var value: Value?

    func get() throws -> Value {
        guard let value else { throw DeferredFailure.abandoned }
        return value
    }
}
