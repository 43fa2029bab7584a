public import ReactorCore
public import SSHKeys
public import Transports

/// Asks an agent, which holds private keys and signs with them.
///
/// ```swift
/// let agent = try await AddressClientEndpoint(.unix(path)).connectSSHAgent(on: reactor).value
/// let keys = try await agent.keys().value
/// ```
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: ``mostWaiting`` questions; a message as ``SSHAgentFramer`` has it.
/// - Source: draft-miller-ssh-agent.
/// - SeeAlso: `ShellPeersTests/SSHAgentClientTests`.
public final class SSHAgentClient: StreamProtocol {
    /// Questions that may wait for their answers.
    public static let mostWaiting = 64

    private var transport: (any Transport)?
    private var framer = SSHAgentFramer()
    private var waiting: [Deferred<SSHAgentAnswer>] = []

    /// Makes a client that is not connected yet.
    public init() {}

    /// Which keys the agent has; those of kinds that are not known here are among them.
    ///
    /// - Returns: The keys; it fails as ``ask(_:)`` does.
    public func keys() -> Deferred<[SSHAgentKey]> {
        ask(.list).map { answer in
            guard case .keys(let keys) = answer else { throw SSHAgentFailure.refused }
            return keys
        }
    }

    /// Has a key sign a message.
    ///
    /// - Returns: The signature in SSH's form; it fails with ``SSHAgentFailure/refused`` when the agent has no such key, or when
    ///   its owner has said no.
    public func sign(
        _ message: [UInt8], with key: SSHPublicKey, as algorithm: SSHSignatureAlgorithm
    ) -> Deferred<[UInt8]> {
        ask(.sign(key: key.blob, message: message, flags: .init(algorithm))).map { answer in
            guard case .signature(let signature) = answer else { throw SSHAgentFailure.refused }
            // An agent that knows nothing of the flags signs with SHA-1.
            guard let made = try? SSHSignature(blob: signature), made.algorithm == algorithm else {
                throw SSHAgentFailure.wrongAlgorithm
            }
            return signature
        }
    }

    /// Asks anything; answers come in the order of the questions.
    ///
    /// - Returns: The answer; it fails with ``SSHAgentFailure`` when there is none.
    public func ask(_ request: SSHAgentRequest) -> Deferred<SSHAgentAnswer> {
        guard let transport else { return .failed(SSHAgentFailure.gone) }
        if waiting.count >= Self.mostWaiting { return .failed(SSHAgentFailure.tooManyQuestions) }
        let answer = Deferred<SSHAgentAnswer>()
        waiting.append(answer)
        transport.write(SSHAgentFramer.framed(request.message))
        return answer
    }

    /// Ends the connection; questions without an answer fail.
    public func close() { transport?.loseConnection() }

    // MARK: From the transport

    /// Keeps the transport; for it to call, as all of this part.
    public func connectionMade(over transport: any Transport) { self.transport = transport }

    /// Gives answers to those who have asked.
    ///
    /// - Throws: `SSHKeyFailure` for what is no answer, and ``SSHAgentFailure/unasked``; either ends the connection.
    public func dataReceived(_ bytes: Span<UInt8>) throws {
        framer.receive(bytes)
        while let message = try framer.next() {
            let answer = try SSHAgentAnswer(message: message)
            if waiting.isEmpty { throw SSHAgentFailure.unasked }
            waiting.removeFirst().succeed(answer)
        }
    }

    /// Tells those who wait that nothing will come.
    public func connectionLost(_ reason: DisconnectReason) {
        transport = nil
        let left = waiting
        waiting = []
        for answer in left { answer.fail(SSHAgentFailure.gone) }
    }
}

extension ClientEndpoint {
    /// Connects to an agent, which usually listens on the Unix socket that `SSH_AUTH_SOCK` names.
    ///
    /// - Returns: The agent's client; it fails as ``connect(_:on:)`` does.
    public func connectSSHAgent(on reactor: Reactor) -> Deferred<SSHAgentClient> {
        connect(SSHAgentClient(), on: reactor)
    }
}
