public import ReactorCore

/// Runs an asynchronous function on the reactor's thread as long as it takes.
///
/// It has finished when the function returns, failed when it throws; a stop cancels the function's task and waits for it.
public final class WorkerService: Service {
    private let body: (ServicePost) async throws -> Void
    private var work: Deferred<Void>?
    private var ended: Deferred<Void>?

    /// Makes a service that runs `body`, which may say through the post when it is ready, if `reportsReadiness`.
    public init(reportsReadiness: Bool = false, _ body: @escaping (ServicePost) async throws -> Void) {
        self.reportsReadiness = reportsReadiness
        self.body = body
    }

    /// Whether the function says itself when it is ready.
    public let reportsReadiness: Bool

    /// Begins the function in a task.
    public func start(_ post: ServicePost) throws -> Deferred<Void>? {
        // The deferred of a task fires when it is cancelled, not when the task has ended.
        let ended = Deferred<Void>()
        let work = post.reactor.spawn { [body] in
            defer { ended.succeed() }
            try await body(post)
        }
        self.work = work
        self.ended = ended
        work.whenDone { [weak post] result in
            switch result {
            case .success: post?.finish()
            case .failure(let error): post?.fail(error)
            }
        }
        return nil
    }

    /// Cancels the task and waits for its end.
    public func stop(_ post: ServicePost) throws -> Deferred<Void>? {
        defer { (work, ended) = (nil, nil) }
        work?.cancel()
        return ended
    }
}
