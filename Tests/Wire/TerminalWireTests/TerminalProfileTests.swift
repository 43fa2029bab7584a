import TerminalWire
import Testing

@Suite struct TerminalProfileTests {
    @Test(
        arguments: [
            ([], .none), (["DUMB"], .none), (["XTERM"], .ansi16), (["xterm-256color"], .indexed256),
            (["TINTIN++", "XTERM-TRUECOLOR"], .trueColour), (["xterm-direct"], .trueColour),
            (["ANSI-256COLOR"], .indexed256), (["MUDLET", "ANSI-256COLOR", "MUDLET"], .indexed256),
            (["UNKNOWN-256COLOR"], .indexed256),
        ] as [([String], ColourDepth)]) func learnsTheMostOfAllNames(names: [String], expected: ColourDepth)
    {
        var profile = TerminalProfile()
        for name in names { profile.learn(fromTerminalType: name) }
        #expect(profile.colour == expected)
    }

    @Test(
        arguments: [
            (.none, "on", .ansi16), (.indexed256, "on", .indexed256), (.trueColour, "off", .none),
            (.none, "256", .indexed256), (.trueColour, "16", .ansi16), (.ansi16, "true", .trueColour),
            (.ansi16, "auto", .ansi16),
            (.ansi16, "37", .ansi16),
        ] as [(ColourDepth, String, ColourDepth)])
    func aPlayersSettingCounts(told: ColourDepth, setting: String, expected: ColourDepth) {
        var profile = TerminalProfile(colour: told)
        profile.apply(["color": setting])
        #expect(profile == TerminalProfile(colour: expected))
    }

    @Test func settingsThatAreMissingOrUnknownChangeNothing() {
        let told = TerminalProfile(width: 70, colour: .ansi16, charset: .latin1, screenReader: true)
        var profile = told
        profile.apply([:])
        profile.apply(["width": "wide", "charset": "klingon", "brief": "on"])
        #expect(profile == told)
        profile.apply(["width": "40", "charset": "ascii", "screenreader": "off"])
        #expect(profile == TerminalProfile(width: 40, colour: .ansi16, charset: .ascii))
    }
}
