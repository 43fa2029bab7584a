import Basics

/// What a server wants of the opening of a WebSocket.
///
/// ```text
///   GET /path HTTP/1.1
///   Host: example.com · Upgrade: websocket · Connection: Upgrade
///   Sec-WebSocket-Key: 16 octets in base64 · Sec-WebSocket-Version: 13
///   [Origin: https://example.com] · [Sec-WebSocket-Protocol: text.ircv3.net, binary.ircv3.net]
/// ```
///
/// - Source: RFC 6455 §4.2.
/// - SeeAlso: `HTTPWireTests/WebSocketOpeningTests`.
public struct WebSocketRules: Hashable, Sendable {
    /// Which pages may connect.
    public enum Origins: Hashable, Sendable {
        /// All.
        case any
        /// Those of these origins, such as `https://example.com`; and programs, which name none.
        case only([String])
    }

    /// The paths that are served; nil for all.
    public var paths: [String]?
    /// Which pages may connect.
    public var origins: Origins
    /// The subprotocols that are spoken; the client's first one of them is agreed on, or none.
    public var subprotocols: [WebSocketSubprotocol]

    /// Makes rules.
    public init(subprotocols: [WebSocketSubprotocol] = [], origins: Origins = .any, paths: [String]? = nil) {
        self.subprotocols = subprotocols
        self.origins = origins
        self.paths = paths
    }

    /// What a request is answered.
    public enum Answer: Hashable, Sendable {
        /// Frames follow this response.
        case accepted(HTTPResponseHead, WebSocketSubprotocol?)
        /// The connection is closed after this response.
        case refused(HTTPResponseHead)
    }

    /// Decides on a request.
    public func answer(_ request: HTTPRequestHead) -> Answer {
        let fields = request.fields
        guard fields.has("websocket", in: "Upgrade"), fields.has("upgrade", in: "Connection") else {
            return Self.refusal(.upgradeRequired, ["Upgrade": "websocket"])
        }
        if request.method != "GET" { return Self.refusal(.methodNotAllowed, ["Allow": "GET"]) }
        if let paths, !paths.contains(request.path ?? "") { return Self.refusal(.notFound) }
        guard fields["Sec-WebSocket-Version"] == "13" else {
            return Self.refusal(.upgradeRequired, ["Upgrade": "websocket", "Sec-WebSocket-Version": "13"])
        }
        guard request.version == .http11, (try? request.bodyLength) == .octets(0),
            let key = fields["Sec-WebSocket-Key"], Base64.decode(Array(key.utf8))?.count == 16
        else { return Self.refusal(.badRequest) }
        guard allows(fields.values("Origin")) else { return Self.refusal(.forbidden) }
        let agreed = agreed(fields.list("Sec-WebSocket-Protocol"))
        var answer: HTTPFields = [
            "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": WebSocketAccept.value(for: key),
        ]
        if let agreed { answer.add("Sec-WebSocket-Protocol", agreed.name) }
        return .accepted(HTTPResponseHead(.switchingProtocols, fields: answer), agreed)
    }

    /// The response to a request that could not be read.
    public static func refusal(_ failure: HTTPFailure) -> HTTPResponseHead {
        guard case .refused(let response) = refusal(failure.status) else { return HTTPResponseHead(.badRequest) }
        return response
    }

    private static func refusal(_ status: HTTPStatus, _ fields: HTTPFields = HTTPFields()) -> Answer {
        var fields = fields
        fields.add("Connection", status == .upgradeRequired ? "Upgrade, close" : "close")
        fields.add("Content-Length", "0")
        return .refused(HTTPResponseHead(status, fields: fields))
    }

    private func allows(_ named: [String]) -> Bool {
        guard case .only(let allowed) = origins, !named.isEmpty else { return true }
        return named.count == 1 && allowed.contains { HTTPText.isSame($0, named[0]) }
    }

    private func agreed(_ offered: [String]) -> WebSocketSubprotocol? {
        for name in offered {
            if let known = subprotocols.first(where: { $0.name == name }) { return known }
        }
        return nil
    }
}
