/// Who somebody turned out to be.
public struct Identity: Hashable, Sendable {
    /// The name as the checker knows it, which may be spelled otherwise than it was typed; empty for nobody in particular.
    public let name: String
    /// The type of the checker, or the mechanism, that found out.
    public let checker: String
    /// What was shown, for logs: `password`, `key SHA256:…`; empty when the checker does not tell.
    package let means: String
    /// A hash of the password at today's cost, for a realm that keeps hashes itself.
    package let renewedHash: String?

    /// Makes an identity.
    public init(name: String, checker: String) {
        self.init(name: name, checker: checker, renewedHash: nil)
    }

    package init(name: String, checker: String, renewedHash: String?, means: String = "") {
        self.name = name
        self.checker = checker
        self.means = means
        self.renewedHash = renewedHash
    }

    /// Whether it is nobody in particular.
    public var isAnonymous: Bool { name.isEmpty }
}
