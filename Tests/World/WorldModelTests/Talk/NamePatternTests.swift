import Testing
import WorldModel

@Suite struct NamePatternTests {
    @Test(arguments: [
        ("ada", "Ada"), ("ADA", "ada"), ("a*", "Ada"), ("*a", "Ada"), ("*", "Ada"), ("a?a", "Ada"),
        ("guest*", "Guest12"),
        ("*d*", "Ada"), ("a**a", "Ada"), ("*ab*ab", "abxabab"),
    ])
    func matches(_ pattern: String, _ name: String) throws {
        #expect(try #require(NamePattern(pattern)).matches(name))
    }

    @Test(arguments: [
        ("ada", "Adam"), ("a?", "Ada"), ("?", ""), ("b*", "Ada"), ("*b", "Ada"), ("a*b*c", "acb"), ("ada?", "Ada"),
    ])
    func doesNotMatch(_ pattern: String, _ name: String) throws {
        #expect(try !#require(NamePattern(pattern)).matches(name))
    }

    @Test func whatIsNoPattern() {
        for text in ["", "a b", "a\tb", String(repeating: "x", count: NamePattern.longest + 1)] {
            #expect(NamePattern(text) == nil)
        }
        #expect(NamePattern("*?*")?.isEverybody == true && NamePattern("a*")?.isEverybody == false)
    }

    /// What would take exponentially many steps if each asterisk tried all that the later ones do.
    @Test func hostilePatternsTakeNoTime() throws {
        let pattern = try #require(NamePattern(String(repeating: "*a", count: 31) + "b"))
        #expect(!pattern.matches(String(repeating: "a", count: 10_000)))
    }
}
