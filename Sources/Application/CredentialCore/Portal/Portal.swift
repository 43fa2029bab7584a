import Basics
public import ReactorCore

/// Where credentials become avatars: joins checkers, which know who somebody is, to a realm, which knows what they may be.
///
/// ```swift
/// portal.login(.password(name: name, password: password), as: Shell.self, mind: terminal, from: origin)
///     .whenDone { … }
/// ```
///
/// Checkers are asked in order until one accepts. For wrong credentials all are asked, whoever they belong to, and each takes as long
/// as for right ones; the client learns no more than a ``LoginFailure``, the reasons go to ``report``. Guesses are
/// counted here, once for each login and for all doors and checkers together.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: those of its desk: 256 logins under way, then ``LoginFailure/unavailable``.
public final class Portal {
    /// Who gets what.
    public let realm: Realm
    /// Who is asked, in order.
    public var checkers: [any CredentialChecker]
    /// Hears of every login, however it ended.
    public var report: (LoginReport) -> Void = { _ in }
    let desk: CredentialDesk
    private let reactor: Reactor
    private let decoyKey: [UInt8]

    /// Makes a portal with a desk of its own.
    public convenience init(reactor: Reactor, realm: Realm, checkers: [any CredentialChecker] = []) {
        let desk = CredentialDesk()
        desk.useThreads(of: reactor)
        self.init(reactor: reactor, realm: realm, desk: desk, checkers: checkers)
    }

    /// Makes a portal that shares a desk, and with it the budget of guesses.
    ///
    /// `decoyKey` is a secret, what salts are made up from for SCRAM under names nobody has. With nil it is random, and then
    /// whoever asks before and after a restart sees which salts have changed: a program that uses SCRAM should keep one of
    /// 32 octets.
    package init(
        reactor: Reactor, realm: Realm, desk: CredentialDesk, checkers: [any CredentialChecker] = [],
        decoyKey: [UInt8]? = nil
    ) {
        self.realm = realm
        self.checkers = checkers
        self.desk = desk
        self.reactor = reactor
        self.decoyKey = decoyKey ?? (0..<32).map { _ in UInt8.random(in: 0...255) }
    }

    /// What checkers made for this portal need.
    public var context: CheckerContext { CheckerContext(reactor: reactor, desk: desk) }

    /// Looks at credentials, and makes an avatar for whoever they belong to.
    ///
    /// - Parameters:
    ///   - credential: What the client showed.
    ///   - type: The type of avatar that the door needs.
    ///   - mind: What stands for the client.
    ///   - origin: Where it came in.
    /// - Returns: The login; fails with ``LoginFailure`` and, unless it is cancelled, nothing else.
    public func login<Who: Avatar>(
        _ credential: Credential, as type: Who.Type, mind: Who.Mind, from origin: LoginOrigin
    ) -> Deferred<Login<Who>> {
        identify(credential, from: origin).flatMap { [self] identity in
            guard let made = realm.makeAvatar(of: identity, as: type, mind: mind) else {
                throw conclude(identity.name, origin, .unavailable, "no avatars of type \(type)")
            }
            return made.mapResult { [self] result in
                switch result {
                case .success(let login):
                    report(LoginReport(name: identity.name, origin: origin, failure: nil, reason: identity.checker))
                    return login
                case .failure(let failure as LoginFailure):
                    throw conclude(identity.name, origin, failure, "\(failure)")
                case .failure(let error): throw conclude(identity.name, origin, .unavailable, "\(error)")
                }
            }
        }
    }

    /// The same for an avatar that does not speak to its client.
    public func login<Who: Avatar>(
        _ credential: Credential, as type: Who.Type, from origin: LoginOrigin
    ) -> Deferred<Login<Who>> where Who.Mind == Void {
        login(credential, as: type, mind: (), from: origin)
    }

    // MARK: Who it is

    /// Finds out whose the credentials are, within the budget.
    private func identify(_ credential: Credential, from origin: LoginOrigin) -> Deferred<Identity> {
        let name = credential.name ?? ""
        if case .proven(let proof) = credential {
            return .succeeded(Identity(name: proof.name, checker: proof.method))
        }
        guard credential.isPresentable else {
            return .failed(conclude("", origin, .refused, "empty or too long"))
        }
        let able = checkers.filter { checker in credential.kind.map(checker.kinds.contains) ?? false }
        guard !able.isEmpty else { return .failed(conclude(name, origin, .refused, "nobody checks \(credential)")) }
        guard desk.beginLogin() else { return .failed(conclude(name, origin, .unavailable, "too many at once")) }
        let charge = credential == .anonymous ? nil : credential.name ?? "token from \(origin.source)"
        if let charge, case .refused(let wait) = charged(charge, origin) {
            desk.endLogin()
            return .failed(conclude(name, origin, .tooManyGuesses(wait: wait), "too many wrong passwords"))
        }
        return ask(able[...], credential, origin, Findings()).mapResult { [self] result in
            // Also when the client is gone and the door has cancelled this.
            desk.endLogin()
            return try settle(try result.get(), name, charge, origin)
        }
    }

    /// What the checkers said so far.
    private struct Findings {
        var identity: Identity?
        var isCodeWanted = false
        /// A code is wanted of whoever this is, also with a wrong password.
        var isCodeMissing = false
        var isRefused = false
        var reasons: [String] = []
    }

    private func ask(
        _ checkers: ArraySlice<any CredentialChecker>, _ credential: Credential, _ origin: LoginOrigin,
        _ before: Findings
    ) -> Deferred<Findings> {
        guard let checker = checkers.first else { return .succeeded(before) }
        return checker.check(credential, from: origin)
            .recover { .unavailable("\($0)") }
            .flatMap { [self] verdict in
                var found = before
                switch verdict {
                case .accepted(let identity):
                    found.identity = identity
                    return .succeeded(found)
                case .codeWanted:
                    found.isCodeWanted = true
                    return .succeeded(found)
                case .codeMissing:
                    found.isCodeMissing = true
                    found.reasons.append("\(checker.type): a code is wanted first")
                case .refused(let reason):
                    found.isRefused = true
                    found.reasons.append("\(checker.type): \(reason)")
                case .unavailable(let reason): found.reasons.append("\(checker.type) unavailable: \(reason)")
                }
                return ask(checkers.dropFirst(), credential, origin, found)
            }
    }

    private func settle(
        _ found: Findings, _ name: String, _ charge: String?, _ origin: LoginOrigin
    ) throws(LoginFailure) -> Identity {
        let reason = found.reasons.joined(separator: "; ")
        if let identity = found.identity {
            if let charge { desk.budget.succeeded(account: charge, source: origin.source) }
            return identity
        }
        // The charge stays: codes can be guessed like passwords.
        if found.isCodeWanted {
            // The source has shown the right password.
            if charge != nil { desk.budget.acquit(source: origin.source) }
            throw conclude(name, origin, .codeWanted, "a code is wanted")
        }
        // The password may be wrong, so the source stays charged as well.
        if found.isCodeMissing { throw conclude(name, origin, .codeWanted, reason) }
        if !found.isRefused {
            if let charge { desk.budget.withdraw(account: charge, source: origin.source) }
            throw conclude(name, origin, .unavailable, reason)
        }
        // The charge stays also while another checker is unavailable, or that would be the time to guess.
        throw conclude(name, origin, .refused, reason)
    }

    private func charged(_ account: String, _ origin: LoginOrigin) -> GuessBudget.Verdict {
        desk.budget.admit(account: account, source: origin.source, now: reactor.now)
    }

    private func conclude(
        _ name: String, _ origin: LoginOrigin, _ failure: LoginFailure, _ reason: String
    ) -> LoginFailure {
        report(LoginReport(name: name, origin: origin, failure: failure, reason: reason))
        return failure
    }

    // MARK: SASL

    /// The secret of a name for SCRAM, from the first checker that has one; charges the budget.
    func lookUp(_ name: String, from origin: LoginOrigin) -> Deferred<(secret: SCRAMSecret, name: String)?> {
        guard !name.isEmpty, name.utf8.count <= Credential.longestName else { return .failed(LoginFailure.refused) }
        if case .refused(let wait) = charged(name, origin) {
            return .failed(conclude(name, origin, .tooManyGuesses(wait: wait), "too many wrong passwords"))
        }
        let keepers = checkers.compactMap { $0 as? any SCRAMSecretKeeper }
        return lookUp(name, in: keepers[...])
    }

    private func lookUp(
        _ name: String, in keepers: ArraySlice<any SCRAMSecretKeeper>
    ) -> Deferred<(secret: SCRAMSecret, name: String)?> {
        guard let keeper = keepers.first else { return .succeeded(nil) }
        return keeper.scramSecret(of: name).flatMap { [self] found in
            if let found { return .succeeded(found) }
            return lookUp(name, in: keepers.dropFirst())
        }
    }

    /// A proof that went wrong: it was charged with the look-up, like a password.
    func refuteProof(of name: String, _ reason: String, from origin: LoginOrigin) {
        _ = conclude(name, origin, .refused, reason)
    }

    func confirmProof(of name: String, from origin: LoginOrigin) {
        desk.budget.succeeded(account: name, source: origin.source)
    }

    /// Whether anybody here can take part in SCRAM.
    var keepsSCRAMSecrets: Bool { checkers.contains { $0 is any SCRAMSecretKeeper } }

    /// The server's side of SCRAM, which makes up secrets for names nobody has.
    func makeSCRAM(channel: SCRAMChannel?, isPlus: Bool) throws(SCRAMFailure) -> SCRAMServer {
        try SCRAMServer(channel: channel, isPlus: isPlus, decoyKey: decoyKey)
    }
}

extension CredentialDesk {
    /// Hashes on the reactor's own worker threads, and waits on some that are for waiting.
    package func useThreads(of reactor: Reactor) {
        let pool = ThreadPool(threadLimit: Self.blockingThreads)
        runOnWorker = { [unowned reactor] job, done in
            reactor.deferToThread(job).whenDone { done((try? $0.get()) ?? .failed(.noRandomness)) }
        }
        runOnBlockingWorker = { [unowned reactor] job, done in
            reactor.deferToThread(in: pool, job).whenDone { done((try? $0.get()) ?? .failed(.noRandomness)) }
        }
    }

    /// Logins that may wait for PAM or for a directory to be reached at a time; others queue.
    private static let blockingThreads = 8
}
