public import SSHKeys

/// What somebody shows to be let in.
///
/// - Isolation: none; a value type.
/// - Limits: ``longestName`` and ``longestSecret``; a ``Portal`` refuses what is longer before any checker sees it.
public enum Credential: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// A name and its password, in clear; `code` is that of an authenticator, where it was asked for.
    case password(name: String, password: String, code: String? = nil)
    /// A key, and what was signed with it.
    case publicKey(name: String, SSHSignedKey)
    /// A secret that says by itself whose it is, as HTTP's `Bearer` carries it.
    case token(String)
    /// What an exchange with this server, or the channel, has proven already.
    case proven(Proof)
    /// Nothing at all.
    case anonymous

    /// What a checker can be able to check.
    public enum Kind: Hashable, Sendable, CaseIterable {
        /// A name and its password.
        case password
        /// A key and a signature.
        case publicKey
        /// A secret that says whose it is.
        case token
        /// Nothing.
        case anonymous
    }

    /// The longest name, in octets.
    public static let longestName = 255

    /// The longest password, code or token, in octets.
    public static let longestSecret = 1024

    /// Nil for what needs no checker any more.
    var kind: Kind? {
        switch self {
        case .password: .password
        case .publicKey: .publicKey
        case .token: .token
        case .proven: nil
        case .anonymous: .anonymous
        }
    }

    /// The name it was shown with; nil when it comes with none.
    public var name: String? {
        switch self {
        case .password(let name, _, _), .publicKey(let name, _): name
        case .proven(let proof): proof.name
        case .token, .anonymous: nil
        }
    }

    /// Whether it may be looked at: of bounded length, no name or password empty.
    ///
    /// An empty password is never right: a directory takes it for a wish to come in as nobody (RFC 4513 section 5.1.2).
    var isPresentable: Bool {
        if let name, !Self.isPresentable(name) { return false }
        switch self {
        case .password(_, let password, let code):
            return !password.isEmpty && password.utf8.count <= Self.longestSecret && !password.utf8.contains(0)
                && (code?.utf8.count ?? 0) <= Self.longestSecret
        case .publicKey(_, let signature): return signature.isPresentable
        case .token(let token): return !token.isEmpty && token.utf8.count <= Self.longestSecret
        case .proven, .anonymous: return true
        }
    }

    /// Spaces around a name and control characters are how one account gets several names, each with guesses of its own.
    static func isPresentable(_ name: String) -> Bool {
        guard (1...longestName).contains(name.utf8.count), name.first?.isWhitespace == false,
            name.last?.isWhitespace == false
        else { return false }
        return !name.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
    }

    /// The kind and the name, so that no log shows a secret.
    public var description: String {
        switch self {
        case .password(let name, _, _): "the password of \(name)"
        case .publicKey(let name, _): "a key of \(name)"
        case .token: "a token"
        case .proven(let proof): "\(proof)"
        case .anonymous: "nothing"
        }
    }

    /// Nothing inside, so that no dump shows a secret either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension SSHSignedKey {
    /// The longest message that is looked at, in octets.
    private static let longestMessage = 65_536

    /// Whether it may be looked at: of bounded length.
    fileprivate var isPresentable: Bool {
        signature.count <= SSHSignature.longest && message.count <= Self.longestMessage
    }
}

/// That somebody is who they say, established by this server: only this module and its neighbours can make one.
public struct Proof: Hashable, Sendable, CustomStringConvertible {
    /// Who.
    public let name: String
    /// By what, as `SCRAM-SHA-256` or `EXTERNAL`.
    public let method: String
    /// Who knows the name, as ``Identity/checker`` has it.
    package let checker: String
    /// What was shown, as ``Identity/means`` has it.
    package let means: String

    /// Without a checker the method stands for it: a name that nobody in particular knows.
    package init(name: String, method: String, checker: String? = nil, means: String = "") {
        self.name = name
        self.method = method
        self.checker = checker ?? method
        self.means = means
    }

    /// Who, and by what.
    public var description: String { "\(name), proven by \(method)" }
}
