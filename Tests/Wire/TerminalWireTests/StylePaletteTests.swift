import Basics
import Foundation
import Testing

@testable import TerminalWire

@Suite struct StylePaletteTests {
    @Test(arguments: TextStyle.allCases) func noColourMeansNoOctets(style: TextStyle) {
        #expect(StylePalette.start(style, .none).isEmpty)
    }

    @Test(arguments: TextStyle.allCases, [ColourDepth.ansi16, .indexed256, .trueColour])
    func everyStyleButPlainIsASequence(style: TextStyle, depth: ColourDepth) {
        let octets = StylePalette.start(style, depth)
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

    @Test(arguments: TextStyle.allCases, [ColourDepth.indexed256, .trueColour])
    func deepColoursAreReadableOnBlackAndOnWhite(style: TextStyle, depth: ColourDepth) throws {
        let text = String(decoding: StylePalette.start(style, depth).dropFirst(2).dropLast(), as: UTF8.self)
        let parameters = text.split(separator: ";").compactMap { Int($0) }
        guard let place = parameters.firstIndex(of: 38) else {
            // The terminal's own.
            for parameter in parameters { #expect([1, 3, 31].contains(parameter)) }
            return
        }
        let rest = Array(parameters[(place + 1)...])
        #expect(rest.first == (depth == .trueColour ? 2 : 5))
        let light = try #require(rest.count == 4 ? Self.luminance(Array(rest[1...])) : Self.luminance(index: rest[1]))
        #expect((light + 0.05) / 0.05 >= 4.5, "on black")
        #expect(1.05 / (light + 0.05) >= 4.5, "on white")
    }

    /// Relative luminance of one of the cube or the greys of xterm's palette; the first sixteen are the player's.
    private static func luminance(index: Int) -> Double? {
        let levels = [0, 95, 135, 175, 215, 255]
        switch index {
        case 16..<232:
            let place = index - 16
            return luminance([levels[place / 36], levels[place / 6 % 6], levels[place % 6]])
        case 232..<256: return luminance(Array(repeating: 8 + 10 * (index - 232), count: 3))
        default: return nil
        }
    }

    /// Relative luminance as WCAG 2.2 defines it.
    private static func luminance(_ colour: [Int]) -> Double {
        let parts = colour.map { value in
            let share = Double(value) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    @Test(arguments: TextStyle.allCases, [ColourDepth.indexed256, .trueColour])
    func themesAreReadableOnTheirBackground(style: TextStyle, depth: ColourDepth) throws {
        for (theme, isDark) in [(ColourTheme.dark, true), (.light, false)] {
            let sequence = StylePalette.start(style, depth, TerminalPalette(theme: theme))
            let text = String(decoding: sequence.dropFirst(2).dropLast(), as: UTF8.self)
            let parameters = text.split(separator: ";").compactMap { Int($0) }
            guard let place = parameters.firstIndex(of: 38) else { continue }
            let rest = Array(parameters[(place + 1)...])
            let light = try #require(
                rest.count == 4 ? Self.luminance(Array(rest[1...])) : Self.luminance(index: rest[1]))
            #expect((isDark ? (light + 0.05) / 0.05 : 1.05 / (light + 0.05)) >= 7, "\(theme)")
        }
    }

    @Test(arguments: TextStyle.allCases, [ColourDepth.ansi16, .indexed256, .trueColour])
    func contrastHasNoColourAndNoneHasNothing(style: TextStyle, depth: ColourDepth) {
        let text = String(
            decoding: StylePalette.start(style, depth, TerminalPalette(theme: .contrast)).dropFirst(2).dropLast(),
            as: UTF8.self)
        for parameter in text.split(separator: ";") { #expect(["1", "4", "7"].contains(parameter)) }
        #expect(StylePalette.start(style, depth, TerminalPalette(theme: .plain)).isEmpty)
    }

    @Test(arguments: ColourTheme.allCases, TextColour.allCases)
    func aColourOfOnesOwnComesBeforeTheTheme(theme: ColourTheme, colour: TextColour) {
        let palette = TerminalPalette(theme: theme, choices: [.speech: colour])
        for depth in [ColourDepth.ansi16, .indexed256, .trueColour] {
            let chosen = StylePalette.start(.speech, depth, palette)
            #expect(chosen.isEmpty == (colour == .plain || theme == .plain))
            // The others stay as they are.
            #expect(
                StylePalette.start(.exit, depth, palette)
                    == StylePalette.start(.exit, depth, TerminalPalette(theme: theme)))
        }
        #expect(StylePalette.start(.speech, .none, palette).isEmpty)
    }

    @Test func aChosenColourIsShown() {
        let profile = TerminalProfile(colour: .ansi16, palette: TerminalPalette(choices: [.speech: .green]))
        let octets = TerminalRenderer(profile).render(StyledText("hello", .speech))
        #expect(String(decoding: octets, as: UTF8.self).hasPrefix("\u{1B}[32mhello\u{1B}[0m"))
    }

    @Test func resetIsSGR0() {
        #expect(StylePalette.reset == Array("\u{1B}[0m".utf8))
    }
}
