import Basics

/// Why a client does not get its WebSocket.
public enum WebSocketOpeningFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The server answered with another status than 101.
    case refused(HTTPStatus)
    /// The answer is not one to this request.
    case notAWebSocket
    /// A subprotocol or extension that was not asked for.
    case notAskedFor
    /// The answer is no HTTP.
    case malformed(HTTPFailure)
    /// The request could not be read, as a server sees it.
    case badRequest(HTTPStatus)
    /// The opening took too long.
    case timedOut
    /// So much was written before the WebSocket was open that it can't be kept.
    case tooMuchTooEarly
    /// Host or path have octets that can't stand in a request.
    case badTarget

    /// The failure in words.
    public var description: String {
        switch self {
        case .refused(let status): "the server answers \(status.rawValue) \(status.reason)"
        case .notAWebSocket: "the server does not speak WebSocket"
        case .notAskedFor: "the server chose what was not offered"
        case .malformed: "the server does not speak HTTP"
        case .badRequest(let status): "a request that was answered \(status.rawValue) \(status.reason)"
        case .timedOut: "the opening of the WebSocket took too long"
        case .tooMuchTooEarly: "too much was written before the WebSocket was open"
        case .badTarget: "host or path can't stand in a request"
        }
    }
}

/// The opening of a WebSocket from the client's side.
///
/// - Source: RFC 6455 §4.1.
/// - SeeAlso: `HTTPWireTests/WebSocketOpeningTests`.
public struct WebSocketRequest: Hashable, Sendable {
    /// The server's name with its port, if that is not the usual one; what `Host` says.
    public var host: String
    /// Path and query.
    public var target: String
    /// What `Origin` says; nil for programs that are no page.
    public var origin: String?
    /// What is offered, the most wanted first.
    public var subprotocols: [WebSocketSubprotocol]

    /// Makes a request.
    public init(
        host: String, target: String = "/", origin: String? = nil, subprotocols: [WebSocketSubprotocol] = []
    ) {
        self.host = host
        self.target = target
        self.origin = origin
        self.subprotocols = subprotocols
    }

    /// The head to be sent.
    ///
    /// - Parameter nonce: Sixteen fresh random octets.
    /// - Returns: Nil when host or target can't stand in a request.
    public func head(nonce: [UInt8]) -> HTTPRequestHead? {
        var fields = HTTPFields()
        guard fields.add("Host", host) else { return nil }
        fields.add("Upgrade", "websocket")
        fields.add("Connection", "Upgrade")
        fields.add("Sec-WebSocket-Key", Base64.text(nonce))
        fields.add("Sec-WebSocket-Version", "13")
        if let origin { fields.add("Origin", origin) }
        if !subprotocols.isEmpty {
            fields.add("Sec-WebSocket-Protocol", subprotocols.map(\.name).joined(separator: ", "))
        }
        return HTTPRequestHead(method: "GET", target: target, fields: fields)
    }

    /// Checks the answer.
    ///
    /// - Parameters:
    ///   - response: The server's.
    ///   - nonce: What the request was made with.
    /// - Returns: The subprotocol agreed on; nil for none.
    /// - Throws: ``WebSocketOpeningFailure``.
    public func check(
        _ response: HTTPResponseHead, nonce: [UInt8]
    ) throws(WebSocketOpeningFailure) -> WebSocketSubprotocol? {
        guard response.status == .switchingProtocols else { throw .refused(response.status) }
        let fields = response.fields
        guard fields.has("websocket", in: "Upgrade"), fields.has("upgrade", in: "Connection"),
            fields["Sec-WebSocket-Accept"] == WebSocketAccept.value(for: Base64.text(nonce))
        else { throw .notAWebSocket }
        if !fields.list("Sec-WebSocket-Extensions").isEmpty { throw .notAskedFor }
        let named = fields.values("Sec-WebSocket-Protocol")
        if named.isEmpty { return nil }
        guard named.count == 1, let agreed = subprotocols.first(where: { $0.name == named[0] }) else {
            throw .notAskedFor
        }
        return agreed
    }
}
