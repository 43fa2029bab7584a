public import SSHKeys

/// Why an ``SSHClient`` is not, or no longer, connected.
public enum SSHClientFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The host shows another key than the file has in that line: somebody may be listening in.
    case hostKeyChanged(host: String, key: SSHPublicKey, file: String, line: Int)
    /// The host shows a key that the file says not to trust any more.
    case hostKeyRevoked(host: String, key: SSHPublicKey, file: String, line: Int)
    /// No file has a key for the host, and nobody has said that it may be trusted.
    case hostKeyUnknown(host: String, key: SSHPublicKey)
    /// Nothing that was tried let the user in; the methods are those that the server would have gone on with.
    case loginRefused(user: String, methods: [String])
    /// Whoever was asked gave up.
    case cancelled
    /// A file cannot be used.
    case file(String, reason: String)
    /// The server has ended the connection, and said why.
    case goodbye(String)
    /// This end has ended the connection for what the server did.
    case broken(String)
    /// The server has refused what a session needs.
    case refused(String)

    /// The failure in words, which may be several lines.
    public var description: String {
        switch self {
        case .hostKeyChanged(let host, let key, let file, let line):
            """
            The key of \(host) is not the one that is known: somebody may be listening in, or the host has a new key.
            It shows     \(key)
            Known by     \(file):\(line)
            Nothing was sent. If the new key is right, remove that line.
            """
        case .hostKeyRevoked(let host, let key, let file, let line):
            "\(host) shows \(key), which \(file):\(line) says not to trust any more."
        case .hostKeyUnknown(let host, let key): "The key of \(host), \(key), is not known."
        case .loginRefused(let user, let methods):
            "\(user) was not let in (\(methods.isEmpty ? "nothing more can be tried" : methods.joined(separator: ", ")))."
        case .cancelled: "Given up."
        case .file(let path, let reason): "\(path): \(reason)"
        case .goodbye(let text): text.isEmpty ? "The server has ended the connection." : "The server says: \(text)"
        case .broken(let text): text
        case .refused(let what): "The server has refused \(what)."
        }
    }
}
