public import SSHWire
public import Transports

/// How an ``SSHClient`` finds out whom it talks to, and gets its user in.
public struct SSHClientSettings {
    /// What to do about a host that no file knows.
    public enum UnknownHosts: Hashable, Sendable {
        /// Ask the ``SSHClientPrompter``.
        case ask
        /// Trust it and remember its key.
        case trust
        /// Do not go on.
        case refuse
    }

    /// How the connection behaves; its user is who wants to be let in.
    public var connection: SSHConnectionSettings
    /// The host as the user names it, by which files know it.
    public var host: String
    /// Its port.
    public var port: UInt16
    /// Files of known hosts, of which missing ones are empty; new hosts are written to the first.
    public var knownHosts: [String] = []
    /// What to do about a host that none of them knows.
    public var unknownHosts = UnknownHosts.ask
    /// Whether names of new hosts are written so that they can be recognised but not read.
    public var hashesHosts = false
    /// Where an agent listens; nil for none.
    public var agent: (any ClientEndpoint)?
    /// Files of private keys, of which missing ones are passed over, unless ``keyFilesAreNamed``.
    public var keyFiles: [String] = []
    /// Whether the user has named these files, and is told of a missing one.
    public var keyFilesAreNamed = false
    /// What may be tried to get in.
    public var methods = Set(SSHLoginMethod.allCases)

    /// Begins with no files and no agent.
    public init(user: String, host: String, port: UInt16 = 22) {
        connection = .client(user: user)
        self.host = host
        self.port = port
    }
}
