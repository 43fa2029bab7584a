import Testing

@testable import HTTPWire

/// The lines of a head, as its reader gives them.
func lines(_ texts: [String]) -> [ArraySlice<UInt8>] { texts.map { Array($0.utf8)[...] } }

@Suite struct HTTPRequestHeadTests {
    @Test func aRequestIsReadAndWritten() throws {
        let head = try HTTPRequestHead(parsing: lines(["GET /a?b HTTP/1.1", "Host: x:80", "X-Y:  z "]))
        #expect(head.method == "GET" && head.target == "/a?b" && head.path == "/a" && head.version == .http11)
        #expect(head.fields["x-y"] == "z")
        #expect(String(decoding: head.octets, as: UTF8.self) == "GET /a?b HTTP/1.1\r\nHost: x:80\r\nX-Y: z\r\n\r\n")
    }

    @Test(arguments: [
        ("/", "/"), ("/a/b?c=/d", "/a/b"), ("http://h/p?q", "/p"), ("http://h", "/"), ("http://h?q", "/"), ("*", nil),
        ("h:443", nil),
    ])
    func paths(target: String, path: String?) {
        #expect(HTTPRequestHead(method: "GET", target: target, fields: [:])?.path == path)
    }

    @Test(arguments: [
        "", "GET", "GET /", "GET  / HTTP/1.1", "GET / HTTP/1.1 ", " GET / HTTP/1.1", "G(T / HTTP/1.1",
        "GET /\u{7F} HTTP/1.1",
        "GET /#a HTTP/1.1", "GET / HTTP/1", "GET / http/1.1", "GET / HTTP/1.1x", "GET\t/ HTTP/1.1",
        "GET /\u{E9} HTTP/1.1",
    ])
    func otherFirstLinesAreRefused(line: String) {
        #expect(throws: HTTPFailure.malformedStartLine) { try HTTPRequestHead(parsing: lines([line, "Host: a"])) }
    }

    @Test(arguments: ["HTTP/2.0", "HTTP/0.9", "HTTP/1.2"]) func otherVersionsAreRefused(version: String) {
        #expect(throws: HTTPFailure.unsupportedVersion) {
            try HTTPRequestHead(parsing: lines(["GET / \(version)", "Host: a"]))
        }
    }

    @Test(arguments: [
        "Name : a", " Name: a", "Name", ": a", "Na me: a", "Name: a\u{1}", "Name: \u{7F}", "\tfolded",
    ])
    func otherFieldsAreRefused(line: String) {
        #expect(throws: HTTPFailure.malformedField) {
            try HTTPRequestHead(parsing: lines(["GET / HTTP/1.1", "Host: a", line]))
        }
    }

    @Test func thereIsExactlyOneHost() {
        for fields in [[], ["Host: a", "Host: a"], ["Host: a b"], ["Host: a/b"], ["Host: a@b"]] {
            #expect(throws: HTTPFailure.badHost) { try HTTPRequestHead(parsing: lines(["GET / HTTP/1.1"] + fields)) }
        }
        #expect(throws: Never.self) { try HTTPRequestHead(parsing: lines(["GET / HTTP/1.0"])) }
        #expect(throws: Never.self) { try HTTPRequestHead(parsing: lines(["GET / HTTP/1.1", "Host: [::1]:80"])) }
    }

    @Test func thereAreNoMoreFieldsThanTheLimit() {
        let many = ["GET / HTTP/1.1", "Host: a"] + (0..<100).map { "X\($0): 1" }
        #expect(throws: HTTPFailure.headTooLarge) { try HTTPRequestHead(parsing: lines(many)) }
    }

    @Test func whatWouldBreakALineIsNotSent() {
        #expect(HTTPRequestHead(method: "GET", target: "/ HTTP/1.1\r\nX: y", fields: [:]) == nil)
        #expect(HTTPRequestHead(method: "G T", target: "/", fields: [:]) == nil)
    }
}
