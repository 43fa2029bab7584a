import Basics
import Testing

@Suite struct TextCleaningTests {
    @Test(arguments: [
        "", "Plain ASCII, as most lines are.", "na\u{EF}ve", "na\u{69}\u{308}ve", "\u{1EC7}", "e\u{323}\u{302}",
        // A family, a heart on fire, a keycap, a thumb with a colour, a flag of two letters.
        "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "\u{2764}\u{FE0F}\u{200D}\u{1F525}", "1\u{FE0F}\u{20E3}",
        "\u{1F44D}\u{1F3FD}", "\u{1F1E9}\u{1F1EA}",
        // Hindi and Malayalam with joiners, Persian with a non-joiner, pointed Arabic, accented Hebrew, Thai, Burmese.
        "\u{915}\u{94D}\u{200D}\u{937}", "\u{D28}\u{D4D}\u{200D}",
        "\u{645}\u{6CC}\u{200C}\u{62E}\u{648}\u{627}\u{647}\u{645}",
        "\u{628}\u{651}\u{64E}", "\u{5E9}\u{5C1}\u{5BC}\u{5B8}\u{591}", "\u{E17}\u{E35}\u{E48}",
        "\u{1019}\u{103C}\u{103D}\u{103E}\u{1031}\u{102C}", "\u{600}\u{661}",
    ])
    func staysAsItIs(_ text: String) {
        // A joiner at the very end joins nothing.
        let expected = text.unicodeScalars.last == "\u{200D}" ? String(text.unicodeScalars.dropLast()) : text
        #expect(Array(text.cleaned.unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test(arguments: [
        0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x180E, 0x200B, 0x202A, 0x202E, 0x2060, 0x2064, 0x2066, 0x2069, 0x206F,
        0x3164, 0xFEFF, 0xFFA0, 0xFFF9, 0xE0001, 0xE0041, 0x00, 0x07, 0x1B, 0x7F, 0x85, 0x9B,
    ])
    func whatNobodySeesIsRemoved(_ value: UInt32) throws {
        let unseen = String(Character(try #require(Unicode.Scalar(value))))
        #expect("\(unseen)la\(unseen)mp\(unseen)".cleaned == "lamp")
        #expect((unseen + unseen).cleaned.isEmpty)
    }

    @Test(arguments: [
        // Joiners within Latin words, doubled, at either end.
        ("la\u{200D}mp", "lamp"), ("la\u{200C}\u{200F}mp", "lamp"), ("\u{200D}\u{915}", "\u{915}"),
        ("\u{915}\u{200D}\u{200D}\u{937}", "\u{915}\u{200D}\u{937}"), ("\u{915}\u{200D} b", "\u{915} b"),
        // Variation selectors without a character, or several.
        ("\u{FE0F}a", "a"), ("\u{2764}\u{FE0F}\u{FE0F}\u{FE0E}", "\u{2764}\u{FE0F}"),
        // Marks without a character.
        ("\u{301}\u{302}a", "a"), ("a \u{301}b", "a b"), ("\u{903}a", "a"),
        ("a\tb\u{2028}c", "a b c"),
    ])
    func whatHasNoPlaceIsRemoved(_ text: String, _ expected: String) {
        #expect(Array(text.cleaned.unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test(arguments: ["\u{301}", "\u{489}", "\u{30D}\u{35C}", "\u{FE0F}\u{301}", "\u{200D}\u{301}", "\u{AD}\u{301}"])
    func aTowerOfMarksIsCut(_ mark: String) {
        let tower = "Z" + String(repeating: mark, count: 300) + "a"
        let kept = tower.cleaned.unicodeScalars
        #expect(kept.first == "Z" && kept.last == "a")
        #expect(kept.count <= 2 + 2 * String.mostMarks)
        let marks = kept.count { $0.properties.generalCategory == .nonspacingMark || $0 == "\u{489}" }
        #expect(marks <= 2 * String.mostMarks)
    }

    @Test func cleaningTwiceIsCleaningOnce() {
        var generator = SeededGenerator(seed: 5)
        let palette: [Unicode.Scalar] = [
            "a", " ", "\u{301}", "\u{200D}", "\u{FE0F}", "\u{915}", "\u{AD}", "\u{20E3}", "\u{903}", "\u{1F468}", "\t",
            "\u{E0041}", "\u{200F}",
        ]
        for _ in 0..<2000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0..<12, using: &generator) {
                text.append(palette.randomElement(using: &generator) ?? "a")
            }
            let once = String(text).cleaned
            #expect(Array(once.cleaned.unicodeScalars) == Array(once.unicodeScalars))
        }
    }
}
