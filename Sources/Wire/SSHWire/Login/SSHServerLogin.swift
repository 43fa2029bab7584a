import SSHKeys

/// Lets clients in, or does not: the server's end of the authentication protocol.
///
/// The machine knows no accounts. It reads what a client shows and gives it to its owner as
/// ``SSHServerLoginAction/check(_:)``; what the owner answers goes to the client.
///
/// ```swift
/// login.receive(message)
/// while let action = try login.nextAction() { … }     // send, check, succeeded
/// login.refuse()                                      // the owner has judged, and asks for actions again
/// ```
///
/// | State | A request | Answers | The owner |
/// | --- | --- | --- | --- |
/// | waiting | is checked | are an error | |
/// | checking | waits | wait | accepts, refuses, allows a key, asks |
/// | asked | ends the conversation and is checked | are checked | |
/// | done | is ignored | are ignored | |
///
/// A probe can never let anybody in: it is answered by ``allowKey(_:)`` whatever the owner calls.
///
/// - Isolation: none; a value type, never shared.
/// - Limits: ``SSHLoginLimits``. After a failure the machine is spent: disconnect.
/// - Source: RFC 4252, RFC 4256.
public struct SSHServerLogin: Sendable {
    enum State: Sendable {
        case waiting
        case checking(SSHLoginRequest, rounds: Int)
        case asked(SSHLoginRequest, questions: Int, rounds: Int)
        case done
    }

    private let sessionID: [UInt8]
    var state = State.waiting
    var waiting: [[UInt8]] = []
    var actions: [SSHServerLoginAction] = []
    private var failure: SSHFailure?
    var methods: Set<SSHLoginMethod>
    var hasPartialSuccess = false
    private var requestCount = 0
    private var probeCount = 0

    /// Who the last request named; nil before the first.
    public private(set) var user: String?

    /// Attempts that were refused: none, probes and partial successes do not count.
    public private(set) var failureCount = 0

    /// Begins for a connection whose client has asked for the service `ssh-userauth`.
    ///
    /// - Parameters:
    ///   - sessionID: That of the connection's first key exchange.
    ///   - methods: What is offered; an attempt by any other is refused without a question to the owner.
    public init(sessionID: [UInt8], methods: Set<SSHLoginMethod> = Set(SSHLoginMethod.allCases)) {
        self.sessionID = sessionID
        self.methods = methods
    }

    /// Whether the owner owes an answer.
    public var isChecking: Bool {
        if case .checking = state { true } else { false }
    }

    // MARK: From the client

    /// Takes a message of the login, number first; ask for actions afterwards.
    public mutating func receive(_ message: [UInt8]) {
        guard isChecking || !waiting.isEmpty else { return read(message) }
        guard waiting.count < SSHLoginLimits.waiting else {
            return fail(.protocolError, "Too many requests came ahead of their answers.")
        }
        waiting.append(message)
    }

    /// Gives the next thing to do.
    ///
    /// - Returns: Nil when there is nothing to do before the client or the owner has said something.
    /// - Throws: ``SSHFailure`` when the client has to be disconnected, with the reason to give.
    public mutating func nextAction() throws(SSHFailure) -> SSHServerLoginAction? {
        while actions.isEmpty, failure == nil, !isChecking, !waiting.isEmpty { read(waiting.removeFirst()) }
        if !actions.isEmpty { return actions.removeFirst() }
        if let failure { throw failure }
        return nil
    }

    private mutating func read(_ message: [UInt8]) {
        if case .done = state { return }
        if message.count > SSHLoginLimits.message { return fail(.protocolError, "A message of the login is too long.") }
        var reader = SSHReader(message)
        do {
            switch try reader.octet() {
            case SSHMessageNumber.loginRequest: request(try SSHLoginRequest(&reader))
            case SSHMessageNumber.loginMethodResponse: try answers(&reader)
            default: fail(.protocolError, "A client that wants to be let in requests and answers, and nothing else.")
            }
        } catch .tooLong, .notText {
            // Possible to send and never right.
            refuseUnseen()
        } catch {
            fail(.protocolError, "A message of the login is malformed.")
        }
    }

    private mutating func request(_ request: SSHLoginRequest) {
        requestCount += 1
        if requestCount > SSHLoginLimits.requests { return fail(.noMoreMethods, "Too many requests to be let in.") }
        if request.service != "ssh-connection" { return fail(.serviceNotAvailable, "There is no such service.") }
        if let user, user != request.user, hasPartialSuccess {
            return fail(.protocolError, "The user name has changed after a partial success.")
        }
        user = request.user
        switch request.method {
        case .none: check(.none, request)
        case .password(let password): check(.password(password), request, by: .password)
        case .passwordChange(let old, let new): check(.passwordChange(old: old, new: new), request, by: .password)
        case .keyboardInteractive(let submethods):
            check(.keyboardInteractive(submethods: submethods), request, by: .keyboardInteractive)
        case .probe(let algorithm, let key): probe(algorithm, key, request)
        case .signed(let algorithm, let key, let signature): verify(algorithm, key, signature, request)
        case .other: refuseUnseen()
        }
    }

    private mutating func check(
        _ proof: SSHLoginAttempt.Proof, _ request: SSHLoginRequest, by method: SSHLoginMethod? = nil, rounds: Int = 0
    ) {
        if let method, !methods.contains(method) { return refuseUnseen() }
        state = .checking(request, rounds: rounds)
        actions.append(.check(SSHLoginAttempt(user: request.user, proof: proof)))
    }

    private mutating func probe(_ algorithm: String, _ blob: [UInt8], _ request: SSHLoginRequest) {
        probeCount += 1
        if probeCount > SSHLoginLimits.probes { return fail(.noMoreMethods, "Too many keys were shown.") }
        guard methods.contains(.publicKey), let (key, algorithm) = Self.key(blob, algorithm) else {
            state = .waiting
            return sendRefusal()
        }
        check(.probe(key, algorithm), request)
    }

    private mutating func verify(_ algorithm: String, _ blob: [UInt8], _ signature: [UInt8], _ request: SSHLoginRequest)
    {
        guard let (key, known) = Self.key(blob, algorithm) else { return refuseUnseen() }
        let message = SSHLoginRequest.signedMessage(
            sessionID: sessionID, user: request.user, service: request.service, algorithm: algorithm, key: blob)
        check(
            .signature(SSHSignedKey(key: key, algorithm: known, message: message, signature: signature)), request,
            by: .publicKey)
    }

    /// A key of a type that is known, with an algorithm that belongs to it.
    private static func key(_ blob: [UInt8], _ name: String) -> (SSHPublicKey, SSHSignatureAlgorithm)? {
        guard let algorithm = SSHSignatureAlgorithm(rawValue: name), let key = try? SSHPublicKey(blob: blob),
            key.type.signatureAlgorithms.contains(algorithm)
        else { return nil }
        return (key, algorithm)
    }

    private mutating func answers(_ reader: inout SSHReader) throws(SSHDataFailure) {
        guard case .asked(let request, let count, let rounds) = state else {
            return fail(.protocolError, "Answers came without questions.")
        }
        let answers = try SSHLoginAnswers(&reader).answers
        if answers.count != count { return refuseUnseen() }
        check(.answers(answers), request, rounds: rounds)
    }

    // MARK: Refusing

    /// Refuses what the owner need not see.
    private mutating func refuseUnseen() {
        state = .waiting
        if !countFailure() { sendRefusal() }
    }

    mutating func sendRefusal(partially: Bool = false) {
        let names = SSHLoginMethod.ordered(methods).map(\.rawValue)
        actions.append(.send(SSHLoginRefusal(methods: names, isPartialSuccess: partially).encoded))
    }

    /// Returns whether that was one too many.
    mutating func countFailure() -> Bool {
        failureCount += 1
        if failureCount < SSHLoginLimits.failures { return false }
        fail(.noMoreMethods, "Too many attempts have failed.")
        return true
    }

    private mutating func fail(_ reason: SSHDisconnectReason, _ text: String) {
        state = .done
        waiting = []
        if failure == nil { failure = SSHFailure(reason, text) }
    }
}
