import Basics
import Testing

@testable import TerminalWire

@Suite struct InputTextTests {
    @Test(arguments: [
        ("", ""),
        ("say hello", "say hello"),
        ("say gr\u{FC}\u{DF} \u{1F600}", "say gr\u{FC}\u{DF} \u{1F600}"),
        ("a\tb", "a b"),
        ("a\u{1}\u{7}\u{0}b\u{7F}\u{85}c", "abc"),
        // Keys: arrows, with modifiers, application mode, function keys, the Linux console's.
        ("lo\u{1B}[Aok", "look"), ("lo\u{1B}[1;5Cok", "look"), ("lo\u{1B}OAok", "look"), ("lo\u{1B}[15~ok", "look"),
        ("lo\u{1B}[[Aok", "look"), ("lo\u{9B}Dok", "look"), ("lo\u{8F}Qok", "look"),
        // Strings.
        ("a\u{1B}]0;title\u{7}b", "ab"), ("a\u{1B}]52;c;eA==\u{1B}\\b", "ab"), ("a\u{1B}P1$r\u{9C}b", "ab"),
        ("a\u{1B}]0;no end", "a0;no end"), ("a\u{1B}_x\u{1B}Xy", "axy"), ("a\u{9D}0;t\u{9C}b", "ab"),
        // Others.
        ("a\u{1B}(Bb", "ab"), ("a\u{1B}cb", "ab"), ("a\u{1B}", "a"), ("a\u{1B}[", "a"), ("a\u{1B}[12", "a"),
        ("a\u{1B}[3\u{FC}b", "a\u{FC}b"), ("a\u{1B}\u{1B}[Ab", "ab"), ("a\u{1B}O", "a"), ("a\u{1B}[2\u{1B}[Ab", "ab"),
        ("a\u{202E}b\u{2066}c\u{2069}d", "abcd"), ("a\u{FEFF}b", "ab"),
        ("a\u{2028}b\u{2029}c", "a b c"),
        ("\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}"),
    ]) func cleaned(typed: String, expected: String) {
        #expect(InputText.decode(Array(typed.utf8)) == expected)
    }

    @Test(
        arguments: [
            ([0x67, 0x72, 0xFC, 0xDF], "gr\u{FC}\u{DF}"),
            ([0x93, 0x80, 0x94, 0x85], "\u{201C}\u{20AC}\u{201D}\u{2026}"),
            ([0x61, 0x81, 0x8D, 0x62], "ab"),
            ([0x61, 0xFF], "a\u{FF}"),
            ([0xC3, 0xBC], "\u{FC}"),
            ([0xC3, 0xBC, 0xFC], "\u{C3}\u{BC}\u{FC}"),
            // Overlong, surrogate and truncated UTF-8 are no UTF-8.
            ([0xC0, 0xAF], "\u{C0}\u{AF}"), ([0xED, 0xA0, 0x80], "\u{ED}\u{A0}\u{20AC}"),
            ([0x61, 0xE2, 0x82], "a\u{E2}\u{201A}"),
            ([0xE4, 0x1B, 0x5B, 0x41, 0x62], "\u{E4}b"),
        ] as [([UInt8], String)]) func guessed(octets: [UInt8], expected: String)
    {
        #expect(InputText.decode(octets) == expected)
    }

    @Test(arguments: [0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF] as [UInt32])
    func noncharactersAreDropped(value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        #expect(InputText.decode(Array("a\(scalar)b".utf8)) == "ab")
    }

    @Test func everyOctetAlone() {
        for octet in UInt8.min...UInt8.max {
            #expect(Self.isClean(InputText.decode([octet])), "\(octet)")
        }
    }

    @Test func soupThroughCleanerAndRendererIsHarmless() {
        let profiles = Charset.allCases.flatMap { charset in
            [TerminalProfile(charset: charset), TerminalProfile(width: 20, colour: .ansi16, charset: charset)]
        }
        for seed in UInt64(1)...200 {
            var random = SeededGenerator(seed: seed)
            let soup = Self.soup(length: 300, &random)
            let clean = InputText.decode(soup)
            #expect(Self.isClean(clean), "seed \(seed)")
            #expect(InputText.decode(Array(clean.utf8)) == clean, "seed \(seed): cleaning is done once")
            // What somebody else put into the text unclean must not come through either.
            var text = StyledText(clean, .speech)
            text.append(String(decoding: soup, as: UTF8.self), .person)
            for profile in profiles {
                let octets = withoutStyle(TerminalRenderer(profile).render(text))
                #expect(Self.isHarmless(octets, profile.charset), "seed \(seed), \(profile)")
            }
        }
    }

    @Test func hostileLinesAreLinear() {
        for piece in ["\u{1B}]", "\u{1B}[1", "\u{1B}", "\u{9D}", "\u{1B}P\u{1B}"] {
            let line = Array(String(repeating: piece, count: 60_000).utf8)
            #expect(Self.isClean(InputText.decode(line)))
        }
    }

    private static func isClean(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && !(0x202A...0x202E).contains(scalar.value)
                && !(0x2066...0x2069).contains(scalar.value)
        }
    }

    /// Whether the octets hold no control but CR LF pairs.
    private static func isHarmless(_ octets: [UInt8], _ charset: Charset) -> Bool {
        guard var text = String(validating: octets, as: UTF8.self) else { return false }
        if charset == .latin1, text.unicodeScalars.contains(where: { $0.value > 0xFF }) { return false }
        text.removeAll { $0 == "\r\n" }
        return isClean(text)
    }

    private static func soup(length: Int, _ random: inout SeededGenerator) -> [UInt8] {
        let frequent: [UInt8] = [
            0x1B, 0x5B, 0x5D, 0x9B, 0x9D, 0xC2, 0xE2, 0x80, 0xAE, 0x81, 0xA6, 0x07, 0x0D, 0x0A, 0x20, 0x6D,
        ]
        // A third of the lines is UTF-8, whose dangers are scalars.
        if Int.random(in: 0..<3, using: &random) == 0 {
            let scalars: [Unicode.Scalar] = [
                "\u{1B}", "[", "]", "\u{9B}", "\u{202E}", "\u{2069}", "m", " ", "\u{301}", "\u{6F22}", "\u{9C}", "\n",
            ]
            return Array(
                String(String.UnicodeScalarView((0..<length).compactMap { _ in scalars.randomElement(using: &random) }))
                    .utf8)
        }
        return (0..<length).map { _ in
            Bool.random(using: &random)
                ? frequent[Int.random(in: 0..<frequent.count, using: &random)]
                : UInt8.random(in: 0...255, using: &random)
        }
    }
}
