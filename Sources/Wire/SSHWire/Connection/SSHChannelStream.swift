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
