import Basics
import Glibc

/// A value behind a mutex, with a condition to wait for.
///
/// `@unchecked Sendable`: `state` is touched only between lock and unlock of `mutex`, in ``withLock(_:)`` and
/// ``wait(upTo:_:)``; the mutex and the condition live at fixed addresses from `init` to `deinit`.
package final class Monitor<State>: @unchecked Sendable {
    private var state: State
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>

    package init(_ state: sending State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    package func withLock<Answer: Sendable>(_ body: (inout State) -> Answer) -> Answer {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&state)
    }

    /// Changes the value and wakes every waiter.
    package func signal(_ body: (inout State) -> Void) {
        pthread_mutex_lock(mutex)
        body(&state)
        pthread_mutex_unlock(mutex)
        // After unlocking, or the woken thread would run straight into the mutex.
        pthread_cond_broadcast(condition)
    }

    /// Waits until `body` answers; it is asked at once and after every signal.
    ///
    /// - Parameters:
    ///   - timeout: How long at most; nil for ever.
    ///   - body: Looks at the value and answers, or wants to wait on.
    /// - Returns: nil when the time is up.
    package func wait<Answer: Sendable>(upTo timeout: Duration?, _ body: (inout State) -> Answer?) -> Answer? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        var deadline = timespec()
        if let timeout {
            clock_gettime(CLOCK_MONOTONIC, &deadline)
            let nanoseconds = deadline.tv_nsec + Int(timeout.wholeNanoseconds)
            deadline.tv_sec += nanoseconds / 1_000_000_000
            deadline.tv_nsec = nanoseconds % 1_000_000_000
        }
        while true {
            if let answer = body(&state) { return answer }
            if timeout == nil {
                pthread_cond_wait(condition, mutex)
            } else if pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT {
                return body(&state)
            }
        }
    }
}

/// Runs `body` on a new thread that no signal is delivered to.
///
/// - Returns: Whether the system had one.
func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
    final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var everySignal = sigset_t()
    var before = sigset_t()
    sigfillset(&everySignal)
    // The mask is inherited at creation, so there is no moment in which the thread could get one.
    pthread_sigmask(SIG_SETMASK, &everySignal, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let failure = pthread_create(
        &thread, nil,
        { raw in
            guard let raw else { return nil }
            Unmanaged<Work>.fromOpaque(raw).takeRetainedValue().body()
            return nil
        }, work.toOpaque())
    guard failure == 0 else {
        work.release()
        return false
    }
    pthread_detach(thread)
    return true
}
