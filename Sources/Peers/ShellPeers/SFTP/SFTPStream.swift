/// Where the packets of an SFTP session go: a channel, or what a test has in its place.
///
/// - Isolation: belongs to the reactor's thread.
public protocol SFTPStream: AnyObject {
    /// Sends octets, in order.
    func send(_ octets: [UInt8])

    /// Lets what arrives wait, so that the other side is slowed down.
    func pauseInput()

    /// Takes what arrives again.
    func resumeInput()

    /// Sends what waits, and ends the session.
    func close()
}
