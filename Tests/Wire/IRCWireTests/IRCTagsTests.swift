import Testing

@testable import IRCWire

@Suite struct IRCTagsTests {
    private func octets(_ tags: IRCTags, limit: Int = IRCLimits.serverTagOctets) -> String {
        var output: [UInt8] = []
        tags.append(to: &output, limit: limit)
        return String(decoding: output, as: UTF8.self)
    }

    @Test(arguments: [
        ("a=b", "b"), ("a", ""), ("a=", ""), ("a=1;a=2", "2"), ("a=1;a", ""), ("a=b=c", "b=c"),
        ("a=\\:\\s\\\\\\r\\n", "; \\\r\n"),
        ("a=\\b", "b"), ("a=x\\", "x"), ("a=\\\\\\", "\\"), (";;a=1;", "1"),
    ])
    func valuesAreReadAsTheyWereMeant(text: String, value: String) {
        #expect(IRCTags(parsing: text)["a"] == value)
    }

    @Test(arguments: ["+", "a/", "/a", "a b", "\u{E9}", "a_b", "+a/b/", "=x", "a+b"])
    func keysOutsideTheGrammarAreLeftOut(key: String) {
        #expect(IRCTags(parsing: key + "=1").isEmpty)
        var tags = IRCTags()
        tags[key] = "1"
        #expect(tags.isEmpty)
    }

    @Test func vendorsAndClientOnlyTags() {
        let tags = IRCTags(parsing: "+example.com/mood=calm;draft/x-1;+typing=active;time=t")
        #expect(tags["+example.com/mood"] == "calm")
        #expect(tags["draft/x-1"] == "")
        #expect(tags["none"] == nil)
        #expect(tags.clientOnly.entries.map(\.key) == ["+example.com/mood", "+typing"])
    }

    @Test func writtenTagsReadBack() {
        let tags: IRCTags = ["a": "; \\\r\n", "+b": "", "c/d": "\u{1F600}=;"]
        #expect(octets(tags) == "@a=\\:\\s\\\\\\r\\n;+b;c/d=\u{1F600}=\\: ")
        #expect(IRCTags(parsing: String(octets(tags).dropFirst().dropLast())) == tags)
        #expect(octets(IRCTags()) == "")
        #expect(octets(["a": "x\0y"]) == "@a=xy ")
    }

    @Test func tagsBeyondTheLimitAreLeftOutWhole() {
        let tags: IRCTags = ["a": "1", "b": "2"]
        #expect(octets(tags, limit: 9) == "@a=1;b=2 ")
        #expect(octets(tags, limit: 8) == "@a=1 ")
        #expect(octets(tags, limit: 4) == "")
    }

    @Test func noMoreThanTheLimitAreKept() {
        let many = (0..<200).map { "k\($0)=1" }.joined(separator: ";") + ";k3=last"
        let tags = IRCTags(parsing: many)
        #expect(tags.entries.count == IRCLimits.tags)
        #expect(tags["k3"] == "last")
    }

    @Test func settingNilRemovesAndMergingLetsTheOthersWin() {
        var tags: IRCTags = ["a": "1", "b": "2"]
        tags["a"] = nil
        #expect(tags == ["b": "2"])
        #expect(tags.merging(["b": "3", "c": "4"]) == ["b": "3", "c": "4"])
    }
}
