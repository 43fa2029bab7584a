import Testing

@testable import TerminalWire

@Suite struct KeyDecoderTests {
    private func keys(_ text: String) -> [TerminalKey] { keys(Array(text.utf8)) }

    private func keys(_ octets: [UInt8]) -> [TerminalKey] {
        var decoder = KeyDecoder()
        var keys: [TerminalKey] = []
        decoder.receive(octets, into: &keys)
        decoder.timeOut(into: &keys)
        return keys
    }

    @Test(
        arguments: [
            ("a\u{E4}\u{6F22}\u{1F600}", [.text("a"), .text("\u{E4}"), .text("\u{6F22}"), .text("\u{1F600}")]),
            ("\r", [.enter]), ("\n", [.enter]), ("\r\n", [.enter]), ("\r\0", [.enter]),
            ("\r\r\n\n", [.enter, .enter, .enter]),
            ("\t\u{8}\u{7F}", [.tab, .backspace, .backspace]),
            ("\u{1}\u{1A}\u{1F}", [.control(1), .control(26), .control(31)]),
            ("\u{1B}", [.escape]), ("\u{1B}\u{1B}", [.escape, .escape]), ("\u{1B}b", [.alt("b")]),
            ("\u{1B}\u{7F}", [.alt("\u{7F}")]), ("\u{1B}[", [.alt("[")]), ("\u{1B}O", [.alt("O")]),
            ("\u{1B}[A", [.special(.up)]), ("\u{1B}OB", [.special(.down)]),
            ("\u{1B}[C\u{1B}[D", [.special(.right), .special(.left)]),
            ("\u{1B}[H\u{1B}OF", [.special(.home), .special(.end)]),
            ("\u{1B}[1~\u{1B}[8~", [.special(.home), .special(.end)]),
            ("\u{1B}[3~", [.special(.delete)]), ("\u{1B}[5~\u{1B}[6~", [.special(.pageUp), .special(.pageDown)]),
            ("\u{1B}[1;5D", [.special(.left, .control)]), ("\u{1B}[1;3C", [.special(.right, .alt)]),
            ("\u{1B}[3;5~", [.special(.delete, .control)]), ("\u{1B}[Z", [.special(.backTab)]),
            ("\u{1B}Oc", [.special(.right, .control)]), ("\u{1B}[d", [.special(.left, .shift)]), ("\u{1B}OM", [.enter]),
            ("\u{1B}[[A", []), ("\u{1B}[15~x", [.text("x")]), ("\u{1B}[?1;2cx", [.text("x")]),
            ("\u{1B}[\u{3}", [.control(3)]), ("\u{1B}[1\u{E9}", [.text("\u{E9}")]),
            (
                "\u{1B}[200~a\tb\rc\u{1B}[201~d",
                [.pasted("a"), .pasted(" "), .pasted("b"), .pasted("\n"), .pasted("c"), .text("d")]
            ),
            ("\u{1B}[200~\u{1}\u{7F}\u{1B}[Ax\u{3}y", [.pasted("x"), .control(3), .text("y")]),
            ("\u{202E}\u{9B}\u{FEFF}\u{2028}", [.text(" ")]),
            ("\u{1B}[99999999999999999999;5A", []), ("\u{1B}[1;99999999999999A", [.special(.up)]),
        ] as [(String, [TerminalKey])]) func keysOfText(text: String, expected: [TerminalKey])
    {
        #expect(keys(text) == expected)
    }

    @Test func octetsThatAreNoUTF8AreWindows1252() {
        #expect(keys([0xE4]) == [.text("\u{E4}")])
        #expect(keys([0xE4, 0x61]) == [.text("\u{E4}"), .text("a")])
        #expect(
            keys([0x80, 0xFC, 0xE2, 0x82, 0x0D]) == [
                .text("\u{20AC}"), .text("\u{FC}"), .text("\u{E2}"), .text("\u{201A}"), .enter,
            ])
        #expect(keys([0xE4, 0xC3, 0xB6]) == [.text("\u{E4}"), .text("\u{F6}")])
    }

    @Test func somethingIsPendingUntilItIsDecided() {
        var decoder = KeyDecoder()
        var keys: [TerminalKey] = []
        #expect(!decoder.isPending)
        for start in ["\u{1B}", "\u{1B}[", "\u{1B}O", "\u{1B}[1;"] {
            decoder.receive(Array(start.utf8), into: &keys)
            #expect(decoder.isPending)
            decoder.timeOut(into: &keys)
            #expect(!decoder.isPending)
        }
        #expect(keys == [.escape, .alt("["), .alt("O")])
    }

    @Test(arguments: [
        "l\u{F6}\u{6F22}\u{1F600}\r\nx", "\u{1B}[1;5D\u{1B}OA\u{1B}b\u{1B}\u{1B}[3~",
        "\u{1B}[200~one\rtwo\u{1B}[201~\t",
        "\u{1B}[[A\u{1B}[?1;2c\u{1B}[aq",
    ]) func howItIsCutDoesNotMatter(text: String) {
        let octets = Array(text.utf8)
        let whole = keys(octets)
        for split in 0...octets.count {
            var decoder = KeyDecoder()
            var cut: [TerminalKey] = []
            decoder.receive(Array(octets[..<split]), into: &cut)
            decoder.receive(Array(octets[split...]), into: &cut)
            decoder.timeOut(into: &cut)
            #expect(cut == whole)
        }
        var decoder = KeyDecoder()
        var cut: [TerminalKey] = []
        for octet in octets { decoder.receive([octet], into: &cut) }
        decoder.timeOut(into: &cut)
        #expect(cut == whole)
    }

    @Test func whateverComesMakesFewKeys() {
        var state: UInt64 = 42
        func next() -> UInt8 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 33)
        }
        let common: [UInt8] = [0x1B, 0x5B, 0x4F, 0x31, 0x3B, 0x7E, 0x41, 0xE4, 0x80, 0x0D]
        for _ in 0..<200 {
            var decoder = KeyDecoder()
            let octets = (0..<200).map { _ in next() & 1 == 0 ? next() : common[Int(next()) % common.count] }
            var keys: [TerminalKey] = []
            decoder.receive(octets, into: &keys)
            decoder.timeOut(into: &keys)
            #expect(keys.count <= octets.count + 2)
            for case .text(let scalar) in keys { #expect(!TextSafety.isControl(scalar)) }
        }
    }
}
