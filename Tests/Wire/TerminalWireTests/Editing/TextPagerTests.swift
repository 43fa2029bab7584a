import Testing

@testable import TerminalWire

@Suite struct TextPagerTests {
    private func text(_ lines: Int) -> [UInt8] { (1...lines).flatMap { Array("\($0)\r\n".utf8) } }

    private func shown(_ octets: [UInt8]) -> [String] {
        String(decoding: octets, as: UTF8.self).split(separator: "\r\n").map { String($0) }
    }

    @Test func whatFitsIsNotCut() {
        #expect(TextPager(text(9), height: 10) == nil)
        #expect(TextPager([], height: 10) == nil)
        #expect(TextPager(text(LineLimits.pagerLines + 1), height: 10) == nil)
        #expect(TextPager(text(10), height: 10) != nil)
    }

    @Test func pagesFollowEachOther() throws {
        var pager = try #require(TextPager(text(7) + Array("end".utf8), height: 4))
        #expect(shown(pager.next()) == ["1", "2", "3"])
        #expect(shown(pager.next()) == ["4", "5", "6"])
        #expect(!pager.isAtEnd)
        #expect(shown(pager.next()) == ["7", "end"])
        #expect(pager.isAtEnd)
        #expect(pager.next().isEmpty)
    }

    /// A screen reader's lines are not wrapped here, but by the terminal.
    @Test func aLineMayFillSeveralRows() throws {
        let long = String(repeating: "x", count: 25)
        let coloured = "\u{1B}[1m" + String(repeating: "y", count: 10) + "\u{1B}[0m"
        let whole = Array("\(long)\r\n1\r\n\(coloured)\r\n\(long)\r\n4\r\n".utf8)
        #expect(TextPager(whole, height: 10, width: nil) == nil)
        #expect(TextPager(whole, height: 10, width: 10) == nil)
        var pager = try #require(TextPager(whole, height: 6, width: 10))
        #expect(shown(pager.next()) == [long, "1", coloured])
        #expect(shown(pager.next()) == [long, "4"])
        #expect(pager.isAtEnd)
        var small = try #require(TextPager(whole, height: 3, width: 10))
        #expect(shown(small.next()) == [long], "one line at least")
    }

    @Test func oneCanTurnBack() throws {
        var pager = try #require(TextPager(text(9), height: 4))
        #expect(shown(pager.back()) == ["1", "2", "3"])
        _ = pager.next()
        #expect(shown(pager.back()) == ["1", "2", "3"])
        #expect(shown(pager.back()) == ["1", "2", "3"])
        #expect(shown(pager.next()) == ["4", "5", "6"])
        _ = pager.next()
        #expect(pager.isAtEnd)
        #expect(shown(pager.back()) == ["4", "5", "6"])
        #expect(!pager.isAtEnd)
    }

    @Test func allPagesTogetherAreTheText() throws {
        for height in -1...12 {
            let whole = text(40)
            var pager = try #require(TextPager(whole, height: height))
            var all: [UInt8] = []
            while !pager.isAtEnd { all += pager.next() }
            #expect(all == whole)
        }
    }

    @Test(
        arguments: [
            ("", .next), ("  ", .next), ("N", .next), ("q", .quit), ("Quit ", .quit), ("b", .back), ("look", nil),
            ("qq", nil),
        ] as [(String, TextPager.Answer?)]) func linesAnswer(line: String, expected: TextPager.Answer?)
    {
        #expect(TextPager.Answer(line: line) == expected)
    }

    @Test(
        arguments: [
            (.enter, .next), (.text(" "), .next), (.special(.pageDown), .next), (.text("b"), .back),
            (.text("q"), .quit),
            (.control(3), .quit), (.text("x"), nil), (.tab, nil),
        ] as [(TerminalKey, TextPager.Answer?)]) func keysAnswer(key: TerminalKey, expected: TextPager.Answer?)
    {
        #expect(TextPager.Answer(key: key) == expected)
    }
}
