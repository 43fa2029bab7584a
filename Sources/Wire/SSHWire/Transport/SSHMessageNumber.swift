/// The numbers of messages: the first octet of a payload.
///
/// | Numbers | Belong to |
/// | --- | --- |
/// | 1–19 | the transport itself |
/// | 20–29, 30–49 | the negotiation of a key exchange, and the exchange that was chosen |
/// | 50–59, 60–79 | the login, and the method that is under way |
/// | 80–127 | the connection |
/// | 192–255 | local extensions |
///
/// - Source: RFC 4250 section 4.1, RFC 5656 section 7.1, RFC 4256 section 5, RFC 8308 section 2.3, OpenSSH PROTOCOL 1.8.
public enum SSHMessageNumber {
    /// SSH_MSG_DISCONNECT.
    public static let disconnect: UInt8 = 1
    /// SSH_MSG_IGNORE.
    public static let ignore: UInt8 = 2
    /// SSH_MSG_UNIMPLEMENTED.
    public static let unimplemented: UInt8 = 3
    /// SSH_MSG_DEBUG.
    public static let debug: UInt8 = 4
    /// SSH_MSG_SERVICE_REQUEST.
    public static let serviceRequest: UInt8 = 5
    /// SSH_MSG_SERVICE_ACCEPT.
    public static let serviceAccept: UInt8 = 6
    /// SSH_MSG_EXT_INFO.
    public static let extensionInfo: UInt8 = 7
    /// SSH_MSG_KEXINIT.
    public static let keyExchangeInit: UInt8 = 20
    /// SSH_MSG_NEWKEYS.
    public static let newKeys: UInt8 = 21
    /// SSH_MSG_KEX_ECDH_INIT, and what the other methods call their first message.
    public static let exchangeInit: UInt8 = 30
    /// SSH_MSG_KEX_ECDH_REPLY, and what the other methods call their second message.
    public static let exchangeReply: UInt8 = 31
    /// SSH_MSG_USERAUTH_REQUEST.
    public static let loginRequest: UInt8 = 50
    /// SSH_MSG_USERAUTH_FAILURE.
    public static let loginFailure: UInt8 = 51
    /// SSH_MSG_USERAUTH_SUCCESS.
    public static let loginSuccess: UInt8 = 52
    /// SSH_MSG_USERAUTH_BANNER.
    public static let loginBanner: UInt8 = 53
    /// PK_OK, PASSWD_CHANGEREQ or INFO_REQUEST, as the method that is under way has it.
    public static let loginMethodRequest: UInt8 = 60
    /// SSH_MSG_USERAUTH_INFO_RESPONSE.
    public static let loginMethodResponse: UInt8 = 61
    /// SSH_MSG_GLOBAL_REQUEST.
    public static let globalRequest: UInt8 = 80
    /// SSH_MSG_REQUEST_SUCCESS.
    public static let requestSuccess: UInt8 = 81
    /// SSH_MSG_REQUEST_FAILURE.
    public static let requestFailure: UInt8 = 82
    /// SSH_MSG_CHANNEL_OPEN.
    public static let channelOpen: UInt8 = 90
    /// SSH_MSG_CHANNEL_OPEN_CONFIRMATION.
    public static let channelOpenConfirmation: UInt8 = 91
    /// SSH_MSG_CHANNEL_OPEN_FAILURE.
    public static let channelOpenFailure: UInt8 = 92
    /// SSH_MSG_CHANNEL_WINDOW_ADJUST.
    public static let channelWindowAdjust: UInt8 = 93
    /// SSH_MSG_CHANNEL_DATA.
    public static let channelData: UInt8 = 94
    /// SSH_MSG_CHANNEL_EXTENDED_DATA.
    public static let channelExtendedData: UInt8 = 95
    /// SSH_MSG_CHANNEL_EOF.
    public static let channelEOF: UInt8 = 96
    /// SSH_MSG_CHANNEL_CLOSE.
    public static let channelClose: UInt8 = 97
    /// SSH_MSG_CHANNEL_REQUEST.
    public static let channelRequest: UInt8 = 98
    /// SSH_MSG_CHANNEL_SUCCESS.
    public static let channelSuccess: UInt8 = 99
    /// SSH_MSG_CHANNEL_FAILURE.
    public static let channelFailure: UInt8 = 100
    /// SSH2_MSG_PING of `ping@openssh.com`.
    public static let ping: UInt8 = 192
    /// SSH2_MSG_PONG of `ping@openssh.com`.
    public static let pong: UInt8 = 193
}
