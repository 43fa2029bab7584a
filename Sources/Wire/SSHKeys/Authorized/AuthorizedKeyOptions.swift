/// What a key may be used for, as the options before it say.
///
/// ```text
///   restrict  pty  no-pty  port-forwarding  no-port-forwarding  agent-forwarding  no-agent-forwarding
///   X11-forwarding  no-X11-forwarding  user-rc  no-user-rc  verify-required  no-touch-required
///   command="…"  environment="NAME=value"  from="patterns"  expiry-time="YYYYMMDD[HHMM[SS]][Z]"
///   permitopen="host:port"  permitlisten="[host:]port"
/// ```
///
/// Any other option is refused, since it would forbid something. Names are the same in small and capital letters.
///
/// - Limits: ``AuthorizedKeyOptions/mostOfAKind`` environment variables, or ends of tunnels.
/// - Source: sshd(8), "AUTHORIZED_KEYS FILE FORMAT".
public struct AuthorizedKeyOptions: Hashable, Sendable {
    /// How many values an option that may be repeated has at most.
    public static let mostOfAKind = 1024

    /// Something a session may do unless its key forbids it.
    public enum Right: String, CaseIterable, Hashable, Sendable {
        /// To have a terminal.
        case terminal = "pty"
        /// To have connections made and taken.
        case portForwarding = "port-forwarding"
        /// To have its agent asked.
        case agentForwarding = "agent-forwarding"
        /// To have windows shown.
        case x11Forwarding = "X11-forwarding"
        /// To have the user's own start file run.
        case startFile = "user-rc"
    }

    /// What a session may not do.
    public var forbidden: Set<Right> = []
    /// What is done instead of whatever is asked for; nil for what is asked for.
    public var command: String?
    /// Variables that are set, each `NAME=value`.
    public var environment: [String] = []
    /// Patterns and networks from which the key may be used, with commas between them; nil for everywhere.
    public var from: String?
    /// When the key ends, in seconds since 1970 (UTC); nil for never.
    public var expires: Int64?
    /// Where connections may go, each `host:port`; empty for everywhere.
    public var permittedTargets: [String] = []
    /// Where connections may be taken, each `[host:]port`; empty for everywhere.
    public var permittedListeners: [String] = []
    /// What a security key has to say of the person.
    public var demand = SSHTokenDemand.presence

    /// Begins with no limits.
    public init() {}

    /// Whether a session with this key may do something.
    public func allows(_ right: Right) -> Bool { !forbidden.contains(right) }

    /// Whether the key has ended, by seconds since 1970 (UTC).
    public func hasExpired(at seconds: Int64) -> Bool { expires.map { seconds >= $0 } ?? false }

    /// Says whether the key may be used from an address.
    ///
    /// - Parameter address: An IP address as text; names are not looked up.
    /// - Returns: Whether it may; false for what is no address where the key is bound to some.
    public func allows(from address: String) -> Bool {
        guard let from else { return true }
        return AddressPatternList(from).matches(address)
    }
}
