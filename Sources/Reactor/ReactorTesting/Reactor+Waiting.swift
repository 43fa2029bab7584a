public import ReactorCore

/// Why a test that waited has nothing to show.
public enum WaitingFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The deferred has not fired.
    case notFired

    /// The deferred has not fired within this time.
    case tooLate(Duration)

    /// The failure in one line.
    public var description: String {
        switch self {
        case .notFired: "the deferred has not fired"
        case .tooLate(let limit): "the deferred has not fired within \(limit)"
        }
    }
}

extension Reactor {
    /// Runs passes until `condition` holds; for reactors over real sockets and real time, outside ``ReactorCore/Reactor/run()``.
    ///
    /// - Parameters:
    ///   - limit: The longest time this may take.
    ///   - condition: Looked at before each pass.
    /// - Returns: False when the time passed first.
    public func run(within limit: Duration = .seconds(10), until condition: () -> Bool) -> Bool {
        var isLate = false
        let alarm = callLater(limit) { isLate = true }
        defer { alarm.cancel() }
        while !condition() {
            if isLate { return false }
            runOnePass(waitingAtMost: nil)
        }
        return true
    }

    /// Runs passes until `deferred` has fired.
    ///
    /// ```swift
    /// let port = try registry.server("tcp:0:interface=127.0.0.1").listen(with: EchoFactory(), on: reactor)
    /// let client = try reactor.result(of: AddressClientEndpoint(port.address).connect(Dialogue(), on: reactor))
    /// ```
    ///
    /// - Returns: Its value.
    /// - Throws: Its failure, or ``WaitingFailure/tooLate(_:)``; the deferred goes on then.
    public func result<Success>(of deferred: Deferred<Success>, within limit: Duration = .seconds(10)) throws -> Success
    {
        var found: Result<Success, any Error>?
        deferred.whenDone { found = $0 }
        guard run(within: limit, until: { found != nil }), let found else { throw WaitingFailure.tooLate(limit) }
        return try found.get()
    }
}

extension Deferred {
    /// What it has fired with, without waiting.
    ///
    /// - Throws: Its failure, or ``WaitingFailure/notFired``.
    public func resultNow() throws -> Success {
        guard isFired else { throw WaitingFailure.notFired }
        var found: Result<Success, any Error>?
        whenDone { found = $0 }
        guard let found else { throw WaitingFailure.notFired }
        return try found.get()
    }
}
