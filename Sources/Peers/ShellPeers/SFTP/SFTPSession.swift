/// What serves files on a channel: ``SFTPServer``, and ``SCPSink`` and ``SCPSource`` for old clients.
///
/// Whoever owns the channel tells it what happens there.
///
/// - Isolation: belongs to the reactor's thread.
public protocol SFTPSession: AnyObject {
    /// Octets came from the client.
    func received(_ bytes: Span<UInt8>)

    /// More waits for the client than it takes at once: nothing is begun.
    func fellBehind()

    /// The client takes more again.
    func caughtUp()

    /// The client will send no more: what it asked is done, and then the stream is closed.
    func inputEnded()

    /// The stream is gone; may be called more than once.
    func closed()
}
