/// What ``SSHChannels`` tells its owner; a channel is known by the number this end has given it.
///
/// A number is used again after ``refused(_:_:)``, and once a channel that was ``closed(_:)`` is released.
public enum SSHChannelEvent: Hashable, Sendable {
    /// The peer wants a channel, which is there once ``SSHChannels/confirm(_:)`` says so.
    case requested(Int, SSHChannelKind)
    /// The peer has opened a channel for us.
    case opened(Int)
    /// The peer has refused a channel.
    case refused(Int, SSHChannelRefusal)
    /// Octets came; ``SSHChannels/taken(_:on:)`` is to be told once the owner has them.
    case data(Int, SSHChannelData)
    /// The peer takes more again, or for the first time.
    case windowOpened(Int)
    /// The peer will send no more data on this channel.
    case ended(Int)
    /// The peer wants something on a channel; with a ticket it waits for ``SSHChannels/answer(_:to:on:)``.
    case request(Int, SSHChannelRequest, ticket: Int?)
    /// The peer has answered the oldest of our requests on a channel that wanted it.
    case answered(Int, Bool)
    /// The peer has closed the channel, which is gone with all that it held once ``SSHChannels/release(_:)`` is called: the
    /// owner may have to deal first with what it got before.
    case closed(Int)
    /// The peer wants something for all of the connection; with a ticket it waits for ``SSHChannels/answerGlobal(_:to:)``.
    case globalRequest(SSHGlobalRequest, ticket: Int?)
    /// The peer has answered the oldest of our requests for all of the connection: with fields, or nil for a no.
    case globalAnswered([UInt8]?)
}

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

/// Names one of the streams of data on a channel.
///
/// - Source: RFC 4254 section 5.2.
public struct SSHChannelStream: Hashable, Sendable {
    /// The number of an extended stream; nil for the usual data.
    public var code: UInt32?

    /// Names the stream of that number.
    public init(code: UInt32?) { self.code = code }

    /// The usual data.
    public static let output = SSHChannelStream(code: nil)
    /// `SSH_EXTENDED_DATA_STDERR`: what a program says of errors.
    public static let errors = SSHChannelStream(code: 1)
}
