public import ReactorCore

/// Calls a closure when it has not been reset for some time; for protocols that end idle connections.
///
/// A reset only moves a deadline, without a heap operation or memory, so it may be done for every octet.
///
/// The closure must not keep the timer's owner alive, as by `[weak self]`; a timer that is dropped never calls.
public final class InactivityTimer {
    /// How long the timer waits after a reset; nil while it is off.
    public private(set) var timeout: Duration?

    private let reactor: Reactor
    private let body: () -> Void
    private var call: DelayedCall?

    /// Makes a timer that is off; `body` is called when a time-out passes, after which the timer is off again.
    public init(_ reactor: Reactor, _ body: @escaping () -> Void) {
        self.reactor = reactor
        self.body = body
    }

    deinit {
        call?.cancel()
    }

    /// Waits this long from now on, or no more; O(1), or O(log n) of n delayed calls when that is earlier.
    public func set(_ newTimeout: Duration?) {
        timeout = newTimeout
        guard let newTimeout else {
            call?.cancel()
            call = nil
            return
        }
        if let call, call.reset(newTimeout) { return }
        call = reactor.callLater(newTimeout) { [weak self] in self?.fire() }
    }

    /// Begins the wait anew, if the timer is on; O(1).
    public func reset() {
        if let timeout { call?.reset(timeout) }
    }

    private func fire() {
        call = nil
        timeout = nil
        body()
    }
}
