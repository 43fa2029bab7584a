public import ReactorCore
public import SSHWire

/// Who is told what comes on an ``SSHChannel``, in either role.
///
/// Data, its end and the channel's end come in their order, held back while the input is paused; requests come at once.
public protocol SSHChannelHandler: AnyObject {
    /// The channel is there; keep it to send.
    func opened(_ channel: SSHChannel)

    /// Octets came; the memory is valid only inside the call.
    ///
    /// - Parameters:
    ///   - octets: At least one.
    ///   - stream: ``SSHChannelStream/output`` for all that a client sends; what it sends on another is thrown away.
    ///   - channel: Where they came; pause its input to get no more.
    func received(_ octets: Span<UInt8>, stream: SSHChannelStream, on channel: SSHChannel)

    /// The peer wants something, or tells something.
    ///
    /// What is sent on the channel inside the call goes out behind an answer that is there at the end of the call.
    ///
    /// - Returns: The answer, where the peer wants one; a failure is a no.
    func requested(_ request: SSHChannelRequest, on channel: SSHChannel) -> Deferred<Bool>

    /// The peer will send no more data; sending goes on.
    func inputEnded(on channel: SSHChannel)

    /// More waits for the peer than it takes at once.
    func fellBehind(_ channel: SSHChannel)

    /// The peer takes more again.
    func caughtUp(_ channel: SSHChannel)

    /// The channel is gone; called once for each that was opened.
    func closed(_ channel: SSHChannel)
}

extension SSHChannelHandler {
    /// Refuses it.
    public func requested(_ request: SSHChannelRequest, on channel: SSHChannel) -> Deferred<Bool> { .succeeded(false) }
    /// Closes the channel.
    public func inputEnded(on channel: SSHChannel) { channel.close() }
    /// Nothing.
    public func fellBehind(_ channel: SSHChannel) {}
    /// Nothing.
    public func caughtUp(_ channel: SSHChannel) {}
}
