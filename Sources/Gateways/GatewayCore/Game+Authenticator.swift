import AuditCore
import CredentialCore
import WorldLanguage
import WorldModel
import WorldVerbs

/// The second factor of the game's own accounts: a code of an authenticator, or one that stands in for a lost one.
extension Game {
    /// The verdict on somebody whose password is right; uses a recovery code up.
    func verdict(
        on identity: Identity, _ code: String?, of account: Thing, from origin: LoginOrigin
    ) -> CheckerVerdict {
        if account[.oneTimeSecret].isEmpty { return .accepted(identity) }
        guard let code, !code.isEmpty else { return .codeWanted }
        if takesCode(code, of: account) { return .accepted(identity) }
        guard let left = recoveryCodes(of: account, without: code) else { return .refused("wrong code") }
        // Whatever tells of the login waits for this turn, and comes behind it in the log: no crash gives the code back.
        guard storeAuthenticator(account[.oneTimeSecret], left, in: account) else {
            return .unavailable("a recovery code cannot be used up")
        }
        let event = AuditEvent(
            .password, actor: identity.name, origin: "\(origin)", detail: "recovery code used, \(left.count) left")
        whenDurable(world.sequence) { [self] in audit(event) }
        return .accepted(identity)
    }

    /// Whether it is a code that the authenticator of an account shows now; it is taken only once.
    func takesCode(_ code: String, of account: Thing) -> Bool {
        // A damaged secret has no codes.
        guard let secret = OneTimeSecret(base32: account[.oneTimeSecret]) else { return false }
        return codes.take(code, of: account.name, secret, at: wallTime())
    }

    /// The recovery codes that are left when this one is used up; nil when it is none of them.
    func recoveryCodes(of account: Thing, without code: String) -> [String]? {
        var kept = RecoveryCodes(stored: account[.recoveryCodes])
        return kept.use(code) ? kept.stored : nil
    }

    /// Keeps the secret of an account's authenticator, empty for none, and its recovery codes.
    ///
    /// - Returns: Whether it could be kept.
    func storeAuthenticator(_ secret: String, _ recoveryCodes: [String], in account: Thing) -> Bool {
        let outcome = makeTurn { turn in Self.set(secret, recoveryCodes, in: account, turn.world) }
        run(outcome)
        return outcome.record != nil
    }

    /// Takes away an authenticator that its player has lost.
    ///
    /// - Returns: The sequence to wait for before telling that it happened.
    /// - Throws: ``GameFailure``, also when the account has none.
    package func removeAuthenticator(of name: String) throws(GameFailure) -> UInt64 {
        guard let account = world.account(named: name) else { throw .noSuchAccount(name) }
        guard !account[.oneTimeSecret].isEmpty else { throw .refused("\(account.name) has no authenticator.") }
        return try administer { turn in Self.set("", [], in: account, turn.world) }
    }

    private static func set(_ secret: String, _ recoveryCodes: [String], in account: Thing, _ world: World) {
        world.set(.oneTimeSecret, to: secret, on: account)
        world.set(.recoveryCodes, to: recoveryCodes, on: account)
    }
}
