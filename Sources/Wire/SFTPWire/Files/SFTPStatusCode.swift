/// How a request ended, as a number.
///
/// - Source: draft-ietf-secsh-filexfer-02 section 7.
public struct SFTPStatusCode: RawRepresentable, Hashable, Sendable {
    /// The number on the wire.
    public var rawValue: UInt32

    /// Makes a code of any number, also of one that has no name here.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// `SSH_FX_OK`: it is done.
    public static let ok = Self(rawValue: 0)
    /// `SSH_FX_EOF`: a file or a listing has no more.
    public static let endOfFile = Self(rawValue: 1)
    /// `SSH_FX_NO_SUCH_FILE`: there is nothing of that name.
    public static let noSuchFile = Self(rawValue: 2)
    /// `SSH_FX_PERMISSION_DENIED`: this user may not.
    public static let permissionDenied = Self(rawValue: 3)
    /// `SSH_FX_FAILURE`: anything else; the message says what.
    public static let failure = Self(rawValue: 4)
    /// `SSH_FX_BAD_MESSAGE`: the request was not understood.
    public static let badMessage = Self(rawValue: 5)
    /// `SSH_FX_NO_CONNECTION`: a client says it of itself.
    public static let noConnection = Self(rawValue: 6)
    /// `SSH_FX_CONNECTION_LOST`: a client says it of itself.
    public static let connectionLost = Self(rawValue: 7)
    /// `SSH_FX_OP_UNSUPPORTED`: the server has no such operation.
    public static let operationUnsupported = Self(rawValue: 8)
}
