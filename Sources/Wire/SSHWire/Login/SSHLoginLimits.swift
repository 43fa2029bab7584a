/// The most of everything that the login takes from a peer.
///
/// - Source: the numbers for failures are those of OpenSSH's `MaxAuthTries`; lengths are those that CredentialCore looks at.
public enum SSHLoginLimits {
    /// Octets of a user's name.
    public static let user = 255

    /// Octets of the name of a service, a method or an algorithm.
    public static let name = 64

    /// Octets of a password, or of an answer.
    public static let secret = 1024

    /// Octets of a public key; one for RSA with 8,192 bits has about 1,050.
    public static let key = 4096

    /// Octets of a signature.
    public static let signature = 4096

    /// Octets of one message of the login.
    public static let message = 32_768

    /// Questions at once, and so answers (RFC 4256 section 3.2 names no number).
    public static let questions = 16

    /// Octets of a question.
    public static let question = 1024

    /// Octets of a banner, of an instruction or of what is said with a refusal.
    public static let text = 8192

    /// Octets of all that a server says before it lets a client in.
    public static let banners = 65_536

    /// Rounds of questions in one attempt.
    public static let rounds = 64

    /// Attempts that fail before a server ends the connection.
    public static let failures = 6

    /// Keys that may be shown without a signature; refused ones are no failures, because an agent may hold many.
    public static let probes = 20

    /// Requests of any kind on one connection.
    public static let requests = 100

    /// Messages that wait while one is being checked (RFC 4252 section 5.1 lets clients send ahead).
    public static let waiting = 1
}
