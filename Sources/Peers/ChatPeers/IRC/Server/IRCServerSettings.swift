public import IRCWire

/// How the connections of an ``IRCServer`` behave; the house's own rules are the house's.
public struct IRCServerSettings: Sendable {
    /// The server's name, as it stands before its lines: no spaces, at most 63 octets.
    public var name: String
    /// How long a client may take to be registered.
    public var registrationLimit = Duration.seconds(60)
    /// After how long a silence a client is asked whether it is there, and how long it may then take to say anything.
    public var pingInterval = Duration.seconds(90)
    /// How many requests are taken from a client, nil for as fast as they come; 5 at once, then 2 a second, as nobody types faster.
    public var pace: IRCPace? = IRCPace()
    /// Lines a client may send before it is registered; a client in good health needs about a dozen.
    public var linesBeforeRegistration = 200
    /// Failed attempts to log in on one connection; then it is closed.
    public var failedLogins = 3
    /// Octets that may wait for a client before no more of its requests are taken, and its house is told.
    public var comfort = 64 << 10
    /// Octets that may wait for a client that does not read; more, and it is cut off.
    public var sendQueue = 256 << 10
    /// Octets of answers to its own requests that may wait beside those of ``sendQueue``; a LIST of 1,000 lines has half as many.
    public var answerQueue = 1 << 20
    /// How long a client that was told of an error may take to read it.
    public var farewell = Duration.seconds(5)
    /// Connections of one address (IPv4) or one block of 64 bits (IPv6) at the same time.
    public var connectionsPerSource = 64
    /// New connections of one source in ``sourceWindow``.
    public var newConnectionsPerSource = 128
    /// Whether clients of this machine are exempt from both limits.
    public var exemptsLoopback = true
    /// The window of ``newConnectionsPerSource``.
    public var sourceWindow = Duration.seconds(600)
    /// Whether a client must send back a cookie before it is registered, which keeps out blind connections; few clients cannot.
    public var demandsCookie = false
    /// What clients are told of the encrypted port (`sts`), nil for nothing.
    public var strictTransport: IRCStrictTransport?

    /// Makes the usual settings.
    public init(name: String) {
        self.name = name
    }
}
