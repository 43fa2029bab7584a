import Basics
import Testing

@testable import TerminalWire

@Suite struct StylePaletteTests {
    @Test(arguments: TextStyle.allCases) func noColourMeansNoOctets(style: TextStyle) {
        #expect(StylePalette.start(style, .none).isEmpty)
    }

    @Test(arguments: TextStyle.allCases) func everyStyleButPlainIsASequence(style: TextStyle) {
        let octets = StylePalette.start(style, .ansi16)
        if style == .plain {
            #expect(octets.isEmpty)
        } else {
            #expect(octets.starts(with: [0x1B, 0x5B]))
            #expect(octets.last == UInt8(ascii: "m"))
            #expect(octets.dropFirst(2).dropLast().allSatisfy { (0x30...0x3B).contains($0) })
        }
    }

    @Test(arguments: TextStyle.allCases) func noColourThatVanishesOnAUsualBackground(style: TextStyle) {
        let text = String(decoding: StylePalette.start(style, .ansi16).dropFirst(2).dropLast(), as: UTF8.self)
        let parameters = text.split(separator: ";").compactMap { Int($0) }
        for vanishing in [30, 34, 37, 8, 7] { #expect(!parameters.contains(vanishing)) }
        #expect(!parameters.contains { (40...49).contains($0) }, "no backgrounds")
        #expect(!parameters.contains { $0 == 5 || $0 == 6 }, "nothing blinks")
    }

    @Test func resetIsSGR0() {
        #expect(StylePalette.reset == Array("\u{1B}[0m".utf8))
    }
}
