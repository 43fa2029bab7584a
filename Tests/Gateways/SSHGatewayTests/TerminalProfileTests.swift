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

    @Test(arguments: [
        ([("LANG", "zh_CN.UTF-8")], "zh_CN.UTF-8"), ([("LANG", "zh_CN"), ("LC_ALL", "C")], "C"),
        ([("LC_MESSAGES", "de"), ("LANG", "zh_CN")], "de"), ([("LANG", "zh"), ("LC_ALL", "")], "zh"), ([], ""),
    ]) func theLocaleIsThatOfMessages(variables: [(String, String)], locale: String) {
        var environment = SSHSessionEnvironment()
        for (name, value) in variables {
            let isNoted = environment.note(value, ofVariable: name)
            #expect(isNoted)
        }
        #expect(environment.locale == locale)
    }

    @Test(arguments: ["dumb", "", "unknown", "dumb-256color"]) func dumbTerminalsTakeNoKeys(type: String) {
        var environment = SSHSessionEnvironment()
        environment.terminal = SSHTerminalRequest(type: type, size: SSHWindowSize(columns: 80, rows: 24))
        #expect(
            !environment.takesKeys && environment.makeCanonicalInput() != nil && environment.profile.colour == .none)
        environment.terminal?.type = "xterm"
        #expect(environment.takesKeys)
        environment.terminal = nil
        #expect(!environment.takesKeys && environment.makeCanonicalInput() == nil)
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
