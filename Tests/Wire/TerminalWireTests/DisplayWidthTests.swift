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
            // Half- and fullwidth forms, a wide sign with marks, a tower of marks, a mark alone.
            ("\u{FFE6}", 2), ("\u{FFDC}", 1), ("\u{30AB}\u{3099}", 2), ("\u{6F22}\u{302A}", 2),
            ("a\u{301}\u{302}\u{303}", 1), ("\u{20DD}", 0), ("\u{17000}", 2), ("\u{2FFFD}", 2), ("\u{4DC0}", 1),
            // Presentation selectors: an emoji or a digit takes them, a letter does not.
            ("\u{231A}\u{FE0E}", 2), ("\u{2764}\u{FE0E}", 1), ("\u{263A}\u{FE0F}", 2), ("a\u{FE0F}", 1),
            ("1\u{20E3}", 1), ("#\u{FE0F}\u{20E3}", 2), ("\u{A9}\u{FE0F}", 2), ("\u{A9}", 1),
            // Sequences: professions, a couple, skin tones, the flags of regions and of nobody.
            ("\u{1F469}\u{1F3FE}\u{200D}\u{1F52C}", 2), ("\u{2764}\u{FE0F}\u{200D}\u{1F525}", 2),
            ("\u{1F3F3}\u{FE0F}\u{200D}\u{1F308}", 2), ("\u{270A}\u{1F3FD}", 2), ("\u{1F3FD}", 2),
            ("\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", 2), ("\u{1F1E9}", 2),
            ("\u{2500}", 1), ("\u{410}", 1), ("\u{5D0}\u{5B8}", 1), ("\u{915}\u{93F}", 1),
        ] as [(Character, Int)]) func width(character: Character, expected: Int)
    {
        #expect(DisplayWidth.columns(of: character) == expected)
    }
}
