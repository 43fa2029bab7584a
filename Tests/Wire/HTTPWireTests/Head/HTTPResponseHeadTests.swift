import Testing

@testable import HTTPWire

@Suite struct HTTPResponseHeadTests {
    @Test func aResponseIsReadAndWritten() throws {
        let head = try HTTPResponseHead(parsing: lines(["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket"]))
        #expect(head.status == .switchingProtocols && head.fields["upgrade"] == "websocket")
        let written = HTTPResponseHead(.switchingProtocols, fields: ["Upgrade": "websocket"])
        #expect(
            String(decoding: written.octets, as: UTF8.self)
                == "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n")
        #expect(try HTTPResponseHead(parsing: lines(["HTTP/1.1 299 "])).status.rawValue == 299)
        #expect(try HTTPResponseHead(parsing: lines(["HTTP/1.0 404"])).status == .notFound)
    }

    @Test(arguments: [
        "", "HTTP/1.1", "HTTP/1.1 20", "HTTP/1.1 099 x", "HTTP/1.1 2000", "HTTP/1.1 +20 x", "HTTP/1.1  200",
    ])
    func otherFirstLinesAreRefused(line: String) {
        #expect(throws: HTTPFailure.malformedStartLine) { try HTTPResponseHead(parsing: lines([line])) }
    }
}
