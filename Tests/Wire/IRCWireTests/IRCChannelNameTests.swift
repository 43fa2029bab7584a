import Testing

@testable import IRCWire

@Suite struct IRCChannelNameTests {
    @Test func names() {
        for text in ["#a", "##", "#\u{4F60}\u{597D}", "#a:b"] { #expect(IRCChannelName(text)?.text == text) }
        #expect(IRCChannelName("#abc")?.bare == "abc")
        #expect(IRCChannelName("&a", rules: IRCChannelRules(types: "#&")) != nil)
    }

    @Test(arguments: ["", "#", "a", "&a", "#a b", "#a,b", "#a\u{7}", "#\n", "#a\u{7F}"]) func othersAreNone(
        text: String
    ) {
        #expect(IRCChannelName(text) == nil)
    }

    @Test func lengthIsInOctets() {
        #expect(IRCChannelName("#" + String(repeating: "a", count: 63)) != nil)
        #expect(IRCChannelName("#" + String(repeating: "a", count: 64)) == nil)
    }
}
