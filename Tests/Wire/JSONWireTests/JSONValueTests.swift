import JSONWire
import Testing

@Suite struct JSONValueTests {
    @Test func literals() {
        let value: JSONValue = [
            "n": .null, "t": true, "i": 1, "d": 1.5, "s": "x", "a": [1, "2", false], "o": ["k": 0],
        ]
        let text = "{\"n\":null,\"t\":true,\"i\":1,\"d\":1.5,\"s\":\"x\",\"a\":[1,\"2\",false],\"o\":{\"k\":0}}"
        #expect(String(decoding: value.encoded, as: UTF8.self) == text)
        #expect(value["t"]?.boolValue == true)
        #expect(value["s"]?.stringValue == "x")
        #expect(value["a"]?.arrayValue?.count == 3)
        #expect(value["o"]?["k"]?.integerValue == 0)
        #expect(value["missing"] == nil)
        #expect(value["s"]?["k"] == nil)
    }

    @Test(
        arguments: [
            (JSONValue.integer(5), 5), (.number(5), 5), (.number(1e3), 1000), (.number(-0.0), 0), (.number(5.5), nil),
            (.number(1e300), nil), (.number(9_007_199_254_740_992), nil), (.number(.infinity), nil),
            (.number(.nan), nil),
            (.string("5"), nil), (.null, nil), (.bool(true), nil),
        ] as [(JSONValue, Int64?)])
    func integers(value: JSONValue, integer: Int64?) {
        #expect(value.integerValue == integer)
    }

    @Test func kindsAreNotMixed() {
        for value in [.null, 1, "x", true, [], [:]] as [JSONValue] {
            let kinds: [Any?] = [
                value.boolValue, value.integerValue, value.stringValue, value.arrayValue, value.objectValue,
            ]
            #expect(kinds.count { $0 != nil } == (value == .null ? 0 : 1), "\(value)")
        }
    }
}

@Suite struct JSONObjectTests {
    @Test func membersKeepTheirPlaces() {
        var object = JSONObject()
        #expect(object.isEmpty)
        object["b"] = 1
        object["a"] = 2
        object["b"] = 3
        object["c"] = .null
        #expect(object.members.map(\.name) == ["b", "a", "c"])
        #expect(object["b"] == 3)
        object["b"] = nil
        object["z"] = nil
        #expect(object.members.map(\.name) == ["a", "c"])
        #expect(object["c"] == .some(.null))
    }

    @Test func namesAreComparedByCodePoint() {
        var object = JSONObject()
        object["\u{E9}"] = 1
        object["e\u{301}"] = 2
        #expect(object.members.count == 2)
        #expect(object["\u{E9}"] == 1)
        #expect(object["A"] == nil)
    }
}
