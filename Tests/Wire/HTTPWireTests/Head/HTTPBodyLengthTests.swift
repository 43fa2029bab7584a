import Testing

@testable import HTTPWire

@Suite struct HTTPBodyLengthTests {
    private func length(_ fields: [String], version: String = "HTTP/1.1") throws -> HTTPBodyLength {
        try HTTPRequestHead(parsing: lines(["POST / \(version)", "Host: a"] + fields)).bodyLength
    }

    @Test func whatTheFieldsSay() throws {
        #expect(try length([]) == .octets(0))
        #expect(try length(["Content-Length: 12"]) == .octets(12))
        #expect(try length(["Content-Length: 12", "Content-Length: 12"]) == .octets(12))
        #expect(try length(["Transfer-Encoding: Chunked"]) == .chunked)
        #expect(try HTTPResponseHead(parsing: lines(["HTTP/1.1 200 OK"])).bodyLength == .untilClose)
        #expect(try HTTPResponseHead(parsing: lines(["HTTP/1.1 204 x", "Content-Length: 3"])).bodyLength == .octets(0))
    }

    @Test(arguments: [
        ["Content-Length: 1", "Content-Length: 2"], ["Content-Length: 1, 1"], ["Content-Length: +1"],
        ["Content-Length: 0x1"],
        ["Content-Length: 1 2"], ["Content-Length: 99999999999999999999"], ["Content-Length:"], ["Content-Length: -1"],
        ["Content-Length: 1", "Transfer-Encoding: chunked"], ["Transfer-Encoding:"],
    ])
    func whatTwoReadersCouldTakeDifferentlyIsRefused(fields: [String]) {
        #expect(throws: HTTPFailure.ambiguousLength) { try length(fields) }
    }

    @Test func otherCodingsAreRefused() {
        for coding in ["gzip, chunked", "chunked, chunked", "identity", "xchunked"] {
            #expect(throws: HTTPFailure.unsupportedTransferCoding) { try length(["Transfer-Encoding: \(coding)"]) }
        }
        #expect(throws: HTTPFailure.ambiguousLength) { try length(["Transfer-Encoding: chunked"], version: "HTTP/1.0") }
    }
}
