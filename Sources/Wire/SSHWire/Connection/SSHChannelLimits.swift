/// The bounds of ``SSHChannels`` and of what its messages hold.
public enum SSHChannelLimits {
    /// Channels a peer may have open at once, those being closed included; OpenSSH's `MaxSessions` is 10 too.
    public static let channelCount = 10

    /// Octets a peer may send on a channel before its owner has taken some; a file transfer widens it.
    public static let receiveWindow = 256 << 10

    /// The widest window that is ever offered, in octets; our choice, as it is memory that a stalled owner may need.
    public static let largestReceiveWindow = 16 << 20

    /// Octets of data in one message that are accepted; the figure of OpenSSH, and RFC 4253 section 6.1's for a packet.
    public static let maximumPacket = 32_768

    /// Octets of data in one message that are sent at most, whatever larger the peer allows; our choice.
    public static let largestSentPacket = 32_768

    /// Octets of a name of a channel's kind, a request or a signal; RFC 4250 section 4.6.1 allows 64.
    public static let nameByteCount = 64

    /// Octets of a text in a request, such as the variable of an environment or the name of a terminal; our choice.
    public static let textByteCount = 4096

    /// Octets of a command to execute; our choice, as of one line of input and some.
    public static let commandByteCount = 32_768

    /// Octets of the name of a host or of a socket's path; as in the DNS with room to spare.
    public static let hostByteCount = 1024

    /// Host keys that are announced or asked to be proven at once; our choice.
    public static let hostKeyCount = 32

    /// Octets of one host key; an RSA key of 16,384 bits needs 2,080.
    public static let hostKeyByteCount = 8192

    /// Requests of a peer on one channel, or for all of a connection, that may wait for an answer; our choice.
    ///
    /// The next one ends the connection: no client asks that much before it is answered.
    public static let waitingRequestCount = 64
}
