import Glibc
import Synchronization

/// A deferred was fired a second time; the first result stands.
struct FiredTwice: Error, CustomStringConvertible {
    var description: String { "a deferred was fired twice; the second result is dropped" }
}

/// Where mistakes with deferreds are reported, for the whole process.
public enum DeferredDiagnostics {
    private static let handler = Mutex<(@Sendable (_ failure: any Error, _ origin: String) -> Void)?>(nil)

    /// Sets what hears of failures nobody looked at and of second firings; nil writes to standard error.
    ///
    /// The handler gets the failure and the place where the deferred was made, as `Module/File.swift:12`.
    public static func setUnhandledFailureHandler(
        _ newHandler: (@Sendable (_ failure: any Error, _ origin: String) -> Void)?
    ) {
        handler.withLock { $0 = newHandler }
    }

    static func report(_ error: any Error, _ origin: DeferredOrigin) {
        if error is DeferredFailure || error is CancellationError { return }
        let place = "\(origin.fileID):\(origin.line)"
        if let handler = handler.withLock({ $0 }) { return handler(error, place) }
        let bytes = Array("unhandled failure of a deferred made at \(place): \(error)\n".utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
