import Testing

@testable import IRCWire

@Suite struct IRCMessageSplitterTests {
    private let splitter = IRCMessageSplitter(limit: 20)

    @Test func longTextsAreCutAtSpaces() {
        let parts = splitter.split("the quick brown fox jumps over the lazy dog").map(\.text)
        #expect(parts == ["the quick brown fox", "jumps over the lazy", "dog"])
        #expect(splitter.split("short").map(\.text) == ["short"])
        #expect(splitter.split("").isEmpty)
    }

    @Test func aSpaceRightBehindTheLimitIsUsed() {
        #expect(splitter.split("12345678901234567890 x").map(\.text) == ["12345678901234567890", "x"])
    }

    @Test func longWordsAreCutBetweenCharacters() {
        let family = "\u{1F468}\u{200D}\u{1F469}"
        let parts = splitter.split(String(repeating: family, count: 9)).map(\.text)
        #expect(parts.joined() == String(repeating: family, count: 9))
        for part in parts { #expect(part.utf8.count <= 20 && part.allSatisfy { String($0) == family }) }
    }

    @Test func aTowerOfMarksIsCutToo() {
        let tower = "e" + String(repeating: "\u{301}", count: 500)
        let parts = splitter.split(tower).map(\.text)
        #expect(parts.allSatisfy { $0.utf8.count <= 20 && !$0.isEmpty })
        #expect(parts.joined().utf8.elementsEqual(tower.utf8))
    }

    @Test func lineEndsCut() {
        #expect(splitter.split("a\r\nb\n\nc\rd").map(\.text) == ["a", "b", "c", "d"])
    }

    @Test func aMessageFillsTheLineOthersGet() {
        let source = IRCSource("nick", user: "user", host: "host.example")
        let splitter = IRCMessageSplitter("PRIVMSG", to: "#channel", from: source)
        let parts = splitter.split(String(repeating: "x", count: 2000))
        for part in parts.dropLast() {
            var line: [UInt8] = []
            IRCLineWriter.append("PRIVMSG", ["#channel"], trailing: part, from: source, to: &line)
            #expect(line.count == 512)
        }
        #expect(parts.map(\.text).joined().count == 2000)
    }

    @Test func eachPartOfAGestureIsOne() {
        let parts = IRCMessageSplitter(limit: 40).splitAction(String(repeating: "word ", count: 30))
        for part in parts {
            #expect(part.text.utf8.count <= 40)
            #expect(IRCCTCP(parsing: part.text)?.command == "ACTION")
        }
        #expect(parts.count > 3)
    }
}
