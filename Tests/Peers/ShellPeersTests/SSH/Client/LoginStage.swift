import FileAccessTesting
import ReactorCore
import ReactorTesting
import SSHKeys
import SSHWire
import ShellPeers
import Transports

/// Our client at a server in memory, whose judgement a test writes.
final class LoginStage {
    let test: TestReactor
    let network: MemoryNetwork
    let folder: TemporaryFolder
    let server: StagedServer
    let person = ScriptedPerson()
    var settings: SSHClientSettings
    private let port: any ListeningPort

    init(_ judge: @escaping (SSHLoginAttempt) -> SSHLoginVerdict = { _ in .accept }) throws {
        test = try TestReactor()
        network = MemoryNetwork(test)
        folder = try TemporaryFolder()
        server = StagedServer(try .generate(.ed25519), judge, on: test.reactor)
        port = try network.server("mud.example:4022").listen(with: server, on: test.reactor)
        settings = SSHClientSettings(user: "ada", host: "mud.example", port: 4022)
        settings.knownHosts = ["\(folder.path)/known_hosts"]
        settings.unknownHosts = .trust
    }

    /// What is written of the hosts that are known.
    var knownHosts: String { folder.read("known_hosts") ?? "" }

    func know(_ key: SSHPublicKey, as name: String = "[mud.example]:4022") throws {
        try folder.write(knownHosts + "\(name) \(key.line)\n", to: "known_hosts")
    }

    func connect() throws -> SSHClient {
        let connecting = network.client("mud.example:4022").connectSSH(settings, prompter: person, on: test.reactor)
        _ = test.run { connecting.isFired }
        return try connecting.resultNow()
    }

    /// What the connecting fails with.
    func failure() -> SSHClientFailure? {
        do { _ = try connect() } catch { return error as? SSHClientFailure }
        return nil
    }

    func result<Value>(of deferred: Deferred<Value>) throws -> Value {
        _ = test.run { deferred.isFired }
        return try deferred.resultNow()
    }

    /// Closes what is open.
    func close(_ client: SSHClient) {
        client.close()
        _ = test.run { client.ended.isFired }
        port.stopListening()
    }
}

/// A server that judges as it is told, and whose commands say their names.
final class StagedServer: SSHServerHandler, ProtocolFactory {
    var hostKey: SSHPrivateKey
    var furtherKeys: [SSHPrivateKey] = []
    var banner: String?
    var methods = Set(SSHLoginMethod.allCases)
    /// What is behind this server.
    var inner: (any ClientEndpoint)?
    private(set) var attempts: [SSHLoginAttempt] = []
    private(set) var connections: [SSHConnection] = []
    private let judge: (SSHLoginAttempt) -> SSHLoginVerdict
    private let reactor: Reactor

    init(_ hostKey: SSHPrivateKey, _ judge: @escaping (SSHLoginAttempt) -> SSHLoginVerdict, on reactor: Reactor) {
        self.hostKey = hostKey
        self.judge = judge
        self.reactor = reactor
    }

    /// What was shown, in words.
    var shown: [String] {
        attempts.map {
            switch $0.proof {
            case .none: "none"
            case .password(let password): "password \(password)"
            case .passwordChange(let old, let new): "change \(old) \(new)"
            case .probe(let key, let algorithm): "probe \(key.type.name) \(algorithm.name)"
            case .signature(let signed): "signature \(signed.algorithm.name) \(signed.isValid)"
            case .keyboardInteractive: "ask me"
            case .answers(let answers): "answers \(answers.joined(separator: " "))"
            }
        }
    }

    func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        var settings = SSHConnectionSettings.server(hostKeys: [hostKey])
        settings.banner = banner
        settings.loginMethods = methods
        settings.furtherHostKeys = furtherKeys
        settings.keepAlive = nil
        return SSHConnection(settings, handler: self, on: reactor)
    }

    func connected(_ connection: SSHConnection) { connections.append(connection) }

    func login(_ attempt: SSHLoginAttempt, on connection: SSHConnection) -> Deferred<SSHLoginVerdict> {
        attempts.append(attempt)
        return .succeeded(judge(attempt))
    }

    func channelRequested(_ kind: SSHChannelKind, on connection: SSHConnection) -> Deferred<any SSHChannelHandler> {
        switch kind {
        case .session: .succeeded(StagedSession())
        case .direct(let forwarding) where forwarding.host == "echo": .succeeded(StagedSession())
        case .direct(let forwarding) where forwarding.host == "inner":
            inner.map { SSHForwardedConnection.connect(to: $0, on: reactor) }
                ?? .failed(SSHChannelRefusal(.connectFailed, ""))
        default: .failed(SSHChannelRefusal(.prohibited, "Not here."))
        }
    }

    func connectionLost(_ reason: DisconnectReason) {}
}

/// Sends back what comes; a command says its name, and ends with status 3.
final class StagedSession: SSHChannelHandler {
    func opened(_ channel: SSHChannel) {}

    func received(_ octets: Span<UInt8>, stream: SSHChannelStream, on channel: SSHChannel) { channel.send(octets) }

    func requested(_ request: SSHChannelRequest, on channel: SSHChannel) -> Deferred<Bool> {
        switch request {
        case .execute("forbidden"), .subsystem: return .succeeded(false)
        case .execute("echo"), .shell, .terminal: break
        case .execute(let command):
            channel.send("\(command)\n")
            channel.send("not well\n", stream: .errors)
            channel.notify(.exitStatus(3))
            channel.close()
        default: return .succeeded(false)
        }
        return .succeeded(true)
    }

    func closed(_ channel: SSHChannel) {}
}

/// A person who answers as it is written.
final class ScriptedPerson: SSHClientPrompter {
    var trusts = true
    var passwords: [String] = []
    var passphrases: [String] = []
    var answers: [[String]] = []
    var replacement: String?
    /// What they were shown and asked.
    private(set) var book: [String] = []

    func show(_ text: String) { book.append("shown: \(text)") }

    func trusts(_ key: SSHPublicKey, of host: String, isNewKind: Bool) -> Deferred<Bool> {
        book.append("trusts \(host)\(isNewKind ? " with a key of a new kind" : "")?")
        return .succeeded(trusts)
    }

    func password(of user: String, attempt: Int) -> Deferred<String?> {
        book.append("password of \(user) \(attempt)?")
        return .succeeded(passwords.isEmpty ? nil : passwords.removeFirst())
    }

    func newPassword(prompt: String) -> Deferred<String?> {
        book.append("new password: \(prompt)?")
        return .succeeded(replacement)
    }

    func passphrase(of file: String, attempt: Int) -> Deferred<String?> {
        book.append("passphrase \(attempt)?")
        return .succeeded(passphrases.isEmpty ? nil : passphrases.removeFirst())
    }

    func answers(to questions: SSHLoginQuestions) -> Deferred<[String]?> {
        book.append("\(questions.instruction)\(questions.questions.map(\.text).joined())?")
        return .succeeded(answers.isEmpty ? nil : answers.removeFirst())
    }
}
