package import Basics
package import ReactorCore
package import SFTPWire

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

/// Makes what serves a tree on a channel: SFTP, or what a `scp` of old wants.
///
/// - Parameters:
///   - tree: What this client may see.
///   - copying: What `scp` wants; nil for SFTP.
///   - stream: Where the answers go.
///   - portion: What all sessions may take of each pass together; nil for no bound.
///   - report: Is told what the session did.
///   - now: The time, for long listings.
///   - ended: Called once with the exit status when all that `scp` wanted is done.
/// - Returns: The session, which has begun.
package func makeSFTPSession(
    of tree: any SFTPTree, copying: SCPCommand?, over stream: any SFTPStream, portion: PassPortion?,
    report: ((SFTPAct) -> Void)? = nil, now: @escaping () -> WallInstant, ended: @escaping (UInt32) -> Void
) -> any SFTPSession {
    guard let copying else {
        let server = SFTPServer(tree, over: stream, now: now)
        server.report = report
        server.portion = portion
        return server
    }
    if copying.direction == .toServer {
        let sink = SCPSink(copying, tree, over: stream, ended: ended)
        sink.report = report
        sink.portion = portion
        return sink
    }
    let source = SCPSource(copying, tree, over: stream, ended: ended)
    source.report = report
    return source
}
