import Testing

@testable import WorldVerbs

@Suite struct InputLineTests {
    @Test(arguments: [
        ("", []), ("   ", []), ("get lamp", ["get", "lamp"]), ("  GET   the Lamp. ", ["get", "the", "lamp"]),
        ("get lamp, key", ["get", "lamp", "and", "key"]), ("get lamp,", ["get", "lamp"]), ("look?!", ["look"]),
        ("...", ["."]), (",", [","]), ("get 2.sword", ["get", "2.sword"]), ("ÄPFEL essen", ["äpfel", "essen"]),
    ])
    func divides(_ text: String, _ words: [String]) {
        #expect(InputLine(text).tokens.map(\.word) == words)
    }

    @Test(arguments: [
        ("say Hello, World!", 1, "Hello, World!"), ("tell ada, hi", 2, "hi"), ("say  two  words ", 1, "two  words"),
        ("say", 1, ""), ("say ÄÖ", 1, "ÄÖ"),
    ])
    func givesTheTextAsTyped(_ text: String, _ token: Int, _ rest: String) {
        #expect(InputLine(text).text(from: token) == rest)
    }
}
