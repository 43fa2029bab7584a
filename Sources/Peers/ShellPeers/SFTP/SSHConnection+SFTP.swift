public import ReactorCore
import SFTPWire
import SSHWire

extension SSHChannel: SFTPStream {
    /// Sends octets to the peer's standard input or output.
    public func send(_ octets: [UInt8]) { send(octets.span) }
}

extension SSHConnection {
    /// Opens a channel on which the server's subsystem `sftp` is asked for files.
    ///
    /// - Returns: A client that has been greeted. It fails with ``SSHChannelRefusal``, or with an ``SFTPStatus`` when the
    ///   server has no such subsystem or does not speak version 3.
    public func openSFTP() -> Deferred<SFTPClient> {
        let ends = SFTPClientChannel()
        return openChannel(.session, handler: ends).flatMap { channel in
            let client = SFTPClient(over: channel)
            ends.client = client
            channel.widenWindow(to: SFTPServer.window)
            return channel.request(.subsystem("sftp")).flatMap { isThere in
                guard isThere else {
                    channel.close()
                    throw SFTPStatus(.noConnection, "the server has no SFTP")
                }
                return client.start().map { client }
            }
        }
    }
}

/// Takes what comes on a channel to the client that asked for files on it.
private final class SFTPClientChannel: SSHChannelHandler {
    var client: SFTPClient?

    func opened(_ channel: SSHChannel) {}

    func received(_ octets: Span<UInt8>, stream: SSHChannelStream, on channel: SSHChannel) {
        if stream == .output { client?.received(octets) }
    }

    func inputEnded(on channel: SSHChannel) {
        client?.closed()
        channel.close()
    }

    func closed(_ channel: SSHChannel) {
        client?.closed()
        client = nil
    }
}
