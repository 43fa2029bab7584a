/// The value of the `sts` capability: clients come back by TLS, and only so, for a time.
///
/// ```text
///   port=6697                     told in clear: connect there instead
///   duration=2592000,preload      told by TLS: keep to it for so many seconds
/// ```
///
/// - Source: the IRCv3 specification `sts`.
public struct IRCStrictTransport: Hashable, Sendable {
    /// The port for TLS; only looked at by clients that are connected in clear.
    public var port: UInt16?
    /// For how many seconds the client shall keep to TLS, 0 to end it; only looked at by clients connected by TLS.
    public var duration: Int?
    /// Whether lists of clients may have the server in them from the start.
    public var preload: Bool

    /// Makes a policy.
    public init(port: UInt16? = nil, duration: Int? = nil, preload: Bool = false) {
        self.port = port
        self.duration = duration
        self.preload = preload
    }

    /// Reads a capability's value; keys that are unknown are left out, of two that are the same the first counts.
    ///
    /// - Returns: Nil when a number is none, or nothing in it is known.
    public init?(parsing value: some StringProtocol) {
        self.init()
        for item in value.split(separator: ",").prefix(16) {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            switch (parts[0], parts.count) {
            case ("port", 2) where port == nil:
                guard let number = UInt16(parts[1]), number > 0 else { return nil }
                port = number
            case ("duration", 2) where duration == nil:
                guard let number = Int(parts[1]), number >= 0 else { return nil }
                duration = number
            case ("preload", _): preload = true
            default: continue
            }
        }
        if port == nil, duration == nil { return nil }
    }

    /// The capability's value as a server tells it.
    ///
    /// - Parameter isSecure: Whether the client is connected by TLS: others are told the port only.
    /// - Returns: The value.
    public func value(isSecure: Bool) -> String {
        var items: [String] = []
        if let port, !isSecure { items.append("port=\(port)") }
        if isSecure || port == nil, let duration { items.append("duration=\(duration)") }
        if isSecure, preload { items.append("preload") }
        return items.joined(separator: ",")
    }
}
