/// The bounds of every connection.
public enum StreamLimits {
    /// Above this many buffered octets a streaming producer is paused; Twisted's figure.
    public static let producerHighWater = 65_536

    /// A connection is cut off by a write while more octets than this wait already, unless its ``WaterMarks`` say otherwise.
    ///
    /// Our choice, 16 MiB: more than the kernel's buffers hold. A thousand readers that slow cost 16 GiB: a program with many
    /// peers sets its own, or bounds what it writes before that, as `mudd` does.
    public static let outboundByteCount = 16 << 20

    /// A write of so many octets is sent at once when nothing waits before it; copying it costs more than the call.
    static let directWriteByteCount = 8192

    /// The most connections a listener accepts in one pass, so that established ones get their turn.
    public static let acceptsPerPass = 64

    /// The pause after accepting failed for want of descriptors or memory.
    public static let acceptPause = Duration.seconds(1)

    /// The most descriptors one message of a Unix stream socket carries, and the most that wait to be
    /// sent on one; our choice, below the kernel's 253 (`SCM_MAX_FD`).
    public static let descriptorsPerRead = 64

    /// The most buffers of unread input thrown away before a close; unread input turns it into a reset.
    static let discardsBeforeClose = 16

    /// The octets thrown away at once before an upgrade; what comes after all pieces breaks the upgrade anyway.
    static let discardPiece = 4096
}
