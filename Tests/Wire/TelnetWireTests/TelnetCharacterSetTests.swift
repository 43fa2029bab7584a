import Testing

@testable import TelnetWire

@Suite struct TelnetCharacterSetTests {
    @Test(
        arguments: [
            ([], nil),
            ([9], nil),
            ([1], .request([])),
            ([1, 59], .request([])),
            ([1] + bytes(";UTF-8;ISO-8859-1"), .request(["UTF-8", "ISO-8859-1"])),
            ([1] + bytes(" UTF-8"), .request(["UTF-8"])),
            ([1] + bytes(";;UTF-8;"), .request(["UTF-8"])),
            ([1] + bytes("[TTABLE]\u{1}+A+B"), .request(["A", "B"])),
            ([1] + bytes("[TTABLE]"), .request([])),
            ([1] + bytes(";a\u{1B}b;\u{E4};ok"), .request(["ok"])),
            ([1, 59] + [UInt8](repeating: 65, count: 41) + bytes(";ok"), .request(["ok"])),
            ([2] + bytes("UTF-8"), .accepted("UTF-8")),
            ([2], nil),
            ([2] + [UInt8](repeating: 65, count: 41), nil),
            ([3], .rejected),
            ([4, 1, 2, 3], .table),
            ([5], .tableRejected),
        ] as [([UInt8], TelnetCharacterSet?)]) func decoded(payload: [UInt8], expected: TelnetCharacterSet?)
    {
        #expect(TelnetCharacterSet(payload: payload) == expected)
    }

    @Test(
        arguments: [
            .request([]), .request(["UTF-8", "US-ASCII"]), .accepted("UTF-8"), .rejected, .table, .tableRejected,
        ] as [TelnetCharacterSet]) func whatIsEncodedIsDecoded(message: TelnetCharacterSet)
    {
        #expect(TelnetCharacterSet(payload: message.payload) == message)
    }

    @Test func longListsAreCut() {
        let payload: [UInt8] = [1] + (0..<1000).flatMap { number -> [UInt8] in bytes(";\(number)") }
        #expect(TelnetCharacterSet(payload: payload) == .request((0..<TelnetLimits.characterSets).map(String.init)))
    }

    @Test func theDialogueAsksAndAnswersEightTimes() {
        var dialogue = TelnetCharacterSetDialogue()
        let steps = [
            dialogue.receiveAnswer(), dialogue.ask(), dialogue.ask(), dialogue.receiveAnswer(),
            dialogue.receiveAnswer(),
        ]
        #expect(steps == [false, true, false, true, false])
        let more = (0..<20).filter { _ in dialogue.spend() }.count
        #expect(more == TelnetLimits.dialogueRounds - 1)
        let asks = dialogue.ask()
        #expect(!asks)
    }
}
