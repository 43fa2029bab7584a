/// Which end of an SSH connection a machine plays.
public enum SSHRole: Hashable, Sendable {
    /// It connects, and is shown a host key.
    case client
    /// It listens, and proves a host key.
    case server

    /// The other end.
    public var peer: SSHRole { self == .client ? .server : .client }
}
