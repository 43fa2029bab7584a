/// The three digits of a response, and what clients are told in words.
///
/// - Source: RFC 9110 §15.
public struct HTTPStatus: RawRepresentable, Hashable, Sendable {
    /// The number, 100 to 999.
    public let rawValue: UInt16

    /// Makes a status; numbers outside become 500.
    public init(rawValue: UInt16) {
        self.rawValue = (100...999).contains(rawValue) ? rawValue : 500
    }

    /// 101: the connection speaks another protocol from here on.
    public static let switchingProtocols = HTTPStatus(rawValue: 101)
    /// 200.
    public static let ok = HTTPStatus(rawValue: 200)
    /// 400: the request can't be understood.
    public static let badRequest = HTTPStatus(rawValue: 400)
    /// 403: understood, and refused.
    public static let forbidden = HTTPStatus(rawValue: 403)
    /// 404: nothing is there.
    public static let notFound = HTTPStatus(rawValue: 404)
    /// 405: not with this method.
    public static let methodNotAllowed = HTTPStatus(rawValue: 405)
    /// 408: the request took too long to come.
    public static let requestTimeout = HTTPStatus(rawValue: 408)
    /// 414: the target is too long.
    public static let uriTooLong = HTTPStatus(rawValue: 414)
    /// 426: only with another protocol.
    public static let upgradeRequired = HTTPStatus(rawValue: 426)
    /// 431: the head is too large; RFC 6585.
    public static let headerFieldsTooLarge = HTTPStatus(rawValue: 431)
    /// 500.
    public static let internalServerError = HTTPStatus(rawValue: 500)
    /// 501: something that this server does not do.
    public static let notImplemented = HTTPStatus(rawValue: 501)
    /// 503: not now.
    public static let serviceUnavailable = HTTPStatus(rawValue: 503)
    /// 505: another version of HTTP.
    public static let versionNotSupported = HTTPStatus(rawValue: 505)

    /// The words of the registry; empty for a number that is not listed here.
    public var reason: String {
        switch self {
        case .switchingProtocols: "Switching Protocols"
        case .ok: "OK"
        case .badRequest: "Bad Request"
        case .forbidden: "Forbidden"
        case .notFound: "Not Found"
        case .methodNotAllowed: "Method Not Allowed"
        case .requestTimeout: "Request Timeout"
        case .uriTooLong: "URI Too Long"
        case .upgradeRequired: "Upgrade Required"
        case .headerFieldsTooLarge: "Request Header Fields Too Large"
        case .internalServerError: "Internal Server Error"
        case .notImplemented: "Not Implemented"
        case .serviceUnavailable: "Service Unavailable"
        case .versionNotSupported: "HTTP Version Not Supported"
        default: ""
        }
    }
}
