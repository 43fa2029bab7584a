/// What a known hosts file says of a host's key.
public enum KnownHostAnswer: Hashable, Sendable {
    /// The file has this key for the host, in that line.
    case known(line: Int)
    /// The file has nothing for the host.
    case unknown
    /// The file has keys of other kinds only for the host, the first in that line; this one is new.
    case otherKind(line: Int)
    /// The file has another key of this kind for the host, in that line: somebody may be listening in.
    case changed(line: Int)
    /// The file says, in that line, that this key is not to be trusted any more.
    case revoked(line: Int)
}
