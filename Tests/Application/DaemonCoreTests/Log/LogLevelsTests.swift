import Logging
import Testing

@testable import DaemonCore

@Suite struct LogLevelsTests {
    static let readable: [(String, String)] = [
        ("info", "info"), ("debug,game=trace", "debug,game=trace"), ("game=trace", "info,game=trace"),
        ("error,b=info,a.b=debug", "error,a.b=debug,b=info"),
    ]

    @Test(arguments: readable) func reads(text: String, written: String) throws {
        let levels = try #require(LogLevels(text))
        #expect(levels.description == written && LogLevels(written) == levels)
    }

    @Test(arguments: [
        "", "loud", "info,", "info,debug", "game=", "=info", "info,game=loud", "a=info,a=debug", "info game=debug",
    ])
    func refuses(text: String) {
        #expect(LogLevels(text) == nil)
    }

    @Test func theMostExactOneCounts() throws {
        let levels = try #require(LogLevels("error,door=info,door.telnet=trace"))
        #expect(levels.level(of: "game") == .error && levels.level(of: "door") == .info)
        #expect(levels.level(of: "door.irc") == .info && levels.level(of: "door.telnet.line") == .trace)
        #expect(levels.level(of: "doorway") == .error)
    }
}
