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
}
