import Testing

@testable import HTTPWire

@Suite struct HTTPHeadReaderTests {
    private func read(
        _ pieces: [[UInt8]], limits: HTTPLimits = HTTPLimits()
    ) throws -> (lines: [String], rest: [UInt8])? {
        var reader = HTTPHeadReader(limits: limits)
        var rest: [UInt8] = []
        for piece in pieces {
            let taken = try reader.receive(piece.span)
            rest += piece[taken...]
        }
        guard reader.isComplete else { return nil }
        return (reader.takeLines().map { String(decoding: $0, as: UTF8.self) }, rest)
    }

    @Test func theWayTheInputIsCutDoesNotMatter() throws {
        let input = Array("\r\nGET / HTTP/1.1\r\nHost: a\r\nX:\r\n\r\nbody\r\n".utf8)
        let wanted = ["GET / HTTP/1.1", "Host: a", "X:"]
        for pieces in [[input], input.map { [$0] }] + input.indices.map({ [Array(input[..<$0]), Array(input[$0...])] })
        {
            let head = try read(pieces)
            #expect(head?.lines == wanted)
            #expect(head?.rest == Array("body\r\n".utf8))
        }
    }

    @Test(arguments: ["GET / HTTP/1.1\nHost: a\r\n\r\n", "A\r\rB", "A\0", "A\rB", "\n", "\r\r"])
    func otherLineEndsAreRefused(text: String) {
        #expect(throws: HTTPFailure.malformedLine) { try read([Array(text.utf8)]) }
    }

    @Test func oneEmptyLineIsPassedOverAndNoMore() throws {
        let head = try read([Array("\r\n\r\n".utf8)])
        #expect(head?.lines == [])
    }

    @Test func lengthsAreBounded() throws {
        var limits = HTTPLimits()
        (limits.startLineOctets, limits.headOctets) = (10, 30)
        #expect(try read([Array("1234567890\r\n\r\n".utf8)], limits: limits) != nil)
        #expect(throws: HTTPFailure.startLineTooLong) { try read([Array("12345678901\r\n\r\n".utf8)], limits: limits) }
        let long = Array("1\r\n".utf8) + [UInt8](repeating: 0x61, count: 100)
        #expect(throws: HTTPFailure.headTooLarge) { try read([long], limits: limits) }
    }

    @Test func aFailureStays() {
        var reader = HTTPHeadReader()
        for text in ["\n", "GET"] {
            do {
                _ = try reader.receive(Array(text.utf8).span)
                Issue.record("taken")
            } catch {
                #expect(error == .malformedLine)
            }
        }
    }
}
