import SSHWire

/// The bounds of an ``SSHConnection`` that are not those of a machine.
public enum SSHConnectionLimits {
    /// Octets waiting for the peer above which nothing more is taken from it; our choice.
    ///
    /// Data on channels stays below it, so that only answers to a peer that does not read them lead there.
    public static let unreadAnswers = 512 << 10

    /// Octets encrypted before they are handed to the transport; our choice, as what a transport buffers before it pauses.
    static let batch = 65_536

    /// Octets of messages that may wait for the end of a key exchange; our choice.
    static let queuedInExchange = 1 << 20

    /// Host keys that a server proves on one connection; our choice, as clients ask once for the few they do not know.
    static let proofs = SSHChannelLimits.hostKeyCount

    /// How long a peer may take to read the goodbye of an end that it has caused.
    static let farewell = Duration.seconds(5)

    /// Octets waiting on a channel above which its handler is told that the peer fell behind; ``StreamLimits`` has the same.
    public static let channelHighWater = 65_536

    /// Octets on a channel at which its handler is told that the peer has caught up; our choice, to keep a line busy.
    public static let channelLowWater = 16_384
}
