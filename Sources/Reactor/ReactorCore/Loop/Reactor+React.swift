public import Glibc

/// Ends ``Reactor/react(cancellingOn:reactor:_:)`` with a status of the program's choice.
public struct ExitStatus: Error, Hashable, Sendable {
    /// What the parent process sees; zero means success.
    public let code: Int32

    /// Makes an end with `code`.
    public init(_ code: Int32) {
        self.code = code
    }
}

extension Reactor {
    /// Runs a reactor for one asynchronous function, and returns the status to exit with.
    ///
    /// ```swift
    /// Reactor.exit(try Reactor.react { reactor in
    ///     try await reactor.deferLater(.seconds(1)).value
    /// })
    /// ```
    ///
    /// The first of the signals cancels the function, which may clean up; a second one does not wait for that. A signal that
    /// the process ignores is left alone. When the function has ended, the shutdown triggers run, what is still connected is
    /// aborted, and the signals get their former action back.
    ///
    /// - Parameters:
    ///   - signals: What cancels the function.
    ///   - reactor: The reactor to run; nil makes one.
    ///   - main: The function; it runs on the reactor's thread. It is `sending` so that a closure in a
    ///     program's top-level code does not belong to the main actor, whose queue no reactor serves.
    /// - Returns: 0 when the function returned, the code of an ``ExitStatus`` that it threw, 128 and the
    ///   number of the signal when one came, and otherwise, for any other error, 1 after logging it.
    /// - Throws: ``SystemFailure`` when the kernel refuses a descriptor for the reactor.
    public static func react(
        cancellingOn signals: [Int32] = [SIGINT, SIGTERM], reactor: Reactor? = nil,
        _ main: sending @escaping (Reactor) async throws -> Void
    ) throws -> Int32 {
        let reactor = try reactor ?? Reactor()
        let run = MainRun()
        reactor.callWhenRunning {
            let task = reactor.spawn {
                do { try await main(reactor) } catch { run.error = error }
                reactor.stop()
            }
            task.whenDone { _ in }
            for signal in signals {
                reactor.onSignal(signal, respectingIgnored: true) {
                    if run.signal != nil { reactor.stop() }
                    run.signal = run.signal ?? signal
                    task.cancel()
                }
            }
        }
        reactor.run()
        // Their bodies keep the reactor, and nobody would hear the signals any more.
        for signal in signals { reactor.forgetSignal(signal) }
        reactor.disconnectAll()
        reactor.runOnePass(waitingAtMost: .zero)
        return run.status(log: reactor.log)
    }
}

/// How the function of `react` ended.
private final class MainRun {
    var error: (any Error)?
    var signal: Int32?

    func status(log: (String) -> Void) -> Int32 {
        if let status = error as? ExitStatus { return status.code }
        if let signal { return 128 + signal }
        guard let error else { return 0 }
        log("the main function failed: \(error)")
        return 1
    }
}
