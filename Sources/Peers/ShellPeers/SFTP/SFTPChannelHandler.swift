public import Basics
public import ReactorCore
import SFTPWire
public import SSHWire

/// A session on a server that has files and nothing else: the subsystem `sftp`, and `scp` of old clients.
///
/// ```swift
/// func channelRequested(_ kind: SSHChannelKind, on connection: SSHConnection) -> Deferred<any SSHChannelHandler> {
///     .succeeded(SFTPChannelHandler(tree) { wallTime.now() })
/// }
/// ```
///
/// - Isolation: belongs to the reactor's thread.
public final class SFTPChannelHandler: SSHChannelHandler {
    private let tree: any SFTPTree
    private let now: () -> WallInstant
    private let report: ((SFTPAct) -> Void)?
    private var session: (any SFTPSession)?

    /// Makes a handler for one channel.
    ///
    /// - Parameters:
    ///   - tree: What this client may see.
    ///   - report: Is told what the session did.
    ///   - now: The time, for long listings.
    public init(_ tree: any SFTPTree, report: ((SFTPAct) -> Void)? = nil, now: @escaping () -> WallInstant) {
        self.tree = tree
        self.now = now
        self.report = report
    }

    /// Widens the window: files are much.
    public func opened(_ channel: SSHChannel) { channel.widenWindow(to: SFTPServer.window) }

    /// Begins what the client asks for, once.
    public func requested(_ request: SSHChannelRequest, on channel: SSHChannel) -> Deferred<Bool> {
        if session == nil { session = makeSession(request, channel) } else { return .succeeded(request == .keepAlive) }
        return .succeeded(session != nil)
    }

    private func makeSession(_ request: SSHChannelRequest, _ channel: SSHChannel) -> (any SFTPSession)? {
        let ended: (UInt32) -> Void = { [weak channel] status in
            channel?.notify(.exitStatus(status))
            channel?.close()
        }
        let copying: SCPCommand?
        switch request {
        case .subsystem("sftp"): copying = nil
        case .execute(let line):
            guard let command = SCPCommand(line) else { return nil }
            copying = command
        default: return nil
        }
        return makeSFTPSession(
            of: tree, copying: copying, over: channel, portion: channel.connection?.reactor.filePortion, report: report,
            now: now,
            ended: ended)
    }

    /// Gives octets to the session.
    public func received(_ octets: Span<UInt8>, stream: SSHChannelStream, on channel: SSHChannel) {
        session?.received(octets)
    }

    /// Ends the session when it is done.
    public func inputEnded(on channel: SSHChannel) {
        if let session { session.inputEnded() } else { channel.close() }
    }

    /// Slows the session down.
    public func fellBehind(_ channel: SSHChannel) { session?.fellBehind() }

    /// Lets the session go on.
    public func caughtUp(_ channel: SSHChannel) { session?.caughtUp() }

    /// Throws away what is not whole.
    public func closed(_ channel: SSHChannel) {
        session?.closed()
        session = nil
    }
}
