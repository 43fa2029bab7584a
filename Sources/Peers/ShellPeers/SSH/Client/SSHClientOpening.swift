import ReactorCore
import SSHKeys
import SSHWire
import Transports

/// Brings an ``SSHClient`` about: the host's key, then the login; afterwards it tells the client of the end.
///
/// - Isolation: belongs to the reactor's thread.
final class SSHClientOpening: SSHClientHandler {
    /// What the login's task is told.
    private enum Step {
        case action(SSHClientLoginAction)
        case loggedIn
        case lost
    }

    /// How often questions and passwords are tried; OpenSSH's figure.
    ///
    /// A secret that the server asked for counts as a password,
    /// so that nobody is asked for the same wrong one twice as often.
    private static let attempts = 3

    private let settings: SSHClientSettings
    private let prompter: any SSHClientPrompter
    private let reactor: Reactor
    private let identities: SSHIdentities
    private var trust: SSHHostTrust
    private var client: SSHClient?
    private let steps = DeferredQueue<Step>()
    /// What somebody is being asked.
    private var prompt: DeferredNode?
    /// Why it did not work, as far as this end knows better than the connection.
    private var failure: (any Error)?
    private var reason: DisconnectReason?

    private var methods = SSHLoginMethods([])
    private var questionAttempts = 0
    private var passwordAttempts = 0
    /// Whether the questions that are being answered want something secret.
    private var answersSecret = false
    private var hasGathered = false
    private var hasHeardHostKeys = false
    private var lastPassword = ""

    init(_ settings: SSHClientSettings, _ prompter: any SSHClientPrompter, on reactor: Reactor) {
        self.settings = settings
        self.prompter = prompter
        self.reactor = reactor
        identities = SSHIdentities(prompter, on: reactor)
        trust = SSHHostTrust(host: settings.host, port: settings.port, files: [])
    }

    func open(over endpoint: any ClientEndpoint) async throws -> SSHClient {
        let (host, port, paths) = (settings.host, settings.port, settings.knownHosts)
        trust = try await reactor.deferToThread { try SSHHostTrust(host: host, port: port, paths: paths) }.value
        var connectionSettings = settings.connection
        // A key of a kind that is known surprises nobody.
        let (offered, known) = (connectionSettings.transport.algorithms.hostKeys, Set(trust.knownKeys.map(\.type)))
        connectionSettings.transport.algorithms.hostKeys =
            offered.filter { known.contains($0.keyType) } + offered.filter { !known.contains($0.keyType) }
        let connection = SSHConnection(connectionSettings, handler: self, on: reactor)
        let client = SSHClient(settings, connection)
        defer { identities.close() }
        do {
            _ = try await endpoint.connect(connection, on: reactor).value
            self.client = client
            try await logIn(connection)
            return client
        } catch {
            connection.abort()
            throw cause(error, connection)
        }
    }

    /// The best that is known of why it did not work.
    private func cause(_ error: any Error, _ connection: SSHConnection) -> any Error {
        if let failure { return failure }
        if let goodbye = connection.goodbye { return SSHClientFailure.goodbye(goodbye.text) }
        if case .protocolFailure(let cause as SSHFailure)? = reason { return SSHClientFailure.broken(cause.text) }
        if let foreign = connection.ssh.foreignFailure { return SSHClientFailure.broken(foreign.text) }
        return reason ?? error
    }

    // MARK: The host

    func connected(_ connection: SSHConnection) {}

    func hostKeyShown(_ key: SSHPublicKey, on connection: SSHConnection) -> Deferred<Bool> {
        reactor.deferToTask { [self] in
            do {
                try await decide(on: key)
                return true
            } catch {
                failure = failure ?? error
                return false
            }
        }
    }

    private func decide(on key: SSHPublicKey) async throws {
        guard case .unknown(let isNewKind) = try trust.check(key) else { return }
        let isTrusted =
            switch settings.unknownHosts {
            case .ask: try await ask(prompter.trusts(key, of: trust.name, isNewKind: isNewKind))
            case .trust: true
            case .refuse: false
            }
        if !isTrusted { throw SSHClientFailure.hostKeyUnknown(host: trust.name, key: key) }
        try await remember([key])
    }

    private func remember(_ keys: [SSHPublicKey]) async throws {
        guard let path = settings.knownHosts.first else { return }
        let (host, port, isHashed) = (settings.host, settings.port, settings.hashesHosts)
        do {
            try await reactor.deferToThread {
                try SSHHostTrust.remember(keys, host: host, port: port, isHashed: isHashed, in: path)
            }.value
        } catch let failure as SSHClientFailure {
            // Who may be trusted may be trusted also where that cannot be written down.
            prompter.show("\(failure)")
        }
    }

    /// Gets to know keys that the host will show some day, so that nobody has to be asked then.
    func hostKeysAnnounced(_ keys: [SSHPublicKey], on connection: SSHConnection) {
        let fresh = keys.filter(trust.isFresh)
        // Once: a host that makes and proves keys without end would fill the file.
        if fresh.isEmpty || hasHeardHostKeys { return }
        hasHeardHostKeys = true
        reactor.spawn { [self] in
            let proven = try await connection.proveHostKeys(fresh).value
            if !proven.isEmpty { try await remember(proven) }
        }
    }

    // MARK: The login

    func loggedIn(on connection: SSHConnection) { try? steps.put(.loggedIn) }

    func loginAction(_ action: SSHClientLoginAction, on connection: SSHConnection) { try? steps.put(.action(action)) }

    func connectionLost(_ reason: DisconnectReason) {
        self.reason = reason
        try? steps.put(.lost)
        prompt?.cancel()
        identities.prompt?.cancel()
        client?.ended.succeed(reason)
    }

    private func logIn(_ connection: SSHConnection) async throws {
        while true {
            switch try await steps.get().value {
            case .lost: throw reason ?? DisconnectReason.done
            case .loggedIn: return
            case .action(.choose(let methods, let isPartial)):
                self.methods = methods
                if answersSecret, !isPartial { passwordAttempts += 1 }
                answersSecret = false
                try await attemptNext(connection)
            case .action(.keyAccepted(let key, let algorithm)): try await sign(key, algorithm, connection)
            case .action(.ask(let questions)): try await answer(questions, connection)
            case .action(.passwordExpired(let prompt)): try await changePassword(prompt, connection)
            case .action(.banner(let text)): prompter.show(text)
            case .action(.send), .action(.succeeded): break
            }
        }
    }

    private func mayTry(_ method: SSHLoginMethod) -> Bool {
        methods.known.contains(method) && settings.methods.contains(method)
    }

    private func attemptNext(_ connection: SSHConnection) async throws {
        if mayTry(.publicKey), try await showNextKey(connection) { return }
        if mayTry(.keyboardInteractive), questionAttempts < Self.attempts {
            questionAttempts += 1
            return connection.login { $0.attemptKeyboardInteractive() }
        }
        if mayTry(.password), passwordAttempts < Self.attempts {
            passwordAttempts += 1
            if let password = try await ask(prompter.password(of: settings.connection.user, attempt: passwordAttempts))
            {
                lastPassword = password
                return connection.login { $0.attempt(password: password) }
            }
        }
        throw SSHClientFailure.loginRefused(user: settings.connection.user, methods: methods.names)
    }

    private func showNextKey(_ connection: SSHConnection) async throws -> Bool {
        if !hasGathered {
            hasGathered = true
            try await identities.gather(settings)
        }
        while let key = try await identities.next() {
            var algorithm: SSHSignatureAlgorithm?
            connection.login { algorithm = $0.algorithm(for: key.type) }
            guard let algorithm else { continue }
            connection.login { $0.show(key, algorithm) }
            return true
        }
        return false
    }

    private func sign(
        _ key: SSHPublicKey, _ algorithm: SSHSignatureAlgorithm, _ connection: SSHConnection
    ) async throws {
        var message: [UInt8] = []
        connection.login { message = $0.messageToSign(key, algorithm) }
        guard let signature = try await identities.sign(message, as: algorithm) else {
            return try await attemptNext(connection)
        }
        connection.login { $0.attempt(key, algorithm, signature: signature) }
    }

    private func answer(_ questions: SSHLoginQuestions, _ connection: SSHConnection) async throws {
        if questions.questions.isEmpty {
            let text = [questions.name, questions.instruction].filter { !$0.isEmpty }.joined(separator: "\n")
            if !text.isEmpty { prompter.show(text) }
            return connection.login { $0.answer([]) }
        }
        if let answers = try await ask(prompter.answers(to: questions)) {
            if questions.questions.contains(where: { !$0.isShown }) { answersSecret = true }
            return connection.login { $0.answer(answers) }
        }
        questionAttempts = Self.attempts
        answersSecret = false
        try await attemptNext(connection)
    }

    private func changePassword(_ prompt: String, _ connection: SSHConnection) async throws {
        let old = lastPassword
        guard let new = try await ask(prompter.newPassword(prompt: prompt)) else { throw SSHClientFailure.cancelled }
        connection.login { $0.changePassword(old: old, new: new) }
    }

    /// Waits for an answer, unless the connection is lost before.
    private func ask<Answer>(_ answer: Deferred<Answer>) async throws -> Answer {
        if let reason { throw reason }
        prompt = answer
        defer { prompt = nil }
        return try await answer.value
    }
}
