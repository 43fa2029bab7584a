import Testing

@testable import IRCGateway

@Suite("Bridge text")
struct BridgeTextTests {
    private func outward(_ name: String, _ words: String, isGesture: Bool = false, _ nicks: Set<String> = []) -> String
    {
        BridgeText.outward(name, words, isGesture: isGesture) { nicks.contains($0) }
    }

    @Test("Who said it stands before what was said")
    func provenance() {
        #expect(outward("Ada", "hello") == "<Ada> hello")
        #expect(outward("Ada", "waves.", isGesture: true) == "* Ada waves.")
        #expect(outward("Ada", "'s hat falls.", isGesture: true) == "* Ada's hat falls.")
        #expect(outward("ben@oftc", "hi") == "<ben@oftc> hi")
        #expect(outward("Ada", "one\r\nQUIT\u{7}") == "<Ada> one  QUIT ")
    }

    @Test("Nobody there is called by a name that only looks like theirs, nor many at once")
    func highlights() {
        #expect(outward("ben", "hello", ["ben"]) == "<b\u{200B}en> hello")
        #expect(outward("Ada", "ben, zed: @cy d", ["ben", "zed", "cy", "d"]) == "<Ada> ben, zed: @cy d\u{200B}")
        #expect(outward("Ada", "a b c dd ee", ["a", "b", "c", "dd", "ee"]) == "<Ada> a b c d\u{200B}d e\u{200B}e")
    }

    @Test("Formats, control characters and marks of direction do not come over")
    func inward() {
        #expect(BridgeText.inward("\u{2}bold\u{2} \u{3}04,01red\u{3} plain") == "bold red plain")
        #expect(BridgeText.inward("a\tb\u{202E}c") == "a bc")
        #expect(BridgeText.inward("  ") == "")
    }

    @Test("A name has nothing in it that means something else, and is not too long")
    func names() {
        #expect(BridgeText.name("heron") == "heron")
        #expect(BridgeText.name("[x]|^`{}\\-_9") == "[x]|^`{}\\-_9")
        #expect(BridgeText.name("a@b/c d") == "a_b_c_d")
        #expect(BridgeText.name("") == "_")
        #expect(BridgeText.name(String(repeating: "é", count: 100)).utf8.count == BridgeText.longestName)
    }
}
