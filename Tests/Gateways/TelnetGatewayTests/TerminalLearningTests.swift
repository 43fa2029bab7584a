import TelnetWire
import TerminalWire
import Testing

@testable import TelnetGateway

/// What a client tells by MTTS decides, also over the name of its terminal.
@Suite struct TerminalLearningTests {
    @Test(
        arguments: [
            ("MTTS 0", .none, false), ("MTTS 1", .ansi16, false), ("MTTS 9", .indexed256, false),
            ("MTTS 265", .trueColour, false), ("MTTS 256", .trueColour, false), ("MTTS 77", .indexed256, true),
            ("MTTS 64", .none, true),
        ] as [(String, ColourDepth, Bool)])
    func featuresAreLearned(told: String, depth: ColourDepth, screenReader: Bool) throws {
        var profile = TerminalProfile(width: 80)
        profile.learn(fromTerminalType: "XTERM-256COLOR")
        profile.learn(try #require(TelnetTerminalFeatures(terminalType: told)))
        #expect(profile == TerminalProfile(width: 80, colour: depth, screenReader: screenReader))
    }
}
