public import ReactorCore
public import SFTPWire

/// A file that is open on a server.
///
/// Nothing closes it but ``close()`` and the end of the session.
///
/// - Isolation: belongs to the reactor's thread.
public final class SFTPClientFile {
    private let handle: [UInt8]
    private let client: SFTPClient

    init(_ handle: [UInt8], of client: SFTPClient) {
        self.handle = handle
        self.client = client
    }

    /// Reads octets; a server may give fewer than asked, and gives none at the end.
    public func read(at offset: UInt64, count: Int) -> Deferred<[UInt8]> {
        client.request(.read(handle: handle, at: offset, count: UInt32(clamping: count))).map { reply in
            guard case .data(let octets) = reply, octets.count <= count else { throw SFTPClient.unexpected }
            return octets
        }.recover { error in
            guard (error as? SFTPStatus)?.code == .endOfFile else { throw error }
            return []
        }
    }

    /// Writes octets; at most ``SFTPClient/writeLimit``.
    public func write(_ octets: [UInt8], at offset: UInt64) -> Deferred<Void> {
        client.request(.write(handle: handle, at: offset, data: octets)).map { _ in }
    }

    /// Tells what is known of it.
    public func attributes() -> Deferred<SFTPAttributes> {
        client.request(.handleAttributes(handle: handle)).map(SFTPClient.attributes)
    }

    /// Changes what is known of it.
    public func setAttributes(_ attributes: SFTPAttributes) -> Deferred<Void> {
        client.request(.setHandleAttributes(handle: handle, attributes)).map { _ in }
    }

    /// Makes what was written last (`fsync@openssh.com`).
    public func synchronize() -> Deferred<Void> {
        client.request(.extended(.synchronize(handle: handle))).map { _ in }
    }

    /// Closes it; with this server's kind, what was written counts from then on.
    public func close() -> Deferred<Void> { client.request(.close(handle: handle)).map { _ in } }
}
