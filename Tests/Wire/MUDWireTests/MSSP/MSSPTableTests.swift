import MUDWire
import Testing

private func mssp(_ text: String) -> [UInt8] {
    text.utf8.map { $0 == UInt8(ascii: "!") ? 1 : $0 == UInt8(ascii: "=") ? 2 : $0 }
}

@Suite struct MSSPTableTests {
    @Test func bothWays() throws {
        var table = MSSPTable()
        table["NAME"] = ["A game"]
        table["PORT"] = ["4000", "23"]
        table["GONE"] = ["x"]
        table["GONE"] = []
        table["NEVER"] = []
        #expect(table.encoded == mssp("!NAME=A game!PORT=4000=23"))
        #expect(try MSSPTable(parsing: table.encoded) == table)
        #expect(table.lines == ["MSSP-REPLY-START", "NAME\tA game", "PORT\t4000\t23", "MSSP-REPLY-END"])
        table["NAME"] = ["Another"]
        #expect(table.entries.map(\.name) == ["NAME", "PORT"])
        #expect(table["NAME"] == ["Another"])
        #expect(table["NOTHING"].isEmpty)
    }

    @Test func valuesCannotBreakOut() {
        var table = MSSPTable()
        table["NAME"] = ["A\u{1}FAKE\u{2}x\0y\r\nz\tw\u{1B}[2J\u{FF}"]
        #expect(table.encoded == mssp("!NAME=AFAKExy z w[2J\u{FF}"))
        #expect(!table.encoded.contains(0xFF))
        #expect(table.lines[1] == "NAME\tAFAKExy z w[2J\u{FF}")
    }

    @Test(
        arguments: [
            ("", []), ("junk", []), ("junk!NAME=x", ["NAME:x"]), ("!NAME=x!NAME=y", ["NAME:x,y"]), ("!NAME", []),
            ("!=x", []), ("!NAME=", ["NAME:"]), ("!A==b", ["A:,b"]), ("!!A=b!", ["A:b"]), ("=x!A=b", ["A:b"]),
            ("junk=x!A=b", ["A:b"]),
        ] as [(String, [String])])
    func reads(text: String, entries: [String]) throws {
        let table = try MSSPTable(parsing: mssp(text))
        #expect(table.entries.map { "\($0.name):\($0.values.joined(separator: ","))" } == entries)
    }

    @Test func octetsThatAreNoText() throws {
        #expect(try MSSPTable(parsing: [1, 0x41, 2, 0xE9, 0x0D])["A"] == ["\u{FFFD}"])
    }

    @Test func limits() throws {
        #expect(throws: MSSPFailure.tooLong) {
            try MSSPTable(parsing: [UInt8](repeating: 1, count: MSSPLimits.payloadOctets + 1))
        }
        let variables = (0..<2000).map { "!V\($0)=x" }.joined()
        #expect(try MSSPTable(parsing: mssp(variables)).entries.count == MSSPLimits.entries)
        let values = "!A" + String(repeating: "=x", count: 2000) + "!B=y"
        let table = try MSSPTable(parsing: mssp(values))
        #expect(table["A"].count == MSSPLimits.entries)
        #expect(table["B"].isEmpty)
    }
}
