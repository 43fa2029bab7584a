import Basics
import Testing

@Suite struct WildcardElementTests {
    private func matches(_ pattern: String, _ text: String) -> Bool {
        WildcardElement.matches(text.utf8, .init(pattern))
    }

    @Test(arguments: [
        ("", "", true), ("", "a", false), ("*", "", true), ("***", "", true), ("?", "", false), ("?", "a", true),
        ("a*", "a", true), ("*a", "ba", true), ("*a", "ab", false), ("a*b?d", "axxbbcd", true),
        ("a*b?d", "axxbbcc", false), ("*ab*ab*", "abab", true), ("*ab*ab*", "abba", false), ("a?", "abc", false),
    ])
    func meansTheWholeText(pattern: String, text: String, isMeant: Bool) {
        #expect(matches(pattern, text) == isMeant)
    }

    /// What grows without bound in a matcher that goes back to each run.
    @Test func manyRunsEndSoon() {
        let pattern = String(repeating: "a*", count: 200) + "b"
        #expect(!matches(pattern, String(repeating: "a", count: 2000)))
        #expect(matches(pattern, String(repeating: "a", count: 2000) + "b"))
    }

    /// A pattern with an escape has a literal where another has a run.
    @Test func elementsSayWhatIsLiteral() {
        #expect(WildcardElement.matches("*".utf8, [.literal(UInt8(ascii: "*"))]))
        #expect(!WildcardElement.matches("a".utf8, [.literal(UInt8(ascii: "*"))]))
    }
}

extension [WildcardElement<UInt8>] {
    fileprivate init(_ pattern: String) {
        self = WildcardElement.elements(of: pattern.utf8, any: UInt8(ascii: "?"), run: UInt8(ascii: "*"))
    }
}
