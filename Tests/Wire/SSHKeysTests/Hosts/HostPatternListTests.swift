import Testing

@testable import SSHKeys

@Suite("Patterns of host names")
struct HostPatternListTests {
    @Test(
        "Names fit as ssh_config says",
        arguments: [
            ("play.example.org", "play.example.org", true), ("play.example.org", "PLAY.example.ORG", true),
            ("PLAY.*", "play.x", true), ("*.example.org", "example.org", false), ("*", "", true), ("", "", false),
            ("?", "a", true), ("?", "", false), ("?", "ab", false), ("a*b*c", "aXbXbc", true),
            ("a*b*c", "aXbXb", false),
            ("**", "a", true), ("*a", "ba", true), ("*a", "ab", false), ("a*", "a", true),
            ("*.org,!bad.org", "good.org", true), ("*.org,!bad.org", "bad.org", false), ("!bad.org", "good.org", false),
            ("!bad.org,*", "bad.org", false), ("a,b", "b", true), ("[*]:4022", "[x]:4022", true), (",,a,", "a", true),
        ])
    func fits(patterns: String, name: String, expected: Bool) {
        #expect(HostPatternList(patterns.utf8).matches(name) == expected)
    }

    @Test("Many stars are no trap")
    func stars() {
        let pattern = String(repeating: "*a", count: 2000) + "b"
        #expect(!HostPatternList(pattern.utf8).matches(String(repeating: "a", count: 4000)))
    }
}
