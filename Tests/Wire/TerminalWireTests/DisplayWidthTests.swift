import Testing

@testable import TerminalWire

@Suite struct DisplayWidthTests {
    @Test(
        arguments: [
            ("a", 1), ("\u{E4}", 1), ("e\u{301}", 1), ("\u{301}", 0), ("\u{200B}", 0), ("\u{200D}", 0), ("\u{AD}", 1),
            ("\u{6F22}", 2), ("\u{3042}", 2), ("\u{FF21}", 2), ("\u{FF71}", 1), ("\u{AC00}", 2), ("\u{20000}", 2),
            ("\u{1112}\u{1161}\u{11AB}", 2), ("\u{1161}", 0), ("\u{3000}", 2),
            ("\u{1F600}", 2), ("\u{2764}", 1), ("\u{2764}\u{FE0F}", 2), ("\u{231A}", 2), ("1\u{FE0F}\u{20E3}", 2),
            ("\u{1F1E9}\u{1F1EA}", 2), ("\u{1F44D}\u{1F3FD}", 2), ("\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", 2),
            ("\u{2500}", 1), ("\u{410}", 1), ("\u{5D0}\u{5B8}", 1), ("\u{915}\u{93F}", 1),
        ] as [(Character, Int)]) func width(character: Character, expected: Int)
    {
        #expect(DisplayWidth.columns(of: character) == expected)
    }
}
