/// Why a WebSocket is closed.
///
/// - Source: RFC 6455 §7.4 and the IANA registry of close codes.
/// - SeeAlso: `HTTPWireTests/WebSocketCloseCodeTests`.
public struct WebSocketCloseCode: RawRepresentable, Hashable, Sendable {
    /// The number.
    public let rawValue: UInt16

    /// Makes a code of its number.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// 1000: everything is done.
    public static let normal = WebSocketCloseCode(rawValue: 1000)
    /// 1001: the server goes down, or the page is left.
    public static let goingAway = WebSocketCloseCode(rawValue: 1001)
    /// 1002: the peer broke the protocol.
    public static let protocolError = WebSocketCloseCode(rawValue: 1002)
    /// 1003: a kind of message that is not taken here.
    public static let unsupportedData = WebSocketCloseCode(rawValue: 1003)
    /// 1007: text that is not UTF-8.
    public static let invalidText = WebSocketCloseCode(rawValue: 1007)
    /// 1008: refused for another reason.
    public static let policyViolation = WebSocketCloseCode(rawValue: 1008)
    /// 1009: a message over the limit.
    public static let messageTooBig = WebSocketCloseCode(rawValue: 1009)
    /// 1011: something went wrong at the server.
    public static let internalError = WebSocketCloseCode(rawValue: 1011)
    /// 1013: come again later.
    public static let tryAgainLater = WebSocketCloseCode(rawValue: 1013)

    /// Whether it may stand in a frame: not those that only say something on this side, and none that is not given out.
    public var maySend: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
