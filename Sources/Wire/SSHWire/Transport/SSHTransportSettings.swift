public import SSHKeys

/// How an end of a transport behaves.
public struct SSHTransportSettings: Sendable {
    /// Which end it is.
    public var role: SSHRole
    /// What the version line says behind `SSH-2.0-`: visible ASCII without spaces and minus signs, and a comment perhaps.
    public var software = "mudd"
    /// What is offered.
    public var algorithms: SSHAlgorithms
    /// A server's keys, one of each type, of which the client chooses; a client has none.
    public var hostKeys: [SSHPrivateKey]
    /// Which signatures of users a server takes, as it tells clients by `server-sig-algs`; RFC 8308 section 3.1.
    public var signatureAlgorithms = SSHSignatureAlgorithm.allCases
    /// Octets in both directions together after which keys are renewed; 1 GiB as RFC 4253 section 9 asks.
    public var rekeyOctets = 1 << 30
    /// Time after which keys are renewed; an hour as RFC 4253 section 9 asks.
    public var rekeyInterval = Duration.seconds(3600)
    /// How often a client may begin to renew keys without having sent much, for servers; see ``SSHRekeyBudget``.
    public var peerRekeyInterval = Duration.seconds(1)
    /// How long a client waits for the server's version: who says nothing or other things until then speaks no SSH.
    public var versionTimeout = Duration.seconds(15)
    /// How long a key exchange may take, the first one included, and how long a server may take to grant the login.
    public var keyExchangeTimeout = Duration.seconds(60)

    /// Behaves as everybody does.
    public init(role: SSHRole, hostKeys: [SSHPrivateKey] = []) {
        self.role = role
        algorithms = .standard(for: role)
        self.hostKeys = hostKeys
    }
}
