import Testing

@testable import HTTPWire

@Suite struct WebSocketOpeningTests {
    private let text = WebSocketSubprotocol("text.ircv3.net", .text)
    private let binary = WebSocketSubprotocol("binary.ircv3.net", .binary)

    private func request(_ changes: [String: String?] = [:], first: String = "GET /chat HTTP/1.1") throws
        -> HTTPRequestHead
    {
        var fields: [String: String?] = [
            "Host": "server.example.com", "Upgrade": "websocket", "Connection": "keep-alive, Upgrade",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13",
            "Origin": "http://example.com",
        ]
        for (name, value) in changes { fields[name] = value }
        let given = fields.compactMap { name, value in value.map { "\(name): \($0)" } }
        return try HTTPRequestHead(parsing: lines([first] + given))
    }

    private func status(_ rules: WebSocketRules, _ request: HTTPRequestHead) -> HTTPStatus {
        switch rules.answer(request) {
        case .accepted(let response, _), .refused(let response): response.status
        }
    }

    @Test func theExampleOfTheSpecification() throws {
        guard case .accepted(let response, let agreed) = WebSocketRules().answer(try request()) else {
            Issue.record("refused")
            return
        }
        #expect(response.fields["Sec-WebSocket-Accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        #expect(response.status == .switchingProtocols && agreed == nil)
        #expect(response.fields.values("Sec-WebSocket-Protocol").isEmpty)
    }

    @Test(
        arguments: [
            (["Upgrade": nil], 426), (["Connection": "close"], 426), (["Sec-WebSocket-Version": "8"], 426),
            (["Sec-WebSocket-Version": nil], 426), (["Sec-WebSocket-Key": nil], 400),
            (["Sec-WebSocket-Key": "abc"], 400),
            (["Sec-WebSocket-Key": "c2hvcnQ="], 400), (["Content-Length": "3"], 400),
            (["Origin": "http://evil.example"], 403),
            (["Origin": "HTTP://EXAMPLE.COM"], 101), (["Origin": nil], 101), (["Upgrade": "h2c, WebSocket"], 101),
        ] as [([String: String?], UInt16)])
    func requestsAreAnsweredByTheRules(changes: [String: String?], answer: UInt16) throws {
        let rules = WebSocketRules(origins: .only(["http://example.com"]), paths: ["/chat"])
        #expect(status(rules, try request(changes)).rawValue == answer)
    }

    @Test func methodVersionAndPath() throws {
        let rules = WebSocketRules(paths: ["/chat"])
        #expect(status(rules, try request(first: "POST /chat HTTP/1.1")) == .methodNotAllowed)
        #expect(status(rules, try request(first: "GET /chat HTTP/1.0")) == .badRequest)
        #expect(status(rules, try request(first: "GET /other HTTP/1.1")) == .notFound)
        #expect(status(rules, try request(first: "GET /chat?x HTTP/1.1")) == .switchingProtocols)
    }

    @Test func theClientsFirstKnownSubprotocolIsAgreedOn() throws {
        let rules = WebSocketRules(subprotocols: [text, binary])
        for (offer, wanted) in [
            ("text.ircv3.net", text), ("binary.ircv3.net, text.ircv3.net", binary), ("x, text.ircv3.net", text),
            ("x", nil),
        ] as [(String, WebSocketSubprotocol?)] {
            guard
                case .accepted(let response, let agreed) = rules.answer(try request(["Sec-WebSocket-Protocol": offer]))
            else {
                Issue.record("refused")
                continue
            }
            #expect(agreed == wanted && response.fields["Sec-WebSocket-Protocol"] == wanted?.name)
        }
    }

    @Test func ourClientAndOurServerAgree() throws {
        let asked = WebSocketRequest(host: "a:1", target: "/x?y", origin: "http://p", subprotocols: [binary, text])
        let nonce = (0..<16).map { UInt8($0) }
        let head = try #require(asked.head(nonce: nonce))
        #expect(head.fields["Host"] == "a:1" && head.fields["Origin"] == "http://p")
        guard case .accepted(let response, _) = WebSocketRules(subprotocols: [text, binary]).answer(head) else {
            Issue.record("refused")
            return
        }
        #expect(try asked.check(response, nonce: nonce) == binary)
        #expect(throws: WebSocketOpeningFailure.notAWebSocket) { try asked.check(response, nonce: nonce.reversed()) }
    }

    @Test func whatWasNotAskedForIsRefused() throws {
        let asked = WebSocketRequest(host: "a", subprotocols: [text])
        let nonce = [UInt8](repeating: 1, count: 16)
        let head = try #require(asked.head(nonce: nonce))
        guard case .accepted(var response, _) = WebSocketRules().answer(head) else {
            Issue.record("refused")
            return
        }
        #expect(try asked.check(response, nonce: nonce) == nil)
        var extended = response
        extended.fields.add("Sec-WebSocket-Extensions", "permessage-deflate")
        #expect(throws: WebSocketOpeningFailure.notAskedFor) { try asked.check(extended, nonce: nonce) }
        response.fields.add("Sec-WebSocket-Protocol", "other")
        #expect(throws: WebSocketOpeningFailure.notAskedFor) { try asked.check(response, nonce: nonce) }
        #expect(throws: WebSocketOpeningFailure.refused(.notFound)) {
            try asked.check(HTTPResponseHead(.notFound), nonce: nonce)
        }
    }

    @Test func aTargetThatIsNoneIsNotSent() {
        #expect(WebSocketRequest(host: "a\r\nX: y").head(nonce: []) == nil)
        #expect(WebSocketRequest(host: "a", target: "/ x").head(nonce: []) == nil)
    }
}
