/// Every number that bounds what an HTTP peer can make us hold.
public struct HTTPLimits: Hashable, Sendable {
    /// Octets of the first line, without its end.
    ///
    /// Source: RFC 9112 §3 wants 8,000 at least.
    public var startLineOctets = 8192

    /// Octets of the whole head, with all line ends.
    ///
    /// Source: own choice; servers of today take 8 to 64 KiB.
    public var headOctets = 32_768

    /// Fields of a head.
    ///
    /// Source: own choice; Apache's figure.
    public var fields = 100

    /// The figures above.
    public init() {}
}
