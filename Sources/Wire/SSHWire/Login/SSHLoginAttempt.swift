public import SSHKeys

/// What a client shows to be let in, for the owner of a server's login to judge.
///
/// - Source: RFC 4252, RFC 4256.
public struct SSHLoginAttempt: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// What is shown.
    public enum Proof: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
        /// Nothing; right only where guests are welcome.
        case none
        /// A password.
        case password(String)
        /// A password that may have expired, and a new one.
        case passwordChange(old: String, new: String)
        /// A key without a signature: answered by ``SSHServerLogin/allowKey(_:)``, and proves nothing.
        case probe(SSHPublicKey, SSHSignatureAlgorithm)
        /// A key and a signature that nobody has verified yet.
        case signature(SSHSignedKey)
        /// The wish to be asked; the beginning of a conversation.
        case keyboardInteractive(submethods: String)
        /// The answers to the last questions, as many as there were.
        case answers([String])

        /// How, without what is secret.
        public var description: String {
            switch self {
            case .none: "nothing"
            case .password: "a password"
            case .passwordChange: "a new password"
            case .probe(let key, _): "the key \(key.fingerprint)"
            case .signature(let signed): "a signature by \(signed.key.fingerprint)"
            case .keyboardInteractive: "the wish to be asked"
            case .answers(let answers): "\(answers.count) answers"
            }
        }

        /// Nothing inside, so that no dump shows a password.
        public var customMirror: Mirror { Mirror(self, children: []) }
    }

    /// Who wants to be let in, as the client spells it.
    public let user: String
    /// What is shown.
    public let proof: Proof

    /// Puts an attempt together.
    public init(user: String, proof: Proof) {
        self.user = user
        self.proof = proof
    }

    /// Who and how, without what is secret.
    public var description: String { "\(user) shows \(proof)" }

    /// Nothing inside, so that no dump shows a password.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
