public import ReactorCore

/// A poller that never waits and reports only what a test tells it to.
///
/// ```swift
/// let poller = ManualPoller()
/// let reactor = try Reactor(poller: poller)
/// try reactor.add(handler, for: 1_000, interest: .read)
/// poller.makeReady(1_000, .read)
/// reactor.runOnePass(waitingAtMost: .zero)       // calls the handler
/// ```
public final class ManualPoller: Poller {
    private struct Watched {
        var token: UInt64
        var interest: Interest
    }

    private var watched: [Int32: Watched] = [:]
    private var script: [(descriptor: Int32, readiness: Readiness)] = []

    /// The longest wait the reactor asked for last, in nanoseconds; negative for one without end.
    public private(set) var lastWait: Int64 = 0

    /// Makes a poller that watches nothing.
    public init() {}

    /// Starts to watch a descriptor; any number will do, nothing is asked of the kernel.
    public func add(_ descriptor: Int32, token: UInt64, interest: Interest) throws(SystemFailure) {
        watched[descriptor] = Watched(token: token, interest: interest)
    }

    /// Changes what a descriptor waits for.
    public func modify(_ descriptor: Int32, token: UInt64, interest: Interest) throws(SystemFailure) {
        watched[descriptor] = Watched(token: token, interest: interest)
    }

    /// Stops watching a descriptor.
    public func remove(_ descriptor: Int32) {
        watched[descriptor] = nil
    }

    /// What a descriptor waits for; nil when it is not watched.
    public func interest(of descriptor: Int32) -> Interest? { watched[descriptor]?.interest }

    /// Has the next pass find `descriptor` ready, as far as its interest then allows.
    public func makeReady(_ descriptor: Int32, _ readiness: Readiness) {
        script.append((descriptor, readiness))
    }

    /// Reports what the test has scripted, and returns at once.
    public func wait(nanoseconds: Int64, into ready: inout [ReadyDescriptor]) {
        lastWait = nanoseconds
        for (descriptor, readiness) in script {
            guard let target = watched[descriptor] else { continue }
            let wanted = Readiness(rawValue: target.interest.rawValue).union(.hangup)
            let reported = readiness.intersection(wanted)
            if !reported.isEmpty { ready.append(ReadyDescriptor(token: target.token, readiness: reported)) }
        }
        script = []
    }
}
