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
