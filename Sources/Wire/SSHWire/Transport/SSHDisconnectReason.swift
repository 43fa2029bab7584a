/// The number that a DISCONNECT message carries.
///
/// - Source: RFC 4250 section 4.2.2.
public struct SSHDisconnectReason: RawRepresentable, Hashable, Sendable {
    /// The number on the wire.
    public var rawValue: UInt32

    /// Makes a reason of any number.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// SSH_DISCONNECT_HOST_NOT_ALLOWED_TO_CONNECT.
    public static let hostNotAllowed = SSHDisconnectReason(rawValue: 1)
    /// SSH_DISCONNECT_PROTOCOL_ERROR.
    public static let protocolError = SSHDisconnectReason(rawValue: 2)
    /// SSH_DISCONNECT_KEY_EXCHANGE_FAILED.
    public static let keyExchangeFailed = SSHDisconnectReason(rawValue: 3)
    /// SSH_DISCONNECT_MAC_ERROR.
    public static let macError = SSHDisconnectReason(rawValue: 5)
    /// SSH_DISCONNECT_SERVICE_NOT_AVAILABLE.
    public static let serviceNotAvailable = SSHDisconnectReason(rawValue: 7)
    /// SSH_DISCONNECT_PROTOCOL_VERSION_NOT_SUPPORTED.
    public static let versionNotSupported = SSHDisconnectReason(rawValue: 8)
    /// SSH_DISCONNECT_HOST_KEY_NOT_VERIFIABLE.
    public static let hostKeyNotVerifiable = SSHDisconnectReason(rawValue: 9)
    /// SSH_DISCONNECT_CONNECTION_LOST.
    public static let connectionLost = SSHDisconnectReason(rawValue: 10)
    /// SSH_DISCONNECT_BY_APPLICATION.
    public static let byApplication = SSHDisconnectReason(rawValue: 11)
    /// SSH_DISCONNECT_TOO_MANY_CONNECTIONS.
    public static let tooManyConnections = SSHDisconnectReason(rawValue: 12)
    /// SSH_DISCONNECT_AUTH_CANCELLED_BY_USER.
    public static let cancelledByUser = SSHDisconnectReason(rawValue: 13)
    /// SSH_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE.
    public static let noMoreMethods = SSHDisconnectReason(rawValue: 14)
    /// SSH_DISCONNECT_ILLEGAL_USER_NAME.
    public static let illegalUserName = SSHDisconnectReason(rawValue: 15)
}
