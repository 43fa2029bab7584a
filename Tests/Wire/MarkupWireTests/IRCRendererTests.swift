import Basics
import Testing

@testable import MarkupWire

@Suite struct IRCRendererTests {
    @Test func longLinesAreCutAtWords() {
        let words = (1...40).map { "word\($0)" }.joined(separator: " ")
        let lines = IRCRenderer(limit: 60).render(StyledText(words))
        #expect(lines.count > 4)
        #expect(lines.allSatisfy { $0.utf8.count <= 60 && !$0.hasPrefix(" ") && !$0.hasSuffix(" ") })
        #expect(lines.joined(separator: " ") == words)
    }

    @Test func wordsLongerThanAMessageAreCutBetweenCharacters() {
        let word = String(repeating: "\u{1F468}\u{200D}\u{1F469}", count: 30)
        let lines = IRCRenderer(limit: 50).render(StyledText(word))
        #expect(lines.joined() == word)
        for line in lines {
            #expect(line.utf8.count <= 50)
            #expect(line.allSatisfy { $0 == "\u{1F468}\u{200D}\u{1F469}" })
        }
    }

    @Test func aTowerOfMarksIsCutToo() {
        let lines = IRCRenderer(limit: 40).render(StyledText("e" + String(repeating: "\u{301}", count: 500)))
        #expect(lines.allSatisfy { $0.utf8.count <= 40 })
        #expect(lines.joined().unicodeScalars.count == 501)
    }

    @Test func aStyleIsBegunAnewInEachMessage() {
        let text = StyledText(Array(repeating: "beware", count: 20).joined(separator: " "), .warning)
        let lines = IRCRenderer(limit: 50).render(text)
        #expect(lines.count > 2)
        #expect(lines.allSatisfy { $0.hasPrefix("\u{2}\u{3}04beware") && $0.hasSuffix("beware\u{F}") })
    }

    @Test func nothingOfTheTextFormatsOrEndsAMessage() {
        let hostile = "a\u{2}b\u{3}04c\u{F}\r\nQUIT :d\u{0}\u{1D}\u{85}e\u{202E}f"
        let lines = IRCRenderer().render(StyledText(hostile, .speech))
        #expect(lines == ["\u{1D}ab04c\u{F}", "\u{1D}QUIT :def\u{F}"])
    }

    @Test func digitsAndCommasAfterAColourAreText() {
        var text = StyledText("12", .thing)
        text.append(",34", .exit)
        #expect(IRCRenderer().render(text) == ["\u{3}0312\u{F}\u{3}10\u{2}\u{2},34\u{F}"])
    }

    @Test(arguments: 0..<40) func anyTextKeepsItsWordsAndTheLimit(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = ["word", " ", "  ", "\n", "\u{6F22}\u{5B57}", "e\u{301}", ",", "1", "\u{1F1E9}\u{1F1EA}", "\u{3}"]
        var text = StyledText()
        for _ in 0..<200 {
            guard let piece = pieces.randomElement(using: &random),
                let style = TextStyle.allCases.randomElement(using: &random)
            else { continue }
            text.append(piece, style)
        }
        let lines = IRCRenderer(limit: 40).render(text)
        #expect(lines.allSatisfy { $0.utf8.count <= 40 && !$0.isEmpty })
        let plain = IRCRenderer(isFormatted: false).render(text).joined()
        let letters = text.quotingCommands.plain.filter { !$0.isWhitespace && $0 != "\u{3}" }
        #expect(plain.filter { $0 != " " } == letters)
    }
}
