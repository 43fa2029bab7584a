/// How much a transport takes, and from where the numbers come.
public enum SSHTransportLimits {
    /// Octets of a version line with its line end; RFC 4253 section 4.2.
    public static let versionOctets = 255
    /// Octets of the lines that a server may send before its version, that one included; RFC 4253 leaves this open.
    public static let greetingOctets = 8192
    /// Octets of what came in place of a version that failures quote.
    public static let quotedOctets = 80
    /// What a packet's length may count before the login has succeeded; RFC 4253 section 6.1 asks for 35,000 octets in all.
    public static let earlyPacketOctets = 35_000
    /// What a packet's length may count afterwards, as in OpenSSH.
    public static let packetOctets = 262_144
    /// The octets of a payload that every peer takes; RFC 4253 section 6.1.
    public static let payloadOctets = 32_768
    /// Octets of padding at least; RFC 4253 section 6.
    public static let paddingOctets = 4
    /// Packets of one direction under one key: half of what the numbers of packets can tell apart, so that each side has
    /// time to renew it (RFC 4344 section 3.1).
    public static let packetsPerKey: UInt32 = 1 << 31
    /// Octets of one list of algorithms, of which OpenSSH's longest one has about 600.
    public static let nameListOctets = 8192
    /// Octets of the text in DISCONNECT that anybody hears of.
    public static let textOctets = 1024
    /// Extensions that are remembered, and octets of one; RFC 8308 section 2.3 leaves this open.
    public static let extensions = 32
    /// Octets of one extension's value.
    public static let extensionOctets = 4096
    /// Octets that a ping may carry.
    public static let pingOctets = 1024
    /// Answers that may wait for a key exchange to end: a peer that wants more has not finished what it began.
    public static let waitingAnswers = 1024
    /// Times that a peer may begin to renew keys one right behind the other.
    public static let rekeyBurst = 8
    /// Octets after which a renewal is worth what it costs, once the user is logged in.
    public static let rekeyWorthOctets = 32 << 10
    /// The same where an RSA key signs.
    public static let slowRekeyWorthOctets = 512 << 10
}
