import Glibc
import Synchronization

/// A deferred was fired a second time; the first result stands.
public struct FiredTwice: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where the second firing was, as `Module/File.swift:12`.
    public let secondPlace: String

    /// Where the first firing was; nil when another deferred or a cancel had fired it.
    public let firstPlace: String?

    /// The mistake and both places in words.
    public var description: String {
        let first = firstPlace.map { "at \($0)" } ?? "by another deferred or a cancel"
        return "fired a second time at \(secondPlace), the first time \(first); the second result is dropped"
    }
}

/// Where mistakes with deferreds are reported, for the whole process.
public enum DeferredDiagnostics {
    private static let handler = Mutex<(@Sendable (_ failure: any Error, _ origin: String) -> Void)?>(nil)
    @TaskLocal private static var scopedHandler: (@Sendable (_ failure: any Error, _ origin: String) -> Void)?
    private static let tracking = Atomic<Bool>(false)
    private static let pending = Mutex<[CodePlace: Int]>([:])

    /// Sets what hears of failures nobody looked at and of second firings; nil writes to standard error.
    ///
    /// The handler gets the failure, which is a ``FiredTwice`` for a second firing, and the place where the
    /// deferred was made, as `Module/File.swift:12`. It is called on the thread of the deferred, when the
    /// last reference to it goes away.
    public static func setUnhandledFailureHandler(
        _ newHandler: (@Sendable (_ failure: any Error, _ origin: String) -> Void)?
    ) {
        handler.withLock { $0 = newHandler }
    }

    /// Gives `handler` the reports of this thread while `body` runs, in place of the process's handler.
    ///
    /// Tasks that are started inside report to it for as long as they run. Meant for tests, which run in parallel.
    public static func withUnhandledFailureHandler<Value>(
        _ handler: @escaping @Sendable (_ failure: any Error, _ origin: String) -> Void, _ body: () throws -> Value
    ) rethrows -> Value {
        try $scopedHandler.withValue(handler, operation: body)
    }

    /// Gives `handler` the reports of an asynchronous `body`, in place of the process's handler.
    public static func withUnhandledFailureHandler<Value>(
        _ handler: @escaping @Sendable (_ failure: any Error, _ origin: String) -> Void,
        _ body: () async throws -> Value
    ) async rethrows -> Value {
        try await $scopedHandler.withValue(handler, operation: body)
    }

    /// Whether deferreds made from now on are counted by ``pendingDeferreds()``; off at first.
    ///
    /// Counting takes a lock for each deferred made and fired; it is meant for hunting forgotten ones.
    public static var isTracking: Bool {
        get { tracking.load(ordering: .relaxed) }
        set { tracking.store(newValue, ordering: .relaxed) }
    }

    /// How many of the counted deferreds have not fired, for each place that made some, most first.
    ///
    /// What is derived counts for the place that made the first of its chain.
    public static func pendingDeferreds() -> [(origin: String, count: Int)] {
        pending.withLock { $0 }.map { ($0.key.description, $0.value) }
            .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    }

    static func countPending(_ origin: CodePlace, by change: Int) {
        pending.withLock { pending in
            let count = pending[origin, default: 0] + change
            pending[origin] = count == 0 ? nil : count
        }
    }

    static func reportUnhandled(_ error: any Error, _ origin: CodePlace) {
        if error is DeferredFailure || error is CancellationError { return }
        report(error, "unhandled failure of a deferred made at \(origin)", origin)
    }

    static func reportSecondFiring(at second: CodePlace, first: CodePlace?, origin: CodePlace) {
        let mistake = FiredTwice(secondPlace: second.description, firstPlace: first?.description)
        report(mistake, "mistake with a deferred made at \(origin)", origin)
    }

    private static func report(_ error: any Error, _ headline: String, _ origin: CodePlace) {
        if let handler = scopedHandler ?? handler.withLock({ $0 }) { return handler(error, origin.description) }
        let bytes = Array("\(headline): \(error)\n".utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
