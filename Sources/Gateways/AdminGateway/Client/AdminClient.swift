import Basics
import Glibc
package import ReactorCore
package import Transports

/// Asks a running server one thing over its control socket.
package final class AdminClient: StreamProtocol {
    private let request: [UInt8]
    private var framer = AdminLineFramer()
    private var transport: (any Transport)?
    private let outcome: Deferred<AdminAnswer>

    private init(_ request: [UInt8]) {
        self.request = request
        outcome = Deferred()
    }

    /// Sends a command and waits for its answer.
    ///
    /// - Parameters:
    ///   - command: What to ask.
    ///   - path: The control socket.
    ///   - timeout: How long connecting and answering may take together.
    ///   - reactor: The reactor to wait on.
    /// - Returns: The answer; fails with ``AdminFailure``.
    package static func ask(
        _ command: AdminCommand, at path: String, timeout: Duration, reactor: Reactor
    ) -> Deferred<AdminAnswer> {
        let line: [UInt8]
        do throws(AdminFailure) {
            line = try AdminLine.encode(AdminRequest(command))
        } catch {
            return .failed(error)
        }
        let client = AdminClient(line)
        let alarm = reactor.callLater(timeout) { client.giveUp() }
        let endpoint = EndpointDescription(.unix(path: path, mode: nil))
        return reactor.connect(endpoint, timeout: timeout, protocol: client)
            .flatMap { $0.outcome }
            .recover { throw Self.explain($0, path) }
            .both { alarm.cancel() }
    }

    /// Like ``ask(_:at:timeout:reactor:)``, with a reactor of its own, blocking until the answer is there.
    package static func askAndWait(
        _ command: AdminCommand, at path: String, timeout: Duration
    ) throws(AdminFailure) -> AdminAnswer {
        var result: Result<AdminAnswer, any Error>?
        do {
            let reactor = try Reactor()
            ask(command, at: path, timeout: timeout, reactor: reactor).whenDone {
                result = $0
                reactor.stop()
            }
            if result == nil { reactor.run() }
            guard let answer = try result?.get() else { throw AdminFailure(.failed, "The server did not answer.") }
            return answer
        } catch {
            throw error as? AdminFailure ?? AdminFailure(.failed, "\(error)")
        }
    }

    package func connectionMade(over transport: any Transport) {
        self.transport = transport
        transport.write(request)
    }

    package func dataReceived(_ bytes: Span<UInt8>) throws {
        guard let line = try framer.receive(bytes).first else { return }
        finish(.success(try AdminLine.decode(AdminAnswer.self, from: line)))
        transport?.loseConnection()
    }

    package func connectionLost(_ reason: DisconnectReason) {
        transport = nil
        if case .protocolFailure(let error as AdminFailure) = reason { return finish(.failure(error)) }
        finish(.failure(AdminFailure(.failed, "The server closed the connection without an answer.")))
    }

    private func finish(_ result: Result<AdminAnswer, any Error>) {
        if !outcome.isFired { outcome.settle(result) }
    }

    private func giveUp() {
        guard let transport else { return }
        let sentence = "The server did not answer in time; it may still do what was asked."
        finish(.failure(AdminFailure(.timedOut, sentence)))
        transport.abortConnection()
    }

    private static func explain(_ error: any Error, _ path: String) -> AdminFailure {
        if let failure = error as? AdminFailure { return failure }
        guard let failure = error as? ConnectFailure else { return AdminFailure(.failed, "\(error)") }
        switch failure {
        case .timedOut: return AdminFailure(.timedOut, "The server at \(path) did not answer in time.")
        case .refused(_, let cause):
            switch cause.code {
            case ENOENT, ECONNREFUSED: return AdminFailure(.notRunning, "No server is running at \(path).")
            case EACCES, EPERM: return AdminFailure(.permission, "You may not administer the server at \(path).")
            default: return AdminFailure(.failed, "The server at \(path) cannot be reached: \(cause).")
            }
        }
    }
}
