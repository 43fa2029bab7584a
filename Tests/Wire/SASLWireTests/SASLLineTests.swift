import SASLWire
import Testing

@Suite struct SASLLineTests {
    @Test(arguments: [
        ("", SASLLine.message([]), ""), ("=", .message([]), ""), ("*", .cancelled, "*"),
        ("dGVzdA==", .message(Array("test".utf8)), "dGVzdA=="),
    ])
    func bothWays(text: String, line: SASLLine, written: String) throws {
        #expect(try SASLLine(parsing: Array(text.utf8)) == line)
        #expect(line.encoded() == Array(written.utf8))
        #expect(try SASLLine(parsing: line.encoded(isInitial: true)) == line)
    }

    @Test func emptyInitialResponseIsAnEqualsSign() {
        #expect(SASLLine.message([]).encoded(isInitial: true) == Array("=".utf8))
    }

    @Test func refuses() throws {
        for text in ["**", "==", "dGVzdA", "dGVzdA==\r", "dGVz dA=="] {
            #expect(throws: SASLFailure.malformed("Base64")) { try SASLLine(parsing: Array(text.utf8)) }
        }
        let longest = [UInt8](repeating: 0x41, count: SASLLine.longest)
        #expect(throws: Never.self) { try SASLLine(parsing: longest) }
        #expect(throws: SASLFailure.tooLong("message", limit: SASLLine.longest)) {
            try SASLLine(parsing: longest + longest)
        }
    }
}
