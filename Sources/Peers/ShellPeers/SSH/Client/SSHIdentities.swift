import ReactorCore
import SSHKeys
import SSHWire

/// The keys that a client can try to get in by: the agent's first, then those of files.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: ``most`` keys; servers end connections long before.
final class SSHIdentities {
    /// One key.
    private enum Identity {
        case agent(SSHPublicKey)
        case file(SSHKeyFile)

        var publicKey: SSHPublicKey? {
            switch self {
            case .agent(let key): key
            case .file(let file): file.publicKey
            }
        }
    }

    /// Keys that are tried.
    static let most = 64

    /// How often a passphrase is asked for.
    private static let passphraseAttempts = 3

    private let reactor: Reactor
    private let prompter: any SSHClientPrompter
    private var agent: SSHAgentClient?
    private var left: [Identity] = []
    private var current: Identity?
    /// What somebody is being asked.
    private(set) var prompt: DeferredNode?

    init(_ prompter: any SSHClientPrompter, on reactor: Reactor) {
        self.prompter = prompter
        self.reactor = reactor
    }

    /// Asks the agent for its keys, and reads files; what is broken is told, what is missing only where the user has named it.
    func gather(_ settings: SSHClientSettings) async throws {
        if let endpoint = settings.agent, let agent = try? await endpoint.connectSSHAgent(on: reactor).value {
            self.agent = agent
            let keys = (try? await agent.keys().value) ?? []
            left = keys.compactMap(\.publicKey).map { .agent($0) }
        }
        let held = Set(left.compactMap(\.publicKey))
        for path in settings.keyFiles {
            do {
                let file = try await reactor.deferToThread { try SSHKeyFile(ifThere: path) }.value
                guard let file else {
                    if settings.keyFilesAreNamed { throw SSHClientFailure.file(path, reason: "there is no such file") }
                    continue
                }
                if let key = file.publicKey, held.contains(key) { continue }
                left.append(.file(file))
            } catch let failure as SSHClientFailure {
                prompter.show("\(failure)")
            }
        }
        left = Array(left.prefix(Self.most))
    }

    /// The next key, for which a passphrase may have to be asked; nil when all were tried.
    func next() async throws -> SSHPublicKey? {
        while !left.isEmpty {
            var identity = left.removeFirst()
            if case .file(let file) = identity, file.publicKey == nil {
                guard let open = try await unlock(file) else { continue }
                identity = .file(open)
            }
            current = identity
            if let key = identity.publicKey { return key }
        }
        current = nil
        return nil
    }

    /// Has the key that ``next()`` gave last sign a message.
    ///
    /// - Returns: Nil when it does not, for whatever reason.
    func sign(_ message: [UInt8], as algorithm: SSHSignatureAlgorithm) async throws -> [UInt8]? {
        switch current {
        case nil: return nil
        case .agent(let key):
            do {
                return try await agent?.sign(message, with: key, as: algorithm).value
            } catch let failure as SSHAgentFailure {
                prompter.show("\(failure)")
                return nil
            }
        case .file(let file):
            guard let open = try await unlock(file), let key = open.key else { return nil }
            return try await reactor.deferToThread { try key.sign(message, as: algorithm) }.value
        }
    }

    private func unlock(_ file: SSHKeyFile) async throws -> SSHKeyFile? {
        if file.key != nil { return file }
        for attempt in 1...Self.passphraseAttempts {
            let asked = prompter.passphrase(of: file.path, attempt: attempt)
            prompt = asked
            defer { prompt = nil }
            guard let passphrase = try await asked.value else { return nil }
            let result = try await reactor.deferToThread { () throws -> Result<SSHKeyFile, SSHKeyFailure> in
                var open = file
                do throws(SSHKeyFailure) { try open.unlock(passphrase: passphrase) } catch { return .failure(error) }
                return .success(open)
            }.value
            switch result {
            case .success(let open): return open
            case .failure(let failure) where failure.code == .wrongPassphrase: continue
            case .failure(let failure):
                prompter.show("\(file.path): \(failure.detail)")
                return nil
            }
        }
        return nil
    }

    /// Lets go of the agent.
    func close() {
        agent?.close()
        agent = nil
        left = []
    }
}
