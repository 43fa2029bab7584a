import ReactorCore

/// A value of one reactor's thread, carried through other threads by closures that use it back there.
///
/// `@unchecked Sendable`: the value can be reached only with its reactor in hand, which only code on that
/// reactor's thread has; the precondition makes sure that it is the right one. Other threads merely keep
/// the box alive.
final class ReactorBound<Value>: @unchecked Sendable {
    private var value: Value?
    private let reactor: ObjectIdentifier

    init(_ value: Value, of reactor: Reactor) {
        self.value = value
        self.reactor = ObjectIdentifier(reactor)
    }

    /// The value, or nil when it was taken.
    func value(on reactor: Reactor) -> Value? {
        precondition(ObjectIdentifier(reactor) == self.reactor, "a value was brought to a reactor not its own")
        return value
    }

    /// The value; the box lets go of it, so that it ends its life on its own thread.
    func take(on reactor: Reactor) -> Value? {
        defer { value = nil }
        return value(on: reactor)
    }
}
