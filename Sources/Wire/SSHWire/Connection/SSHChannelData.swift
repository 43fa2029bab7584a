/// Octets that came on a channel, in the message that brought them.
public struct SSHChannelData: Hashable, Sendable {
    /// Which of a channel's streams.
    public var stream: SSHChannelStream
    private let message: [UInt8]
    private let start: Int
    private let length: Int

    /// Trusts that the message has that many octets from there on.
    init(stream: SSHChannelStream, message: [UInt8], start: Int, length: Int) {
        self.stream = stream
        self.message = message
        self.start = start
        self.length = length
    }

    /// The number of octets.
    public var count: Int { length }

    /// The octets, where they are.
    public func withOctets<Value>(_ body: (Span<UInt8>) throws -> Value) rethrows -> Value {
        try body(message.span.extracting(start..<start + length))
    }

    /// A copy of the octets.
    public var octets: [UInt8] { Array(message[start..<start + length]) }
}
