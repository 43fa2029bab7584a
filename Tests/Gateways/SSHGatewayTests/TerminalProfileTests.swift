import SSHWire
import TerminalWire
import Testing

@testable import SSHGateway

@Suite struct TerminalProfileTests {
    private func profile(_ type: String, columns: UInt32 = 80, _ variables: [(String, String)] = []) -> TerminalProfile
    {
        var profile = TerminalProfile()
        profile.learn(from: SSHTerminalRequest(type: type, size: SSHWindowSize(columns: columns, rows: 24)))
        for (name, value) in variables { _ = profile.learn(value, ofVariable: name) }
        return profile
    }

    @Test(arguments: [
        ("xterm-256color", ColourDepth.indexed256), ("xterm", .ansi16), ("dumb", .none), ("", .none),
        ("xterm-direct", .trueColour),
    ])
    func typesTellColours(type: String, colour: ColourDepth) { #expect(profile(type).colour == colour) }

    @Test func variablesSayMore() {
        #expect(profile("xterm", [("COLORTERM", "truecolor")]).colour == .trueColour)
        #expect(profile("xterm-256color", [("NO_COLOR", "1")]).colour == .none)
        #expect(profile("xterm", [("NO_COLOR", "")]).colour == .ansi16)
        #expect(profile("xterm", [("LANG", "de_DE.UTF-8")]).charset == .utf8)
        #expect(profile("xterm", [("LANG", "C")]).charset == .utf8)
        #expect(profile("xterm", [("LANG", "de_DE.ISO-8859-1@euro")]).charset == .ascii)
        #expect(profile("xterm", [("SCREEN_READER", "1")]).screenReader)
        #expect(profile("xterm", [("LC_TERMINAL", "iTerm2")]).marksPrompts)
        #expect(profile("xterm-kitty").marksPrompts && !profile("xterm").marksPrompts)
    }

    @Test func othersSayNothing() {
        var profile = TerminalProfile()
        let isKnown = profile.learn("/bin/sh", ofVariable: "SHELL")
        #expect(!isKnown && profile == TerminalProfile())
    }

    @Test func sizesThatCannotBeAreTamed() {
        #expect(profile("xterm", columns: 0).width == nil)
        #expect(profile("xterm", columns: .max).width == 65_535)
    }
}
