/// One connection as a session sees it: whatever protocol it speaks.
///
/// A door turns its protocol's events into calls on its ``Session`` and a session's bytes into its protocol.
package protocol SessionDoor: AnyObject {
    /// The door's name in tables: `telnet`.
    var name: String { get }
    /// Where the peer comes from, for budgets: an address without port.
    var source: String { get }
    /// Octets handed over that the peer has not taken yet.
    var bufferedByteCount: Int { get }
    /// Octets handed over that the peer is not known to have, those under way counted; still valid when the connection is lost.
    var untakenByteCount: Int { get }

    /// Sends text that may be seen.
    func send(_ bytes: borrowing [UInt8])
    /// Appends what tells the client that a prompt ends here.
    func appendPromptMark(to bytes: inout [UInt8])
    /// Appends what asks the client to show no longer, or again, what is typed.
    func appendEcho(hidden: Bool, to bytes: inout [UInt8])
    func pauseInput()
    func resumeInput()
    /// Closes after what was sent has gone out.
    func close()
    /// Closes now.
    func abort()
}

extension SessionDoor {
    /// What has not been taken from here: nothing is known of what is under way.
    package var untakenByteCount: Int { bufferedByteCount }
}
