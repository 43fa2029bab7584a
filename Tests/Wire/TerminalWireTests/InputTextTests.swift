import Basics
import TerminalWire
import Testing

@Suite struct InputTextTests {
    @Test(arguments: [
        ("look", "look"), ("", ""), ("say grüß dich 🏮", "say grüß dich 🏮"), ("a\tb", "a b"),
        ("\u{1B}[Alook", "look"), ("lo\u{1B}[1;5Cok", "look"), ("x\u{1B}]0;title\u{7}y", "xy"),
        ("x\u{1B}]0;title\u{1B}\\y", "xy"), ("x\u{1B}OPy", "xy"), ("x\u{1B}", "x"), ("x\u{1B}[", "x"),
        ("a\u{202E}b\u{2066}c", "abc"), ("a\u{0}b\u{7}c\u{7F}", "abc"), ("a\u{9B}31mb", "a31mb"),
        ("\u{FEFF}x", "x"), ("a\u{2028}b", "ab"),
    ])
    func cleaning(_ input: String, _ expected: String) {
        #expect(InputText.decode(Array(input.utf8)) == expected)
    }

    @Test func whatIsNotUTF8IsTakenForWindows1252() {
        #expect(InputText.decode([0x67, 0x72, 0xFC, 0xDF]) == "grüß")
        #expect(InputText.decode([0x93, 0x68, 0x69, 0x94]) == "\u{201C}hi\u{201D}")
        #expect(InputText.decode([0x81, 0x61]) == "a")
        // Overlong UTF-8 of a control character does not come through as one.
        #expect(!InputText.decode([0xC0, 0x9B, 0x5B, 0x32, 0x4A]).unicodeScalars.contains { $0.value < 0x20 })
    }

    @Test func noOctetsLeaveAControlCharacter() {
        var random = SeededGenerator(seed: 9)
        for _ in 0..<2000 {
            let line = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
                UInt8.random(in: .min ... .max, using: &random)
            }
            for scalar in InputText.decode(line).unicodeScalars { #expect(!SafeText.isForbidden(scalar)) }
        }
    }
}
