import Testing

@testable import TelnetWire

@Suite struct TelnetInputLineTests {
    private func type(_ octets: [UInt8], into line: inout TelnetInputLine) -> [TelnetInputLine.Event] {
        octets.map { line.receive($0) }.filter { $0 != .none }
    }

    @Test func aLimitCountsWhatIsLeftAfterErasing() {
        var line = TelnetInputLine(limit: 3, edits: true)
        let within = type(bytes("abc\u{8}d"), into: &line)
        #expect(within.isEmpty)
        #expect(line.octets == bytes("abd"))
        let beyond = type(bytes("efghijk"), into: &line)
        #expect(beyond == [.overflow])
        let next = type(bytes("\r\nok\n"), into: &line)
        #expect(next == [.complete])
        #expect(line.octets == bytes("ok"))
    }

    @Test func eachTooLongLineIsToldOfOnce() {
        var line = TelnetInputLine(limit: 2, edits: true)
        let events = type(bytes("abcdef\nabcdef\nab\n"), into: &line)
        #expect(events == [.overflow, .overflow, .complete])
    }

    @Test(arguments: [
        ("", ""), ("a", ""), ("a\u{E4}", "a"), ("a\u{20AC}", "a"), ("a\u{1F600}", "a"), ("e\u{301}", "e"),
    ]) func eraseTakesOneScalar(typed: String, expected: String) {
        var line = TelnetInputLine(limit: 100, edits: true)
        _ = type(bytes(typed), into: &line)
        line.eraseCharacter()
        #expect(line.octets == bytes(expected))
    }

    @Test func erasingNothingIsHarmless() {
        var line = TelnetInputLine(limit: 100, edits: true)
        _ = type([8, 127, 8, 0x80, 8, 8], into: &line)
        #expect(line.octets.isEmpty)
    }
}
