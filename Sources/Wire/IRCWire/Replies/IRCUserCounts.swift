/// How many there are of what, for `LUSERS`.
public struct IRCUserCounts: Hashable, Sendable {
    /// Registered clients that all see.
    public var visible: Int
    /// Registered clients with `+i`.
    public var invisible: Int
    /// Operators of the server among them.
    public var operators: Int
    /// Connections that have not registered yet.
    public var unregistered: Int
    /// Channels there are.
    public var channels: Int
    /// The most registered clients there have been at once.
    public var most: Int

    /// Makes counts.
    public init(
        visible: Int = 0, invisible: Int = 0, operators: Int = 0, unregistered: Int = 0, channels: Int = 0,
        most: Int = 0
    ) {
        self.visible = visible
        self.invisible = invisible
        self.operators = operators
        self.unregistered = unregistered
        self.channels = channels
        self.most = most
    }
}
