import Basics
import Testing

@Suite struct SpellingTests {
    @Test(arguments: [
        ("", "", 0), ("look", "look", 0), ("", "abc", 3), ("abc", "", 3), ("loko", "look", 1), ("lok", "look", 1),
        ("lookk", "look", 1), ("lock", "look", 1), ("kool", "look", 2), ("düster", "duster", 1), ("ab", "ba", 1),
    ])
    func countsSingleEdits(_ left: String, _ right: String, _ expected: Int) {
        #expect(Spelling.distance(left, right) == expected)
        #expect(Spelling.distance(right, left) == expected)
    }

    @Test func longWordsAreNotCompared() {
        let long = String(repeating: "a", count: Spelling.maximumLength + 1)
        #expect(Spelling.distance(long, "a") == .max)
        #expect(Spelling.distance(long, long) == 0)
        #expect(Spelling.nearest(to: String(repeating: "b", count: 100_000), among: ["look"]) == nil)
    }

    @Test func theNearestIsFoundAndTiesAreAlphabetical() {
        #expect(Spelling.nearest(to: "tlenet", among: ["telnet", "tcp", "log"]) == "telnet")
        #expect(Spelling.nearest(to: "bat", among: ["cat", "bar", "rat"]) == "bar")
        #expect(Spelling.nearest(to: "zebra", among: ["telnet", "tcp"]) == nil)
        #expect(Spelling.nearest(to: "x", among: []) == nil)
    }
}
