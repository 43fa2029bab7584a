import Basics
public import ReactorCore
public import SSHKeys

/// Where credentials become avatars: joins checkers, which know who somebody is, to a realm, which knows what they may be.
///
/// ```swift
/// portal.login(.password(name: name, password: password), as: Shell.self, mind: terminal, from: origin)
///     .whenDone { … }
/// ```
///
/// Checkers are asked in order until one accepts. For wrong credentials all are asked, whoever they belong to, and each takes
/// as long as for right ones; the client learns no more than a ``LoginFailure``, the reasons go to ``report``. Guesses are
/// counted here, once for each login and for all doors and checkers together.
///
/// What all of them said together decides; the first line that applies counts:
///
/// | Found | The client is told | The guess |
/// | --- | --- | --- |
/// | one accepted | it is in | is given back |
/// | one wants a code as well | ``LoginFailure/codeWanted`` | stays; is given back to the source if the password is right |
/// | one refused, who knows the name | ``LoginFailure/refused`` | stays |
/// | one was unavailable | ``LoginFailure/unavailable`` | is given back |
/// | nobody knows the name | ``LoginFailure/refused`` | stays |
///
/// So the right password is not called wrong, and locks nobody out, because the one who could tell is away; and meanwhile guesses
/// at what the others know are not free. While a checker is away, whoever shows a password can tell by the answer whether
/// another one knows the name.
///
/// - Isolation: belongs to the reactor's thread.
/// - Limits: those of its desk: 256 logins under way, then ``LoginFailure/unavailable``.
public final class Portal {
    /// Who gets what.
    public let realm: Realm
    /// Who is asked, in order.
    public var checkers: [any CredentialChecker] {
        didSet {
            let known = Set(checkers.map { ObjectIdentifier($0) })
            troubles = troubles.filter { known.contains($0.key) }
        }
    }
    /// Hears of every login, however it ended.
    public var report: (LoginReport) -> Void = { _ in }
    /// Hears of checkers that cannot tell, of each at most once a minute.
    public var reportOutage: (CheckerOutage) -> Void = { _ in }
    private var troubles: [ObjectIdentifier: Trouble] = [:]
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

    // MARK: Checkers that are away

    /// What was seen of a checker that could not tell.
    private struct Trouble {
        /// Nil when it could the last time.
        var reason: String?
        var seenAt: MonotonicInstant
        var reportedAt: MonotonicInstant
    }

    private static let outageReportInterval = Duration.seconds(60)
    /// How long a checker that is not asked any more counts as away.
    private static let outageMemory = Duration.seconds(300)

    /// The checkers that could not tell when they were last asked, if that was in the last five minutes.
    public var outages: [CheckerOutage] {
        checkers.compactMap { checker in
            guard let trouble = troubles[ObjectIdentifier(checker)], let reason = trouble.reason,
                trouble.seenAt.duration(to: reactor.now) < Self.outageMemory
            else { return nil }
            return CheckerOutage(checker: checker.type, reason: reason)
        }
    }

    /// Keeps how a checker fared; `reason` is nil when it could tell.
    private func note(_ checker: any CredentialChecker, outage reason: String?) {
        let key = ObjectIdentifier(checker)
        guard let reason else {
            troubles[key]?.reason = nil
            return
        }
        let now = reactor.now
        let before = troubles[key]?.reportedAt
        let isDue = before.map { $0.duration(to: now) >= Self.outageReportInterval } ?? true
        troubles[key] = Trouble(reason: reason, seenAt: now, reportedAt: isDue ? now : before ?? now)
        if isDue { reportOutage(CheckerOutage(checker: checker.type, reason: reason)) }
    }

    // MARK: Who it is

    /// Finds out whose the credentials are, within the budget.
    private func identify(_ credential: Credential, from origin: LoginOrigin) -> Deferred<Identity> {
        let name = credential.name ?? ""
        if case .proven(let proof) = credential {
            return .succeeded(
                Identity(name: proof.name, checker: proof.checker, renewedHash: nil, means: proof.means))
        }
        guard credential.isPresentable else {
            return .failed(conclude("", origin, .refused, "empty or too long"))
        }
        let able = checkers.filter { checker in credential.kind.map(checker.kinds.contains) ?? false }
        guard !able.isEmpty else { return .failed(conclude(name, origin, .refused, "nobody checks \(credential)")) }
        guard desk.beginLogin() else { return .failed(conclude(name, origin, .unavailable, "too many at once")) }
        let charge = charge(for: credential, origin)
        let signer = signer(of: credential, origin)
        if case .refused(let wait) = signer.map({ asked($0, origin) }) ?? charge.map({ charged($0, origin) }) {
            desk.endLogin()
            return .failed(conclude(name, origin, .tooManyGuesses(wait: wait), "too many wrong passwords"))
        }
        return ask(able[...], credential, origin, Findings()).mapResult { [self] result in
            // Also when the client is gone and the door has cancelled this.
            desk.endLogin()
            let found = try result.get()
            // Only now: many connections may come in by one key at once.
            if let signer, found.identity == nil, found.isRefused || !found.isUnavailable {
                desk.budget.charge(account: signer, source: origin.source, now: reactor.now)
            }
            let identity = try settle(found, name, charge, origin)
            if signer != nil { desk.budget.know(account: identity.name, key: GuessBudget.sourceKey(origin.source)) }
            return identity
        }
    }

    /// What a guess is counted under before it is looked at; nil for what nobody can guess at.
    private func charge(for credential: Credential, _ origin: LoginOrigin) -> String? {
        switch credential {
        case .anonymous, .proven, .publicKey: nil
        case .token: "token from \(origin.source)"
        case .password(let name, _, _): name
        }
    }

    /// What a wrong signature is counted under.
    ///
    /// Signatures cannot be guessed, and cost time alone: they are counted for their source, and lock nobody's name.
    private func signer(of credential: Credential, _ origin: LoginOrigin) -> String? {
        guard case .publicKey(_, let shown) = credential else { return nil }
        return "\(shown.key.fingerprint) from \(origin.source)"
    }

    /// Looks whether a key might let somebody in, before they sign with it.
    ///
    /// Nothing is charged, and nothing is told to ``report``. All checkers are asked, whatever they answer: a no for a name nobody
    /// has is like one for a key that is not the name's.
    ///
    /// - Parameters:
    ///   - key: What the client offers to sign with.
    ///   - name: Under which name.
    /// - Returns: Whether it is worth the signature; does not fail unless it is cancelled.
    public func mayAccept(_ key: SSHPublicKey, of name: String) -> Deferred<Bool> {
        let able = checkers.filter { $0.kinds.contains(.publicKey) }
        guard Credential.isPresentable(name), !able.isEmpty else { return .succeeded(false) }
        return gatherResults(able.map { $0.mayAccept(key, of: name) }).map { answers in
            answers.contains { (try? $0.get()) == true }
        }
    }

    /// What the checkers said so far.
    private struct Findings {
        var identity: Identity?
        var isCodeWanted = false
        /// A code is wanted of whoever this is, also with a wrong password.
        var isCodeMissing = false
        /// By one who knows the name.
        var isRefused = false
        var isUnavailable = false
        var reasons: [String] = []
    }

    private func ask(
        _ checkers: ArraySlice<any CredentialChecker>, _ credential: Credential, _ origin: LoginOrigin,
        _ before: Findings
    ) -> Deferred<Findings> {
        guard let checker = checkers.first else { return .succeeded(before) }
        return checker.check(credential, from: origin)
            .mapResult { [self] result in take(result, of: checker) }
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
                case .unknown(let reason): found.reasons.append("\(checker.type): \(reason)")
                case .unavailable(let reason):
                    found.isUnavailable = true
                    found.reasons.append("\(checker.type) unavailable: \(reason)")
                }
                return ask(checkers.dropFirst(), credential, origin, found)
            }
    }

    /// The verdict that a checker's answer amounts to; keeps whether it could tell.
    private func take(
        _ answer: Result<CheckerVerdict, any Error>, of checker: any CredentialChecker
    ) -> CheckerVerdict {
        switch answer {
        case .success(.unavailable(let reason)):
            note(checker, outage: reason)
            return .unavailable(reason)
        case .success(let verdict):
            note(checker, outage: nil)
            return verdict
        case .failure(let error):
            // A door that gives up says nothing about the checker.
            if error as? DeferredFailure != .cancelled { note(checker, outage: "\(error)") }
            return .unavailable("\(error)")
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
        if found.isUnavailable, !found.isRefused {
            if let charge { desk.budget.withdraw(account: charge, source: origin.source) }
            throw conclude(name, origin, .unavailable, reason)
        }
        // The charge stays also while another checker is unavailable, or that would be the time to guess at this one.
        throw conclude(name, origin, .refused, reason)
    }

    private func charged(_ account: String, _ origin: LoginOrigin) -> GuessBudget.Verdict {
        desk.budget.admit(account: account, source: origin.source, now: reactor.now)
    }

    private func asked(_ account: String, _ origin: LoginOrigin) -> GuessBudget.Verdict {
        desk.budget.verdict(account: account, source: origin.source, now: reactor.now)
    }

    private func conclude(
        _ name: String, _ origin: LoginOrigin, _ failure: LoginFailure, _ reason: String
    ) -> LoginFailure {
        report(LoginReport(name: name, origin: origin, failure: failure, reason: reason))
        return failure
    }

    // MARK: SASL

    /// The secret of a name for SCRAM, from the first checker that has one.
    ///
    /// Charges the budget, unless one was away and none has it: then it fails.
    func lookUp(_ name: String, from origin: LoginOrigin) -> Deferred<KeptSCRAMSecret?> {
        guard !name.isEmpty, name.utf8.count <= Credential.longestName else { return .failed(LoginFailure.refused) }
        if case .refused(let wait) = charged(name, origin) {
            return .failed(conclude(name, origin, .tooManyGuesses(wait: wait), "too many wrong passwords"))
        }
        let keepers = checkers.compactMap { $0 as? any SCRAMSecretKeeper }
        return lookUp(name, in: keepers[...], [], origin)
    }

    private func lookUp(
        _ name: String, in keepers: ArraySlice<any SCRAMSecretKeeper>, _ failures: [String], _ origin: LoginOrigin
    ) -> Deferred<KeptSCRAMSecret?> {
        guard let keeper = keepers.first else {
            if failures.isEmpty { return .succeeded(nil) }
            // Nothing was guessed at.
            desk.budget.withdraw(account: name, source: origin.source)
            return .failed(conclude(name, origin, .unavailable, failures.joined(separator: "; ")))
        }
        return keeper.scramSecret(of: name, from: origin).flatMapResult { [self] result in
            var failures = failures
            switch result {
            case .success(let found):
                note(keeper, outage: nil)
                if let found { return .succeeded(found) }
            case .failure(let error):
                if error as? DeferredFailure != .cancelled { note(keeper, outage: "\(error)") }
                failures.append("\(keeper.type) unavailable: \(error)")
            }
            return lookUp(name, in: keepers.dropFirst(), failures, origin)
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

    /// The server's side of SCRAM, which makes up secrets for names nobody has, with as many iterations as real ones have.
    func makeSCRAM(channel: SCRAMChannel?, isPlus: Bool) throws(SCRAMFailure) -> SCRAMServer {
        let iterations = checkers.compactMap { ($0 as? any SCRAMSecretKeeper)?.scramIterations }.first
        return try SCRAMServer(
            channel: channel, isPlus: isPlus, decoyKey: decoyKey,
            decoyIterations: iterations ?? SCRAMSecret.standardIterations)
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
