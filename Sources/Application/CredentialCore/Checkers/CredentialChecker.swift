public import ReactorCore
public import SSHKeys

/// Knows whether credentials are right.
///
/// A checker counts no guesses and tells the client nothing: the ``Portal`` does, for all checkers alike. It takes
/// as long for a name nobody has as for a wrong password.
///
/// - Isolation: belongs to the reactor's thread, which it may not block; see ``CheckerContext``.
public protocol CredentialChecker: AnyObject {
    /// Its type, as `--auth` names it; for logs.
    var type: String { get }

    /// What it can check; it is asked for nothing else.
    var kinds: Set<Credential.Kind> { get }

    /// Reads what it needs; called once before the first credentials come, as the user that the server goes on as.
    ///
    /// - Throws: ``CheckerFailure`` when it could not let anybody in as things are.
    func open() throws

    /// Looks whether the credentials are right.
    ///
    /// - Parameters:
    ///   - credential: Of one of ``kinds``; neither name nor password is empty.
    ///   - origin: Where they came in.
    /// - Returns: The verdict; a failure counts as ``CheckerVerdict/unavailable(_:)``.
    func check(_ credential: Credential, from origin: LoginOrigin) -> Deferred<CheckerVerdict>

    /// Looks whether a key would be one of a name's, once something is signed with it.
    ///
    /// - Parameters:
    ///   - key: What a client offers to sign with.
    ///   - name: Under which name.
    /// - Returns: Whether it is worth the signature; a failure counts as a no.
    func mayAccept(_ key: SSHPublicKey, of name: String) -> Deferred<Bool>
}

extension CredentialChecker {
    /// Nothing needs to be read.
    public func open() throws {}

    /// Every key is worth it, as far as it can check any.
    public func mayAccept(_ key: SSHPublicKey, of name: String) -> Deferred<Bool> {
        .succeeded(kinds.contains(.publicKey))
    }
}

/// What a checker found.
public enum CheckerVerdict: Hashable, Sendable {
    /// The credentials are right, and this is who shows them.
    case accepted(Identity)
    /// They are not; the reason is for the log.
    case refused(String)
    /// They are not, and could not be: nobody has that name or secret here; the reason is for the log.
    ///
    /// The client is told the same as for ``refused(_:)``, but nothing was guessed at here that another checker's
    /// absence could make free. A checker that cannot tell says ``refused(_:)``.
    case unknown(String)
    /// They are, and the code of the account's authenticator is wanted as well.
    case codeWanted
    /// Whether they are cannot be told without the code of an authenticator; counts as a wrong guess of its source.
    case codeMissing
    /// The checker cannot tell at present; the reason is for the log.
    case unavailable(String)
}

/// A checker that can also take part in challenge and response, where the password is not sent.
package protocol SCRAMSecretKeeper: CredentialChecker {
    /// The secret kept for a name; nil when there is none.
    ///
    /// - Parameters:
    ///   - name: As the client wrote it.
    ///   - origin: Where it came in: a door may have secrets of its own.
    /// - Returns: The secret, or nil; fails with ``LoginFailure/unavailable`` when that cannot be told.
    func scramSecret(of name: String, from origin: LoginOrigin) -> Deferred<KeptSCRAMSecret?>

    /// The iterations that its secrets have; nil when that is not known, or there are none.
    var scramIterations: UInt32? { get }
}

/// A secret for challenge and response, and whose it is.
package struct KeptSCRAMSecret: Sendable {
    package let secret: SCRAMSecret
    /// The name as it is spelled where the secret is kept.
    package let name: String
    /// Who knows the name, as ``Identity/checker`` has it; nil for nobody in particular.
    package let checker: String?
    /// What a client shows that knows the password, as ``Identity/means`` has it.
    package let means: String

    package init(_ secret: SCRAMSecret, of name: String, checker: String? = nil, means: String = "") {
        self.secret = secret
        self.name = name
        self.checker = checker
        self.means = means
    }
}

/// Why a checker cannot be made or used: a sentence without a full stop, which names no secret.
public struct CheckerFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sentence.
    public let description: String

    /// Makes a failure.
    public init(_ description: String) {
        self.description = description
    }
}
