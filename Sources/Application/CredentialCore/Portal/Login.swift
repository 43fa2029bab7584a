/// What somebody who is let in acts through: one type for each kind of door, such as a shell or a mailbox.
///
/// - Isolation: belongs to the reactor's thread.
public protocol Avatar {
    /// What stands for the client on this side, so that the avatar can speak to it; `Void` where none does.
    associatedtype Mind = Void
}

/// Where credentials came in.
public struct LoginOrigin: Hashable, Sendable, CustomStringConvertible {
    /// The door's name, as `telnet`.
    public let door: String
    /// The peer's address without a port, for the budget of guesses.
    public let source: String

    /// Makes an origin.
    public init(door: String, source: String) {
        self.door = door
        self.source = source
    }

    /// Both, as the audit trail writes them.
    public var description: String { "\(door) \(source)" }
}

/// Somebody who is in: the avatar they act through, until they log out.
///
/// - Isolation: belongs to the reactor's thread.
public final class Login<Who: Avatar> {
    /// Who they are.
    public let identity: Identity
    /// What they act through.
    public let avatar: Who
    private var onLogout: (() -> Void)?

    /// Makes a login; `onLogout` is called once at most.
    public init(_ identity: Identity, avatar: Who, onLogout: @escaping () -> Void = {}) {
        self.identity = identity
        self.avatar = avatar
        self.onLogout = onLogout
    }

    /// Whether nobody has logged out yet.
    public var isOpen: Bool { onLogout != nil }

    /// Lets go of the avatar; a second call does nothing.
    public func logout() {
        let body = onLogout
        onLogout = nil
        body?()
    }
}

/// Why somebody is not let in: all that the client may be told.
public enum LoginFailure: Error, Hashable, Sendable {
    /// The credentials are not right, whatever it is about them.
    case refused
    /// The password is right; show the credentials again with the authenticator's code.
    case codeWanted
    /// There were too many wrong ones; none is looked at before this time has passed.
    case tooManyGuesses(wait: Duration)
    /// It cannot be found out at present.
    case unavailable
    /// Who they are is clear, but the realm does not have them; the sentence is for the client.
    case notAdmitted(String)
}

/// A checker that cannot tell at present, with the reason that clients are not told; for the log and for monitoring.
public struct CheckerOutage: Hashable, Sendable {
    /// The checker's type.
    public let checker: String
    /// Why it cannot tell.
    public let reason: String
}

/// What became of one login, with the reason that the client is not told; for the log and the audit trail.
public struct LoginReport: Hashable, Sendable {
    /// The name that was shown, or that the checker found; empty when there is none.
    public let name: String
    /// Where it was shown.
    public let origin: LoginOrigin
    /// Nil when they were let in.
    public let failure: LoginFailure?
    /// Each checker with what it found, or what was proven.
    public let reason: String
}
