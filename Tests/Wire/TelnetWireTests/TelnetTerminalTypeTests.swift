import Testing

@testable import TelnetWire

@Suite struct TelnetTerminalTypeTests {
    @Test(
        arguments: [
            ([1], .send),
            ([0] + bytes("XTERM-256COLOR"), .name("XTERM-256COLOR")),
            ([0], .name("")),
            ([0] + bytes("a\u{1B}[31m\0b\u{E4}\n"), .name("a[31mb")),
            ([0] + [UInt8](repeating: 0x41, count: 200), .name(String(repeating: "A", count: 64))),
            ([], nil),
            ([2, 65], nil),
        ] as [([UInt8], TelnetTerminalType?)]) func decoded(payload: [UInt8], expected: TelnetTerminalType?)
    {
        #expect(TelnetTerminalType(payload: payload) == expected)
    }

    @Test func encoded() {
        #expect(TelnetTerminalType.send.payload == [1])
        #expect(TelnetTerminalType.name("VT100").payload == [0] + bytes("VT100"))
    }

    @Test(
        arguments: [
            ("MTTS 137", [.ansi, .colours256, .proxy]),
            ("MTTS 2349", [.ansi, .utf8, .colours256, .colourPalette, .trueColour, .tls]),
            ("MTTS 0", []),
            ("MTTS 64", .screenReader),
            ("MTTS", nil),
            ("MTTS ", nil),
            ("MTTS -1", nil),
            ("MTTS 99999999999999999999", nil),
            ("XTERM", nil),
        ] as [(String, TelnetTerminalFeatures?)]) func features(name: String, expected: TelnetTerminalFeatures?)
    {
        #expect(TelnetTerminalFeatures(terminalType: name) == expected)
    }

    @Test func theDialogueAsksUntilARepeat() {
        var dialogue = TelnetTerminalDialogue()
        // Unasked, asked, unasked again, and a repeat.
        let steps = [
            dialogue.receive("EARLY"), dialogue.ask(), dialogue.receive("A"), dialogue.receive("B"), dialogue.ask(),
            dialogue.receive("A"),
        ]
        #expect(steps == [false, true, true, false, true, false])
    }

    @Test func aListThatBeginsAnewHasEnded() {
        var dialogue = TelnetTerminalDialogue()
        let news = ["A", "B", "C", "A"].map { name in dialogue.ask() && dialogue.receive(name) }
        #expect(news == [true, true, true, false])
    }

    @Test func everyBitOfAFeatureHasItsName() {
        let named: [TelnetTerminalFeatures] = [
            .ansi, .vt100, .utf8, .colours256, .mouseTracking, .colourPalette, .screenReader, .proxy, .trueColour,
            .newEnvironment, .links, .tls,
        ]
        #expect(named.map(\.rawValue) == (0..<12).map { 1 << $0 })
    }

    @Test func theClientRepeatsItsLastName() {
        var dialogue = TelnetTerminalDialogue()
        let names = (0..<4).map { _ in dialogue.answer(from: ["A", "B"]) }
        #expect(names == ["A", "B", "B", "B"])
        let nothing = dialogue.answer(from: [])
        #expect(nothing == nil)
    }
}
