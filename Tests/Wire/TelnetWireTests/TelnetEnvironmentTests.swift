import Testing

@testable import TelnetWire

@Suite struct TelnetEnvironmentTests {
    @Test(
        arguments: [
            ([], nil),
            ([7, 0, 65], nil),
            ([1], .send([])),
            ([1, 0, 3], .send([TelnetVariable(.wellKnown, ""), TelnetVariable(.user, "")])),
            (
                [1, 0] + bytes("MTTS") + [3] + bytes("X"),
                .send([TelnetVariable(.wellKnown, "MTTS"), TelnetVariable(.user, "X")])
            ),
            (
                [0, 0] + bytes("A") + [1] + bytes("b") + [0] + bytes("C") + [3] + bytes("D") + [1],
                .tell([
                    TelnetVariable(.wellKnown, "A", value: "b"), TelnetVariable(.wellKnown, "C"),
                    TelnetVariable(.user, "D", value: ""),
                ])
            ),
            ([2, 3, 65, 1, 66], .update([TelnetVariable(.user, "A", value: "B")])),
            // A value within a value, octets before any type, an escape at the end.
            ([0, 0, 65, 1, 66, 1, 67], .tell([TelnetVariable(.wellKnown, "A", value: "BC")])),
            ([0, 65, 66, 1, 67], .tell([])),
            ([0, 0, 65, 1, 66, 2], .tell([TelnetVariable(.wellKnown, "A", value: "B")])),
            // Escaped marks are part of the text, which has no place for them.
            ([0, 0, 65, 2, 1, 66, 1, 67, 2, 0, 68], .tell([TelnetVariable(.wellKnown, "AB", value: "CD")])),
            ([0, 0] + bytes("a\u{E4}\u{1B}\r\n") + [255], .tell([TelnetVariable(.wellKnown, "a")])),
        ] as [([UInt8], TelnetEnvironment?)]) func decoded(payload: [UInt8], expected: TelnetEnvironment?)
    {
        #expect(TelnetEnvironment(payload: payload) == expected)
    }

    @Test(
        arguments: [
            .send([]), .send([TelnetVariable(.user, "A")]),
            .tell([TelnetVariable(.wellKnown, "A", value: "-f root"), TelnetVariable(.user, "B")]),
            .update([TelnetVariable(.user, "A", value: "")]),
        ] as [TelnetEnvironment]) func whatIsEncodedIsDecoded(message: TelnetEnvironment)
    {
        #expect(TelnetEnvironment(payload: message.payload) == message)
    }

    @Test func marksInNamesAreEscaped() {
        let message = TelnetEnvironment.tell([TelnetVariable(.user, "a\u{1}", value: "\u{0}b\u{2}\u{3}")])
        #expect(message.payload == [0, 3, 97, 2, 1, 1, 2, 0, 98, 2, 2, 2, 3])
    }

    @Test func namesValuesAndTheirNumberAreBounded() {
        let long = [UInt8](repeating: 65, count: 300)
        let payload: [UInt8] = [0] + (0..<100).flatMap { _ in [0] + long + [1] + long }
        guard case .tell(let variables) = TelnetEnvironment(payload: payload) else {
            Issue.record("not an answer")
            return
        }
        #expect(variables.count == TelnetLimits.variables)
        #expect(variables.allSatisfy { $0.name.utf8.count == 256 && $0.value?.utf8.count == 256 })
        let many = TelnetEnvironment.send(Array(repeating: TelnetVariable(.user, "A"), count: 100)).payload
        #expect(many.count == 1 + 2 * TelnetLimits.variables)
    }
}
