import JSONWire
import Testing

/// What a text reads as, or why and where it does not.
private func outcome(_ octets: [UInt8], limits: JSONLimits = .message) -> String {
    do throws(JSONFailure) {
        return String(decoding: try JSONReader.read(octets, limits: limits).encoded, as: UTF8.self)
    } catch {
        return "\(error.reason) \(error.position)"
    }
}

private func outcome(_ text: String) -> String { outcome(Array(text.utf8)) }

@Suite struct JSONReaderTests {
    @Test(arguments: [
        ("null", "null"), (" \t\r\n true \n", "true"), ("false", "false"), ("\"\"", "\"\""), ("[]", "[]"), ("{}", "{}"),
        ("[ ]", "[]"), ("{ }", "{}"), ("[1,[2,[3]],{}]", "[1,[2,[3]],{}]"),
        ("{ \"a\" : 1 , \"b\" : [ true , null ] }", "{\"a\":1,\"b\":[true,null]}"),
        ("{\"b\":1,\"a\":2,\"b\":3}", "{\"b\":3,\"a\":2}"), ("{\"\":0}", "{\"\":0}"),
        // Two spellings of one letter are two names.
        ("{\"\u{E9}\":1,\"e\u{301}\":2}", "{\"\u{E9}\":1,\"e\u{301}\":2}"),
        ("{\"\\u0061\":1,\"a\":2}", "{\"a\":2}"),
    ])
    func structures(text: String, written: String) {
        let read = outcome(text)
        #expect(Array(read.utf8) == Array(written.utf8), "\(read)")
    }

    @Test(arguments: [
        ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\u{08}\u{0C}\n\r\t"), ("\"\\u00e9\\u00E9\"", "\u{E9}\u{E9}"),
        ("\"\\ud83d\\ude00\"", "\u{1F600}"), ("\"\\uD834\\uDD1E!\"", "\u{1D11E}!"), ("\"\\u0000\"", "\0"),
        ("\"\\udbff\\udfff\"", "\u{10FFFF}"), ("\"\u{7F}\u{2028}\u{FEFF}\u{FFFF}\"", "\u{7F}\u{2028}\u{FEFF}\u{FFFF}"),
        ("\"中\\u6587\u{1F600}z\"", "中文\u{1F600}z"), ("\"e\\u0301\"", "e\u{301}"),
    ])
    func strings(text: String, value: String) throws {
        let read = try JSONReader.read(Array(text.utf8)).stringValue
        #expect(read.map { Array($0.utf8) } == Array(value.utf8))
    }

    @Test(
        arguments: [
            ("0", JSONValue.integer(0)), ("-1", .integer(-1)), ("9223372036854775807", .integer(.max)),
            ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .number(9_223_372_036_854_775_808)),
            ("9007199254740993", .integer(9_007_199_254_740_993)), ("-0", .number(-0.0)), ("1.0", .number(1)),
            ("1e3", .number(1000)), ("1E+3", .number(1000)), ("25e-1", .number(2.5)), ("0.1", .number(0.1)),
            ("-0.5e-10", .number(-0.5e-10)), ("1e-400", .number(0)), ("4.9e-324", .number(.leastNonzeroMagnitude)),
            ("1.7976931348623157e308", .number(.greatestFiniteMagnitude)), ("0e0", .number(0)),
        ] as [(String, JSONValue)])
    func numbers(text: String, value: JSONValue) throws {
        let read = try JSONReader.read(Array(text.utf8))
        #expect(read == value)
        #expect(try JSONReader.read(read.encoded) == value)
    }

    @Test func negativeZeroKeepsItsSign() throws {
        #expect(try JSONReader.read(Array("-0".utf8)).doubleValue?.sign == .minus)
    }

    @Test(arguments: [
        ("", "incomplete 0"), (" ", "incomplete 1"), ("nul", "incomplete 3"), ("nulL", "unexpected 3"),
        ("True", "unexpected 0"), ("NaN", "unexpected 0"), ("Infinity", "unexpected 0"), ("-Infinity", "unexpected 1"),
        ("'a'", "unexpected 0"), ("{a:1}", "unexpected 1"), ("{'a':1}", "unexpected 1"), ("{1:1}", "unexpected 1"),
        ("[1,]", "unexpected 3"), ("[,1]", "unexpected 1"), ("[1 2]", "unexpected 3"), ("{\"a\":1,}", "unexpected 7"),
        ("{\"a\" 1}", "unexpected 5"), ("{\"a\":}", "unexpected 5"), ("{,}", "unexpected 1"), ("[1}", "unexpected 2"),
        ("{\"a\":1]", "unexpected 6"), ("]", "unexpected 0"), ("1 2", "trailing 2"), ("{}x", "trailing 2"),
        ("{}{}", "trailing 2"), ("null,", "trailing 4"), ("// x\n1", "unexpected 0"), ("/**/1", "unexpected 0"),
        ("\u{FEFF}1", "unexpected 0"), ("\u{A0}1", "unexpected 0"), ("\u{0C}1", "unexpected 0"),
        ("01", "trailing 1"), ("-01", "trailing 2"), ("+1", "unexpected 0"), (".5", "unexpected 0"),
        ("1.", "incomplete 2"), ("1.e1", "unexpected 2"), ("1e", "incomplete 2"), ("1e+", "incomplete 3"),
        ("-", "incomplete 1"), ("--1", "unexpected 1"), ("0x10", "trailing 1"), ("1_000", "trailing 1"),
        ("1e400", "number 0"), ("-1e400", "number 0"), ("[1e999]", "number 1"),
        ("\"a", "incomplete 2"), ("\"a\\", "incomplete 3"), ("\"\\x41\"", "escape 1"), ("\"\\u12G4\"", "escape 1"),
        ("\"\\u12\"", "escape 1"), ("\"\\u123", "incomplete 6"), ("\"\\'\"", "escape 1"), ("\"\\U0041\"", "escape 1"),
        ("\"\n\"", "control 1"), ("\"a\tb\"", "control 2"), ("\"\u{0}\"", "control 1"), ("\"\u{1F}\"", "control 1"),
        ("\"\\\n\"", "escape 1"),
        ("\"\\ud800\"", "surrogate 1"), ("\"\\udc00\"", "surrogate 1"), ("\"ab\\ud800x\"", "surrogate 3"),
        ("\"\\ud800\\n\"", "surrogate 1"), ("\"\\ud800\\ud800\"", "surrogate 1"), ("\"\\ud800\\u0041\"", "surrogate 1"),
        ("\"\\udc00\\ud800\"", "surrogate 1"), ("\"\\ud83d\\ude0\"", "escape 7"),
    ])
    func refuses(text: String, failure: String) {
        #expect(outcome(text) == failure)
    }

    @Test(
        arguments: [
            ([0x22, 0xFF, 0x22], "encoding 1"), ([0x22, 0x61, 0xC3, 0x22], "encoding 2"),
            ([0x22, 0xC0, 0x80, 0x22], "encoding 1"), ([0x22, 0xED, 0xA0, 0x80, 0x22], "encoding 1"),
            ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], "encoding 1"), ([0x22, 0x80, 0x22], "encoding 1"),
            ([0x22, 0xC3, 0xA9, 0xE4, 0xB8, 0x22], "encoding 3"), ([0x22, 0xC3, 0x5C, 0x6E, 0x22], "encoding 1"),
            ([0xFF], "unexpected 0"), ([0xEF, 0xBB, 0xBF, 0x31], "unexpected 0"), ([0x31, 0x00], "trailing 1"),
            ([0xFE, 0xFF, 0x00, 0x31], "unexpected 0"), ([0x31, 0x00, 0x00, 0x00], "trailing 1"),
        ] as [([UInt8], String)])
    func refusesOctets(octets: [UInt8], failure: String) {
        #expect(outcome(octets) == failure)
    }

    @Test func limits() {
        func nested(_ depth: Int) -> [UInt8] {
            [UInt8](repeating: UInt8(ascii: "["), count: depth) + [UInt8](repeating: UInt8(ascii: "]"), count: depth)
        }
        #expect(outcome(nested(32)) == String(decoding: nested(32), as: UTF8.self))
        #expect(outcome(nested(33)) == "tooDeep 32")
        let deep = JSONLimits(octets: 1_000_000, depth: 1_000_000, members: 1_000_000)
        #expect(outcome(nested(JSONLimits.greatestDepth), limits: deep).count == 2 * JSONLimits.greatestDepth)
        #expect(outcome(nested(200_000), limits: deep) == "tooDeep \(JSONLimits.greatestDepth)")
        // Only what is open counts.
        #expect(outcome("[" + Array(repeating: "[]", count: 100).joined(separator: ",") + "]").count == 301)

        let small = JSONLimits(octets: 12, members: 3)
        #expect(outcome(Array("[1,2,3]".utf8), limits: small) == "[1,2,3]")
        #expect(outcome(Array("[1,2,3,4]".utf8), limits: small) == "tooMany 7")
        #expect(outcome(Array("{\"a\":[1,2,3]}".utf8), limits: small) == "tooLong 12")
        #expect(outcome(Array("[[1],[2]]".utf8), limits: small) == "tooMany 6")
        #expect(outcome(Array("\"0123456789\"".utf8), limits: small) == "\"0123456789\"")
        #expect(outcome(Array("[]".utf8), limits: JSONLimits(octets: -1, depth: -1, members: -1)) == "tooLong 0")
        #expect(outcome(Array("[]".utf8), limits: JSONLimits(octets: 9, depth: -1, members: -1)) == "tooDeep 0")

        let digits = String(repeating: "1", count: JSONLimits.numberOctets)
        #expect(outcome(digits).hasPrefix("1.1111"))
        #expect(outcome(digits + "1") == "number 0")
    }

    @Test func everyCutIsAnError() {
        let text = "{\"a\":[1,-2.5e+3,\"\\ud83d\\ude00é\\n\",true,false,null,{\"b\":{}}],\"中\":[]}"
        let octets = Array(text.utf8)
        #expect(outcome(octets).hasPrefix("{\"a\":["))
        for count in 0..<octets.count {
            #expect(throws: JSONFailure.self, "\(count)") { try JSONReader.read(Array(octets[..<count])) }
        }
    }

    @Test func manyNamesTakeLinearTime() throws {
        let count = 50_000
        let names = (0..<count).map { "\"n\($0)\":\($0)" } + (0..<count).map { "\"n\($0)\":0" }
        let text = Array("{\(names.joined(separator: ","))}".utf8)
        let limits = JSONLimits(octets: text.count, members: 2 * count)
        let members = try JSONReader.read(text, limits: limits).objectValue?.members ?? []
        #expect(members.count == count)
        #expect(members.allSatisfy { $0.value == 0 })
    }
}
