/// The bounds of every TLS connection.
public enum TLSLimits {
    /// How long a handshake may take in all, from the connection on; our choice, a few slow round trips.
    public static var handshakeTimeout: Duration { .seconds(10) }

    /// The most octets a protocol may write before the handshake is complete; a peer that never
    /// completes one holds no more than this.
    public static let earlyByteCount = 1 << 20

    /// How long a peer may take to answer our `close_notify` once it is on its way; many never do.
    public static var closeAnswerWait: Duration { .seconds(5) }

    /// How long the last octets, such as an alert, may take after a failure.
    public static var failureFlush: Duration { .seconds(5) }

    /// The handshake messages (key updates, renegotiations) a peer may send after the handshake, and
    /// again for every mebibyte of data; a server sends two tickets, nobody honest sends dozens.
    public static let lateHandshakeMessages = 32

    /// The data that buys a peer another ``lateHandshakeMessages``, in octets.
    static let octetsPerLateBudget = 1 << 20

    /// The most octets of clear text in one record (RFC 8446 §5.1).
    static let recordByteCount = 16_384

    /// The octets encrypted before the transport below is asked whether it wants more: four records.
    static let encryptionPiece = 65_536

    /// The memory for records that is kept for the next use: a piece with what encryption adds, and some more.
    static let sparedRecordsByteCount = encryptionPiece * 2

    /// The octets decrypted before the protocol is called: what one read of a socket can hold.
    static let deliveryPiece = 65_536

    /// The largest certificate or key file read, in octets; the largest root bundles have a quarter of it.
    public static let fileByteCount = 1 << 20

    /// The servers a client context remembers sessions of; the oldest is forgotten first.
    static let rememberedServers = 256

    /// The sessions remembered for each server; servers send two at a time.
    static let sessionsPerServer = 2
}
