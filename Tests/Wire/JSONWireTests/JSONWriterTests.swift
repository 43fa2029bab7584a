import JSONWire
import Testing

@Suite struct JSONWriterTests {
    private func written(_ value: JSONValue) -> String { String(decoding: value.encoded, as: UTF8.self) }

    @Test(
        arguments: [
            (JSONValue.integer(.min), "-9223372036854775808"), (.number(0.1), "0.1"), (.number(1e20), "1e+20"),
            (.number(.nan), "null"), (.number(-.infinity), "null"), (.number(-0.0), "-0.0"),
            (.array([]), "[]"), (.object(JSONObject()), "{}"),
            (.array([.array([.null]), .bool(false)]), "[[null],false]"),
            (.string("a\"\\/\u{08}\t\n\u{0C}\r"), "\"a\\\"\\\\/\\b\\t\\n\\f\\r\""),
            (.string("\u{0}\u{1B}\u{1F}\u{7F}"), "\"\\u0000\\u001b\\u001f\\u007f\""),
            (.string("é中\u{1F600}\u{2028}"), "\"é中\u{1F600}\u{2028}\""),
        ] as [(JSONValue, String)])
    func values(value: JSONValue, text: String) {
        #expect(written(value) == text)
    }

    @Test func everyScalarSurvives() throws {
        var text = ""
        for value in UInt32(0)..<0x3000 {
            if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
        }
        let octets = JSONValue.string(text).encoded
        #expect(octets.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 < 0xF8 })
        let read = try JSONReader.read(octets).stringValue
        #expect(read.map { Array($0.utf8) } == Array(text.utf8))
    }
}
