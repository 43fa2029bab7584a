import MUDWire
import Testing

/// Octets with `{ } [ ]` for the marks of tables and arrays, `!` for VAR and `=` for VAL.
private func msdp(_ text: String) -> [UInt8] {
    let marks: [Character: UInt8] = ["!": 1, "=": 2, "{": 3, "}": 4, "[": 5, "]": 6]
    return text.flatMap { character in marks[character].map { [$0] } ?? Array(String(character).utf8) }
}

@Suite struct MSDPPayloadTests {
    @Test(
        arguments: [
            ("", []), ("!HEALTH=5", [MSDPVariable("HEALTH", "5")]),
            ("!A=!B=é", [MSDPVariable("A", ""), MSDPVariable("B", "é")]),
            ("!LIST=COMMANDS", [MSDPVariable("LIST", "COMMANDS")]),
            ("!COMMANDS=[=LIST=SEND]", [MSDPVariable("COMMANDS", .array(["LIST", "SEND"]))]),
            (
                "!ROOM={!VNUM=6008!NAME=The forest clearing!EXITS={!n=6011!e=6007}}",
                [
                    MSDPVariable(
                        "ROOM",
                        .table([
                            MSDPVariable("VNUM", "6008"), MSDPVariable("NAME", "The forest clearing"),
                            MSDPVariable("EXITS", .table([MSDPVariable("n", "6011"), MSDPVariable("e", "6007")])),
                        ]))
                ]
            ),
            ("!E=[]!T={}", [MSDPVariable("E", .array([])), MSDPVariable("T", .table([]))]),
            ("!M=[=[=a]={!b=c}=]", [MSDPVariable("M", .array([.array(["a"]), .table([MSDPVariable("b", "c")]), ""]))]),
        ] as [(String, [MSDPVariable])])
    func bothWays(text: String, variables: [MSDPVariable]) throws {
        #expect(try MSDPPayload.read(msdp(text)) == variables)
        #expect(MSDPPayload.encoded(variables) == msdp(text))
    }

    @Test func severalValuesAreAnArray() throws {
        #expect(
            try MSDPPayload.read(msdp("!REPORT=HEALTH=MANA!X=[=a]=b")) == [
                MSDPVariable("REPORT", .array(["HEALTH", "MANA"])),
                MSDPVariable("X", .array([.array(["a"]), "b"])),
            ])
    }

    @Test(arguments: [
        ("x", MSDPFailure.unexpected(at: 0)), ("=x", .unexpected(at: 0)), ("!x", .unexpected(at: 2)),
        ("!", .unexpected(at: 1)), ("!a!b=c", .unexpected(at: 2)), ("!a={!b=c", .unexpected(at: 8)),
        ("!a=[=b", .unexpected(at: 6)), ("!a=[b]", .unexpected(at: 4)), ("!a={=b}", .unexpected(at: 4)),
        ("!a={}x", .unexpected(at: 5)), ("!a=x{}", .unexpected(at: 4)), ("!a=b}", .unexpected(at: 4)),
        ("!a=[=b}", .unexpected(at: 6)), ("!a={!b=c]", .unexpected(at: 8)), ("}", .unexpected(at: 0)),
    ])
    func refuses(text: String, failure: MSDPFailure) {
        #expect(throws: failure) { try MSDPPayload.read(msdp(text)) }
    }

    @Test func limits() throws {
        func nested(_ depth: Int) -> [UInt8] {
            msdp("!a=" + String(repeating: "[=", count: depth) + String(repeating: "]", count: depth))
        }
        #expect(throws: Never.self) { try MSDPPayload.read(nested(MSDPLimits.depth)) }
        #expect(throws: MSDPFailure.tooDeep(at: 3 + 2 * MSDPLimits.depth)) {
            try MSDPPayload.read(nested(MSDPLimits.depth + 1))
        }
        #expect(throws: MSDPFailure.tooDeep(at: 3 + 2 * MSDPLimits.depth)) { try MSDPPayload.read(nested(2000)) }
        let long = msdp("!a=" + String(repeating: "x", count: MSDPLimits.payloadOctets - 3))
        #expect(try MSDPPayload.read(long).count == 1)
        #expect(throws: MSDPFailure.tooLong) { try MSDPPayload.read(long + [0x78]) }
    }

    @Test func octetsThatAreNoText() throws {
        #expect(try MSDPPayload.read([1, 0x61, 2, 0xFF, 0xE9]) == [MSDPVariable("a", "\u{FFFD}\u{FFFD}")])
        let octets = MSDPPayload.encoded([MSDPVariable("A\u{1}B", "x\u{2}y\0z\u{1B}[2J\u{FF}")])
        #expect(octets == [1] + Array("AB".utf8) + [2] + Array("xyz[2J\u{FF}".utf8))
        #expect(!octets.contains(0xFF))
    }

    @Test func parts() {
        let table = MSDPValue.table([MSDPVariable("a", "1"), MSDPVariable("a", "2")])
        #expect(table["a"] == "2")
        #expect(table["b"] == nil)
        #expect(MSDPValue.text("x")["a"] == nil)
        #expect(MSDPValue.array(["a", .array(["b"]), "c"]).texts == ["a", "c"])
        #expect(MSDPValue.text("a").texts == ["a"])
        #expect(table.texts.isEmpty)
    }
}
