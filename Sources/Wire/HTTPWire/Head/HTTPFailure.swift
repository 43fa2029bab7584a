/// Why a head is not one that may be acted on.
public enum HTTPFailure: Error, Hashable, Sendable {
    /// The first line is not one, or an octet is where it can't be.
    case malformedStartLine
    /// A line ends with LF alone, or there is a CR, LF or NUL inside one.
    case malformedLine
    /// A field has no name, a space before its colon, a control character in its value, or goes on in the next line.
    case malformedField
    /// The first line has more octets than ``HTTPLimits/startLineOctets``.
    case startLineTooLong
    /// The head has more octets than ``HTTPLimits/headOctets``, or more fields than ``HTTPLimits/fields``.
    case headTooLarge
    /// A version of HTTP other than 1.0 and 1.1.
    case unsupportedVersion
    /// There is no `Host`, more than one, or one that is no host.
    case badHost
    /// `Content-Length` and `Transfer-Encoding` don't say one thing, so that two readers could take it for different ones.
    case ambiguousLength
    /// A transfer coding other than `chunked`.
    case unsupportedTransferCoding

    /// What a server answers.
    public var status: HTTPStatus {
        switch self {
        case .startLineTooLong: .uriTooLong
        case .headTooLarge: .headerFieldsTooLarge
        case .unsupportedVersion: .versionNotSupported
        case .unsupportedTransferCoding: .notImplemented
        default: .badRequest
        }
    }
}
