public import SSHKeys

/// What a transport tells its owner.
public enum SSHTransportEvent: Hashable, Sendable {
    /// The peer's version line came, without its line end: `SSH-2.0-OpenSSH_9.6`.
    case peerVersion(String)
    /// The server has proven this key; nothing goes on before ``SSHTransport/acceptHostKey(now:)`` or
    /// ``SSHTransport/disconnect(_:_:)``. Told to clients, at the first exchange and whenever the key is another one.
    case hostKey(SSHPublicKey)
    /// New keys are in force in both directions. With the first ones ``SSHTransport/sessionID`` is set.
    case keysExchanged(isFirst: Bool)
    /// The login may begin: its service was asked for and granted.
    case serviceStarted
    /// A message of the login or the connection, legal where things stand; its first octet is its number.
    case message([UInt8])
    /// The peer answered ``SSHTransport/ping(_:)`` with the octets it was sent.
    case pong([UInt8])
    /// The peer has rejected what we sent in the packet of this number.
    case unimplemented(UInt32)
    /// The peer said goodbye; nothing else comes. Its text is cleaned of what could harm a terminal or a log.
    case disconnected(SSHDisconnectReason, String)
}
