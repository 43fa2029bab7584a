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

    @Test(arguments: [
        (#"get "jack in the box""#, ["get", "jack in the box"]),
        (#"put "A" in "b c" now"#, ["put", "a", "in", "b c", "now"]),
        (#"x ""#, ["x", "\""]), (#"x """#, ["x", "\"\""]), (#"x " ""#, ["x", "\"", "\""]),
        (#"x "a"b"#, ["x", "a", "b"]), (#"it"s"#, ["it\"s"]),
    ])
    func aQuotationIsOneWord(_ text: String, _ words: [String]) {
        #expect(InputLine(text).tokens.map(\.word) == words)
    }

    @Test func knowsWhereASentenceEnds() {
        #expect(InputLine("n. s; e, w! u").tokens.map(\.endsSentence) == [true, true, false, false, false, false])
    }

    @Test func readsNoMoreWordsThanWanted() {
        let line = InputLine("say one two three", atMost: 2)
        #expect(line.tokens.map(\.word) == ["say", "one"] && !line.isWhole)
        #expect(line.text(from: 1) == "one two three")
        #expect(InputLine("say one", atMost: 2).isWhole && InputLine("", atMost: 0).isWhole)
    }
}
