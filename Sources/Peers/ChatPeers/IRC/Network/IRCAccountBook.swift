package import CredentialCore
package import IRCWire
package import ReactorCore

/// The accounts of a stand-alone server, in memory: names, hashed passwords, secrets for SCRAM, certificates.
///
/// All are gone when the server ends. Hashing is done on worker threads; a name that is being registered is taken already. Accounts
/// are made one at a time, so that whoever logs in waits for one of them at most.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: ``IRCNetworkSettings/accounts``; ``queueLimit``.
/// - SeeAlso: `ChatPeersTests/IRCAccountBookTests`.
package final class IRCAccountBook: CredentialChecker, SCRAMSecretKeeper {
    /// Why there is no account.
    package enum Refusal: Error, Equatable {
        case nameTaken
        /// Shorter than ``IRCAccountBook/shortestPassword``.
        case weakPassword
        /// Longer than can be hashed, or of characters that SCRAM can't take.
        case unusablePassword
        /// There are as many accounts as there may be, or too much is being hashed.
        case unavailable
    }

    /// Characters of a password at least: anything shorter is guessed in no time.
    package static let shortestPassword = 6
    /// Accounts that wait to be made at most; the last of them waits for about two seconds.
    package static let queueLimit = 16

    /// An account that is to be made.
    private struct Wish {
        let key: String
        let name: String
        let password: String
        let outcome = Deferred<String>()
    }

    private struct Entry {
        let name: String
        /// Nil while it is being made.
        var stored: String?
        var scram: SCRAMSecret?
    }

    package let type = "irc"
    package let kinds: Set<Credential.Kind> = [.password]
    private let mapping: IRCCaseMapping
    private let limit: Int
    private let desk: CredentialDesk
    private let iterations: UInt32
    private var entries: [String: Entry] = [:]
    private var wishes: [Wish] = []
    private var isMaking = false
    /// The accounts of certificates, by their fingerprints.
    private var fingerprints: [String: String] = [:]

    /// Makes a book without accounts.
    ///
    /// - Parameters:
    ///   - mapping: Which letters of names are the same.
    ///   - limit: Accounts at most.
    ///   - desk: Who hashes.
    ///   - iterations: Those of the secrets for SCRAM.
    package init(
        mapping: IRCCaseMapping, limit: Int, desk: CredentialDesk,
        iterations: UInt32 = SCRAMSecret.standardIterations
    ) {
        self.mapping = mapping
        self.limit = limit
        self.desk = desk
        self.iterations = iterations
    }

    /// The account as it is spelled, if there is one of that name.
    package func spelling(of name: String) -> String? {
        entries[mapping.folded(name)].flatMap { $0.stored == nil ? nil : $0.name }
    }

    /// Why an account can't be made now; nil when it can be tried.
    package func refusal(of name: String, password: String) -> Refusal? {
        if entries[mapping.folded(name)] != nil { return .nameTaken }
        if entries.count >= limit || wishes.count >= Self.queueLimit { return .unavailable }
        if password.unicodeScalars.count < Self.shortestPassword { return .weakPassword }
        return password.utf8.count > PasswordHasher.longestPassword ? .unusablePassword : nil
    }

    /// Makes an account.
    ///
    /// - Returns: The name; fails with ``Refusal``.
    package func register(_ name: String, password: String) -> Deferred<String> {
        if let refusal = refusal(of: name, password: password) { return .failed(refusal) }
        let wish = Wish(key: mapping.folded(name), name: name, password: password)
        entries[wish.key] = Entry(name: name)
        wishes.append(wish)
        makeNext()
        return wish.outcome
    }

    private func makeNext() {
        guard !isMaking, !wishes.isEmpty else { return }
        isMaking = true
        let (wish, iterations) = (wishes.removeFirst(), iterations)
        let (name, password) = (wish.name, wish.password)
        desk.run { cost in
            (try PasswordHasher.hash(password, cost: cost), try SCRAMSecret(password: password, iterations: iterations))
        }.whenDone { [self] result in
            isMaking = false
            switch result {
            case .success((let stored, let scram)):
                entries[wish.key] = Entry(name: name, stored: stored, scram: scram)
                wish.outcome.succeed(name)
            case .failure(let error):
                entries[wish.key] = nil
                wish.outcome.fail(
                    (error as? SCRAMFailure) == .unusable ? Refusal.unusablePassword : Refusal.unavailable)
            }
            makeNext()
        }
    }

    /// Lets whoever shows this certificate in by it from now on.
    package func learn(fingerprint: String, of account: String) { fingerprints[fingerprint] = account }

    /// Whose certificate it is.
    package func account(ofFingerprint fingerprint: String) -> String? { fingerprints[fingerprint] }

    // MARK: CredentialChecker

    package func check(_ credential: Credential, from origin: LoginOrigin) -> Deferred<CheckerVerdict> {
        guard case .password(let name, let password, _) = credential else { return .succeeded(.refused("no password")) }
        let entry = entries[mapping.folded(name)]
        return desk.compare(password, with: entry?.stored).map { [type] found in
            guard let entry, entry.stored != nil else { return .unknown("no such account") }
            return found.isRight ? .accepted(Identity(name: entry.name, checker: type)) : .refused("wrong password")
        }
    }

    package func scramSecret(of name: String, from origin: LoginOrigin) -> Deferred<KeptSCRAMSecret?> {
        let entry = entries[mapping.folded(name)]
        return .succeeded(entry.flatMap { entry in entry.scram.map { KeptSCRAMSecret($0, of: entry.name) } })
    }

    package var scramIterations: UInt32? { iterations }
}
