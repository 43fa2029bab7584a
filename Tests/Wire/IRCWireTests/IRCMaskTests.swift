import Testing

@testable import IRCWire

@Suite struct IRCMaskTests {
    @Test(arguments: [
        ("*", "", true), ("*", "anything", true), ("?", "", false), ("?", "a", true), ("?", "\u{1F600}", true),
        ("a*c", "abc", true), ("a*c", "ac", true), ("a*c", "abd", false), ("a*b*c", "aXbYbZc", true), ("", "", true),
        ("", "a", false), ("*!*@host", "n!u@HOST", true), ("n?ck!*@*", "nick!u@h", true), ("\\*", "*", true),
        ("\\*", "a", false), ("\\?x", "?x", true), ("a\\", "a\\", true), ("*\u{E9}*", "abc", false),
        ("*\u{E9}*", "ab\u{E9}c", true), ("a*", "a\u{E9}", true), ("*a", "\u{E9}a", true), ("***a***", "bab", true),
        ("ev\\im!*@*", "ev\\im!u@h", true), ("ev\\im!*@*", "evim!u@h", false), ("a\\\\b", "a\\\\b", true),
        ("a\\!*@*", "a\\!u@h", true), ("\\\\*x", "\\*x", true),
    ])
    func masks(mask: String, text: String, matches: Bool) {
        #expect(IRCMask(mask).matches(text) == matches)
    }

    @Test func lettersAreComparedByTheMapping() {
        #expect(IRCMask("[A]*", mapping: .rfc1459).matches("{a}x"))
        #expect(!IRCMask("[A]*", mapping: .ascii).matches("{a}x"))
        #expect(IRCMask("\u{C9}*", mapping: .unicode).matches("e\u{301}x"))
    }

    @Test func whatIsMissingIsFilledIn() {
        #expect(IRCMask(completing: "nick").text == "nick!*@*")
        #expect(IRCMask(completing: "e\\i").matches("e\\i!u@h"))
        #expect(IRCMask(completing: "u@h").text == "*!u@h")
        #expect(IRCMask(completing: "n!u").text == "n!u@*")
        #expect(IRCMask(completing: "n!u@h").text == "n!u@h")
    }

    @Test func runsOfStarsAreOneAndTheLengthIsBounded() {
        #expect(IRCMask("a****b").text == "a*b")
        #expect(IRCMask(String(repeating: "a", count: 5000)).text.utf8.count == IRCLimits.maskOctets)
    }

    /// A matcher that goes back to each star would take longer than the sun has left.
    @Test func matchingIsNeverExponential() {
        let mask = IRCMask(String(repeating: "a*", count: 200) + "b")
        #expect(!mask.matches(String(repeating: "a", count: 500)))
    }
}
