/// Every number that bounds what the peer of a WebSocket can make us hold.
public struct WebSocketLimits: Hashable, Sendable {
    /// Octets of a control frame's payload.
    ///
    /// Source: RFC 6455 §5.5.
    public static let controlOctets = 125

    /// Octets of the reason in a Close: what is left of a control frame beside the code.
    public static let reasonOctets = controlOctets - 2

    /// Octets of a frame's head at most: two, eight of the length, four of the mask.
    public static let headOctets = 14

    /// Octets of a message, all its fragments together.
    ///
    /// Source: own choice; 16 MiB is the largest message that test suites send.
    public var messageOctets: Int

    /// Makes limits; a negative number counts as none at all, 0.
    public init(messageOctets: Int = 16 << 20) {
        self.messageOctets = max(messageOctets, 0)
    }
}
