public import ReactorCore

/// Makes a call at regular intervals while it runs, the first one at its start; it fails when the call throws.
public final class TimerService: Service {
    private let interval: Duration
    private let body: () throws -> Deferred<Void>?
    private var loop: LoopingCall?
    private var outcome: Deferred<Void>?

    /// Makes a service that calls `body` every `interval`; when that returns a deferred, not before it has fired.
    public init(every interval: Duration, _ body: @escaping () throws -> Deferred<Void>?) {
        self.interval = interval
        self.body = body
    }

    /// Makes the first call.
    public func start(_ post: ServicePost) throws -> Deferred<Void>? {
        let loop = LoopingCall(on: post.reactor, waitingFor: { [body] _ in try body() ?? .succeeded(()) })
        self.loop = loop
        let outcome = loop.start(every: interval)
        self.outcome = outcome
        outcome.whenDone { [weak post] result in
            if case .failure(let error) = result { post?.fail(error) }
        }
        return nil
    }

    /// Makes no further call, and waits for one that has begun.
    public func stop(_ post: ServicePost) throws -> Deferred<Void>? {
        let ended = outcome?.shielded().recover { _ in }
        loop?.stop()
        loop = nil
        outcome = nil
        return ended
    }
}
