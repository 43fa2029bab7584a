import Basics
import Testing

@testable import TerminalWire

@Suite struct TransliterationTests {
    @Test(arguments: [
        ("\u{E4}\u{F6}\u{FC}\u{DF} \u{C4}\u{D6}\u{DC}", "aeoeuess AeOeUe"),
        ("caf\u{E9} na\u{EF}ve \u{E5} \u{F8}", "cafe naive aa oe"),
        ("cafe\u{301} a\u{308}", "cafe ae"),
        ("\u{201C}Hi\u{201D} \u{2018}x\u{2019} \u{2013} \u{2014} \u{2026}", "\"Hi\" 'x' - -- ..."),
        ("\u{250C}\u{2500}\u{252C}\u{2500}\u{2510}", "+-+-+"),
        ("\u{2502} \u{2551} \u{2550} \u{256D} \u{2588}", "| | = + #"),
        ("\u{2022} item \u{2192} east", "* item -> east"),
        ("\u{20AC} \u{A3} \u{BD} \u{D7} \u{B7} \u{B0}", "EUR GBP 1/2 x . deg"),
        ("\u{141}\u{F3}d\u{17A} \u{15A} \u{151} \u{11F}", "Lodz S o g"),
        ("Vi\u{1EC7}t \u{1E9E}", "Viet SS"),
        ("\u{41C}\u{43E}\u{441}\u{43A}\u{432}\u{430} \u{401}", "Moskva Yo"),
        ("\u{391}\u{3B8}\u{3AE}\u{3BD}\u{3B1}", "Athina"),
        ("\u{FF21}\u{FF11}\u{3000}b", "A1 b"),
        ("a\u{A0}b\u{200B}c\u{2003}d", "a bc d"),
        ("\u{1F600}", "[grinning face]"),
        ("\u{1F1E9}\u{1F1EA}", "DE"),
        ("1\u{FE0F}\u{20E3}", "1"),
        ("\u{6F22}", "?"),
    ]) func ascii(text: String, expected: String) {
        #expect(rendered(StyledText(text), TerminalProfile(charset: .ascii)) == expected)
    }

    @Test(arguments: [
        ("\u{E4}\u{F6}\u{FC}\u{DF}\u{FF}", "\u{E4}\u{F6}\u{FC}\u{DF}\u{FF}"),
        ("a\u{308}", "\u{E4}"),
        ("\u{201C}\u{20AC}\u{201D} \u{2014}", "\"EUR\" --"),
        ("\u{142}\u{F3}\u{17A}", "l\u{F3}z"),
        ("\u{6F22}", "?"),
    ]) func latin1(text: String, expected: String) {
        #expect(rendered(StyledText(text), TerminalProfile(charset: .latin1)) == expected)
    }

    @Test func nothingVisibleOfTheLatinBlocksIsLost() {
        for value in UInt32(0xA1)...0x17F where value != 0xAD {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let spelling = Transliteration.ascii(Character(scalar))
            #expect(!spelling.isEmpty && spelling.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "\(value)")
            #expect(spelling != "?" || value == 0xBF, "\(value)")
        }
    }

    @Test func everyCharacterBecomesPrintableASCII() {
        for value in stride(from: UInt32(0xA0), through: 0x1FAFF, by: 7) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let octets = TerminalRenderer(TerminalProfile(charset: .ascii)).render(
                StyledText(String(Character(scalar))))
            #expect(octets.allSatisfy { (0x20...0x7E).contains($0) }, "\(value)")
        }
    }
}
