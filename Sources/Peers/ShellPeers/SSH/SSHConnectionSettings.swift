public import SSHKeys
public import SSHWire

/// How an ``SSHConnection`` behaves.
public struct SSHConnectionSettings {
    /// The role, the algorithms, a server's host keys, and when keys are renewed.
    public var transport: SSHTransportSettings
    /// What a server offers to let users in by.
    public var loginMethods = Set(SSHLoginMethod.allCases)
    /// What a server shows before the login; lines that end with LF.
    public var banner: String?
    /// Who a client wants to be.
    public var user: String
    /// How long a server lets a client take to be logged in, nil for ever; OpenSSH's figure.
    public var loginGrace: Duration? = .seconds(120)
    /// After how long a silence of the peer, once logged in, it is asked whether it is there; nil for never.
    public var keepAlive: Duration? = .seconds(60)
    /// How many such questions may go without an answer, or anything else, before the connection is given up.
    public var keepAliveCount = 3
    /// Channels the peer may have open at once.
    public var channelLimit = SSHChannelLimits.channelCount
    /// Octets the peer may send on a new channel before its handler has taken some; ``SSHChannel/widenWindow(to:)``.
    public var receiveWindow = SSHChannelLimits.receiveWindow
    /// Keys a server announces beside those it uses, such as the next one and the one it had before; it proves them all.
    public var furtherHostKeys: [SSHPrivateKey] = []

    /// Makes a server's settings.
    public static func server(hostKeys: [SSHPrivateKey]) -> SSHConnectionSettings {
        SSHConnectionSettings(transport: SSHTransportSettings(role: .server, hostKeys: hostKeys), user: "")
    }

    /// Makes a client's settings.
    public static func client(user: String) -> SSHConnectionSettings {
        SSHConnectionSettings(transport: SSHTransportSettings(role: .client), user: user)
    }

    /// Makes settings of either role.
    public init(transport: SSHTransportSettings, user: String = "") {
        self.transport = transport
        self.user = user
    }
}
