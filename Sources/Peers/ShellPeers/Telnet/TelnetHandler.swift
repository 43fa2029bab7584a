public import TelnetWire
public import Transports

/// Who is told what comes over a ``TelnetConnection``.
public protocol TelnetHandler: AnyObject {
    /// The connection is there, and the machine's opening is sent; keep `connection` to answer.
    func connected(_ connection: TelnetConnection)

    /// Something came, in the order in which the peer caused it.
    ///
    /// What the connection does by itself does not come: sends and compression. Text in another character set is UTF-8
    /// already; without one agreed, it is as it came.
    func received(_ action: TelnetAction)

    /// The peer will send no more; everything it sent has been received.
    func inputEnded()

    /// More waits for the peer than it takes at once.
    func peerFellBehind()

    /// The peer has taken everything that waited.
    func peerCaughtUp()

    /// Octets went over the wire, as they are there.
    func counted(received: Int, sent: Int)

    /// The connection is gone; called once.
    func connectionLost(_ reason: DisconnectReason)
}

extension TelnetHandler {
    /// Nothing: who is done ends the connection.
    public func peerFellBehind() {}
    /// Nothing.
    public func peerCaughtUp() {}
    /// Nothing.
    public func counted(received: Int, sent: Int) {}
}
