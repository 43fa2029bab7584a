import Basics
public import SSHKeys

/// Gets a user in: the client's end of the authentication protocol.
///
/// The machine attempts what its owner says, one thing at a time, and tells what came of it. Calls that do not belong where
/// things stand do nothing.
///
/// ```swift
/// login.start()
/// while let action = try login.nextAction() { … }     // send, banner, choose, ask, …, succeeded
/// login.attempt(password: password)                   // the owner has chosen, and asks for actions again
/// ```
///
/// | State | The server may | The owner |
/// | --- | --- | --- |
/// | idle | show banners | attempts something |
/// | attempting | refuse, accept, ask, show banners | |
/// | asked | refuse, show banners | answers, or attempts something else |
/// | done | | |
///
/// - Isolation: none; a value type, never shared.
/// - Limits: ``SSHLoginLimits``. After a failure the machine is spent: disconnect.
/// - Source: RFC 4252, RFC 4256, RFC 8332.
public struct SSHClientLogin: Sendable {
    private enum State: Sendable {
        case idle
        case attempting(SSHLoginRequest)
        /// Of `keyboard-interactive`.
        case asked(SSHLoginRequest, questions: Int)
        case done
    }

    /// Who wants to be let in.
    public let user: String
    private let sessionID: [UInt8]
    private let serverAlgorithms: Set<String>?
    private var state = State.idle
    private var actions: [SSHClientLoginAction] = []
    private var failure: SSHFailure?
    private var bannerOctets = 0
    private var rounds = 0

    /// Begins for a connection whose server has granted the service `ssh-userauth`.
    ///
    /// - Parameters:
    ///   - user: Who wants to be let in.
    ///   - sessionID: That of the connection's first key exchange.
    ///   - serverAlgorithms: What the server has said in `server-sig-algs` (RFC 8308 section 3.1); nil when it has said nothing.
    public init(user: String, sessionID: [UInt8], serverAlgorithms: [String]? = nil) {
        self.user = user
        self.sessionID = sessionID
        self.serverAlgorithms = serverAlgorithms.map(Set.init)
    }

    // MARK: From the owner

    /// Asks what the server offers, which may let the user in already.
    public mutating func start() { send(.none) }

    /// Attempts a password.
    public mutating func attempt(password: String) { send(.password(password)) }

    /// Attempts a password that has expired, and gives a new one.
    public mutating func changePassword(old: String, new: String) { send(.passwordChange(old: old, new: new)) }

    /// Asks to be asked.
    public mutating func attemptKeyboardInteractive() {
        rounds = 0
        send(.keyboardInteractive(submethods: ""))
    }

    /// Shows a key, to be told whether it would do.
    public mutating func show(_ key: SSHPublicKey, _ algorithm: SSHSignatureAlgorithm) {
        send(.probe(algorithm: algorithm.rawValue, key: key.blob))
    }

    /// What a key has to sign to let the user in, for ``attempt(_:_:signature:)``.
    public func messageToSign(_ key: SSHPublicKey, _ algorithm: SSHSignatureAlgorithm) -> [UInt8] {
        SSHLoginRequest.signedMessage(
            sessionID: sessionID, user: user, service: Self.service, algorithm: algorithm.rawValue, key: key.blob)
    }

    /// Attempts a key with its signature over ``messageToSign(_:_:)``.
    public mutating func attempt(_ key: SSHPublicKey, _ algorithm: SSHSignatureAlgorithm, signature: [UInt8]) {
        send(.signed(algorithm: algorithm.rawValue, key: key.blob, signature: signature))
    }

    /// Answers the questions that were asked last; missing answers are empty ones.
    public mutating func answer(_ answers: [String]) {
        guard case .asked(let request, let count) = state else { return }
        state = .attempting(request)
        let answers = Array((answers + Array(repeating: "", count: count)).prefix(count))
        actions.append(.send(SSHLoginAnswers(answers).encoded))
    }

    /// How a key of this type can sign so that the server understands it: never with SHA-1.
    ///
    /// A server that has said nothing is taken to understand the best that there is, because such servers are rare and old
    /// ones would want SHA-1.
    ///
    /// - Returns: Nil when there is no way.
    public func algorithm(for type: SSHKeyType) -> SSHSignatureAlgorithm? {
        type.signatureAlgorithms.first { serverAlgorithms?.contains($0.rawValue) ?? true }
    }

    private static let service = "ssh-connection"

    private mutating func send(_ method: SSHLoginRequest.Method) {
        switch state {
        case .idle, .asked: break
        case .attempting, .done: return
        }
        let request = SSHLoginRequest(user: user, service: Self.service, method: method)
        state = .attempting(request)
        actions.append(.send(request.encoded))
    }

    // MARK: From the server

    /// Gives the next thing to do.
    ///
    /// - Returns: Nil when there is nothing to do before the server or the owner has said something.
    /// - Throws: ``SSHFailure`` when the server has to be left, with the reason to give.
    public mutating func nextAction() throws(SSHFailure) -> SSHClientLoginAction? {
        if !actions.isEmpty { return actions.removeFirst() }
        if let failure { throw failure }
        return nil
    }

    /// Takes a message of the login, number first; ask for actions afterwards.
    public mutating func receive(_ message: [UInt8]) {
        if case .done = state { return }
        if message.count > SSHLoginLimits.message { return fail("A message of the login is too long.") }
        var reader = SSHReader(message)
        do {
            switch try reader.octet() {
            case SSHMessageNumber.loginFailure: refused(try SSHLoginRefusal(&reader))
            case SSHMessageNumber.loginSuccess: try succeeded(&reader)
            case SSHMessageNumber.loginBanner: banner(try SSHLoginBanner(&reader))
            case SSHMessageNumber.loginMethodRequest: try goOn(&reader)
            default: fail("Not a message of a server that lets somebody in.")
            }
        } catch {
            fail("A message of the login is malformed.")
        }
    }

    private mutating func refused(_ refusal: SSHLoginRefusal) {
        switch state {
        case .attempting, .asked: break
        case .idle, .done: return fail("The server refused what was not attempted.")
        }
        state = .idle
        actions.append(.choose(SSHLoginMethods(names: refusal.methods), partially: refusal.isPartialSuccess))
    }

    private mutating func succeeded(_ reader: inout SSHReader) throws(SSHDataFailure) {
        try reader.finish()
        guard case .attempting = state else { return fail("The server let in who had not asked.") }
        state = .done
        actions.append(.succeeded)
    }

    private mutating func banner(_ banner: SSHLoginBanner) {
        bannerOctets += banner.text.utf8.count + 1
        if bannerOctets > SSHLoginLimits.banners { return fail("The server says too much before it lets anybody in.") }
        actions.append(.banner(Self.cleaned(banner.text)))
    }

    /// Reads the message whose meaning depends on what was attempted.
    private mutating func goOn(_ reader: inout SSHReader) throws(SSHDataFailure) {
        guard case .attempting(let request) = state else {
            return fail("The server goes on with what was not attempted.")
        }
        switch request.method {
        case .probe(let algorithm, let blob):
            let acceptance = try SSHKeyAcceptance(&reader)
            // Only what was shown: another key would be signed for in its place.
            guard acceptance.algorithm == algorithm, acceptance.key == blob, let key = try? SSHPublicKey(blob: blob),
                let known = SSHSignatureAlgorithm(rawValue: algorithm)
            else { return fail("The server accepts a key that was not shown.") }
            state = .idle
            actions.append(.keyAccepted(key, known))
        case .password, .passwordChange:
            let expiry = try SSHPasswordExpiry(&reader)
            state = .idle
            actions.append(.passwordExpired(prompt: Self.cleaned(expiry.prompt)))
        case .keyboardInteractive:
            let questions = try SSHLoginQuestions(&reader)
            rounds += 1
            if rounds > SSHLoginLimits.rounds { return fail("The server asks without end.") }
            state = .asked(request, questions: questions.questions.count)
            actions.append(.ask(Self.cleaned(questions)))
        case .none, .signed, .other: fail("The server goes on with what needs no more.")
        }
    }

    private mutating func fail(_ text: String) {
        state = .done
        if failure == nil { failure = SSHFailure(.protocolError, text) }
    }

    // MARK: What is shown

    private static func cleaned(_ questions: SSHLoginQuestions) -> SSHLoginQuestions {
        SSHLoginQuestions(
            name: cleaned(questions.name), instruction: cleaned(questions.instruction),
            questions.questions.map { .init(cleaned($0.text), isShown: $0.isShown) })
    }

    /// Lines with LF between them, without control characters (RFC 4252 section 5.4, RFC 4256 section 3.3).
    private static func cleaned(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { String($0).cleaned }
            .joined(separator: "\n")
    }
}
