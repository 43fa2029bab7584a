import Basics
import GatewayCore
import TerminalWire
import Testing
import WorldLanguage

/// What players have set, over what their clients told.
@Suite struct TerminalPreferencesTests {
    @Test(
        arguments: [
            (.none, "on", .ansi16), (.indexed256, "on", .indexed256), (.trueColour, "off", .none),
            (.none, "256", .indexed256), (.trueColour, "16", .ansi16), (.ansi16, "true", .trueColour),
            (.ansi16, "auto", .ansi16),
            (.ansi16, "37", .ansi16),
        ] as [(ColourDepth, String, ColourDepth)])
    func aPlayersSettingCounts(told: ColourDepth, setting: String, expected: ColourDepth) {
        var profile = TerminalProfile(colour: told)
        profile.apply(Preferences(["color": setting]))
        #expect(profile == TerminalProfile(colour: expected))
    }

    @Test func settingsThatAreMissingOrUnknownChangeNothing() {
        let told = TerminalProfile(width: 70, colour: .ansi16, charset: .latin1, screenReader: true)
        var profile = told
        profile.apply(Preferences())
        profile.apply(
            Preferences([
                "width": "wide", "encoding": "klingon", "brief": "on", "theme": "plaid", "screenreader": "perhaps",
                "color.nothing": "red", "color.speech": "octarine", "color.": "red", "": "",
            ]))
        #expect(profile == told)
        profile.apply(Preferences(["width": "-3", "encoding": "auto", "screenreader": "auto"]))
        #expect(profile == told)
        profile.apply(Preferences(["width": "40", "encoding": "ascii", "screenreader": "off"]))
        #expect(profile == TerminalProfile(width: 40, colour: .ansi16, charset: .ascii))
    }

    @Test func themeAndColoursGoIntoThePalette() {
        var profile = TerminalProfile(colour: .ansi16)
        profile.apply(Preferences(["theme": "light", "color.speech": "green", "color.exit": "none"]))
        #expect(profile.palette == TerminalPalette(theme: .light, choices: [.speech: .green, .exit: .plain]))
        profile.apply(Preferences(["theme": "none"]))
        #expect(profile.palette == TerminalPalette(theme: .plain))
    }
}
