public import ReactorCore
public import SFTPWire

/// A file that a client has open.
///
/// A server ends every file with exactly one of ``close()`` and ``abandon()``, and asks nothing afterwards.
///
/// - Isolation: belongs to the reactor's thread.
public protocol SFTPFile: AnyObject {
    /// What is known of it, what was written through it included.
    var attributes: SFTPAttributes { get }

    /// Reads octets.
    ///
    /// - Parameters:
    ///   - offset: Where, in octets from the beginning; also behind the end.
    ///   - count: How many at most; above zero, and at most 256 KiB.
    /// - Returns: What is there; nothing at the end or behind it.
    func read(at offset: UInt64, count: Int) -> Deferred<[UInt8]>

    /// Writes octets, at the end if the file was opened to append.
    ///
    /// - Parameters:
    ///   - octets: At most 256 KiB; also none.
    ///   - offset: Where; behind the end, what is between is zero.
    /// - Returns: Fired when they are taken; a failure writes none of them.
    func write(_ octets: [UInt8], at offset: UInt64) -> Deferred<Void>

    /// Changes what is known of it, the size included.
    func setAttributes(_ attributes: SFTPAttributes) -> Deferred<Void>

    /// Makes what was written last, as `fsync(2)` does.
    func synchronize() -> Deferred<Void>

    /// Ends it: what was written counts once the deferred succeeds, as a whole, and not at all when it fails.
    func close() -> Deferred<Void>

    /// Ends it without the client having closed it: what was not made to last is thrown away.
    func abandon()
}
