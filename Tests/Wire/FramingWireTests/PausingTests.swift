import FramingWire
import Testing

/// What a protocol that pauses leaves with its framer: it stays, in order, until it is asked for.
@Suite struct PausingTests {
    @Test func linesWaitUntilTheyAreAskedFor() throws {
        for pieces in cuts(of: octets("two\nabcdefgh\nthree\n4")) {
            var framer = LineFramer(limit: 5)
            framer.receive("one\n".utf8Span.span)
            #expect(try framer.next() == .line(octets("one")))
            var count = 0
            for piece in pieces {
                framer.receive(piece.span)
                count += piece.count
                #expect(framer.bufferedCount == count)
            }
            #expect(try framer.next() == .line(octets("two")))
            #expect(framer.bufferedCount == count - 4)
            #expect(try framer.next() == .tooLong)
            #expect(try framer.next() == .line(octets("three")))
            #expect(try framer.next() == nil)
            #expect(framer.bufferedCount == 1)
        }
    }

    @Test func inPlaceOneCallGivesOneLine() throws {
        var framer = LineFramer()
        framer.receive("one\ntwo\n".utf8Span.span)
        var lines: [String] = []
        for expected in [["one"], ["one", "two"]] {
            let isGiven = try framer.withNext { line in
                if let line = copy line { lines.append(text(line)) }
            }
            #expect(isGiven && lines == expected)
        }
        #expect(framer.bufferedCount == 0)
    }

    /// However long ago the octets that end a framer have arrived, what came before them is given first.
    @Test func aLineBeyondTheLimitOvertakesNothing() throws {
        for pieces in cuts(of: octets("a\nb\ntoo long\n")) {
            var framer = LineFramer(limit: 3, overflow: .fail)
            for piece in pieces { framer.receive(piece.span) }
            #expect(try framer.next() == .line(octets("a")))
            #expect(try framer.next() == .line(octets("b")))
            #expect(throws: LineFailure.self) { _ = try framer.next() }
        }
    }

    @Test func aFrameBeyondTheLimitOvertakesNothing() throws {
        for pieces in cuts(of: [2, 0x61, 0x62, 1, 0x63, 9]) {
            var framer = LengthPrefixedFramer(.oneByte, limit: 4)
            for piece in pieces { framer.receive(piece.span) }
            #expect(framer.bufferedCount == 6)
            #expect(try framer.next() == octets("ab"))
            #expect(framer.bufferedCount == 3)
            #expect(try framer.next() == octets("c"))
            #expect(throws: LengthPrefixFailure.tooLong(length: 9, limit: 4)) { _ = try framer.next() }
        }
    }

    @Test func aMalformedNetstringOvertakesNothing() throws {
        for pieces in cuts(of: octets("2:ab,1:c,x")) {
            var framer = NetstringFramer(limit: 4)
            for piece in pieces { framer.receive(piece.span) }
            #expect(framer.bufferedCount == 10)
            #expect(try framer.next() == octets("ab"))
            #expect(framer.bufferedCount == 5)
            #expect(try framer.next() == octets("c"))
            #expect(throws: NetstringFailure.malformedLength(found: 0x78)) { _ = try framer.next() }
        }
    }
}
