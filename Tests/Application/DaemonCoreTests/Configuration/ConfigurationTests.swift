import Logging
import Testing

@testable import DaemonCore

@Suite struct ConfigurationTests {
    private func overlay(_ text: String) throws -> Configuration {
        var configuration = Configuration()
        try configuration.overlay(text: text, file: "mudd.yaml")
        return configuration
    }

    @Test func everyKeyIsRead() throws {
        let configuration = try overlay(
            """
            data: /var/lib/mudd
            world: ../World
            reactor: poll
            doors:
              telnet: tcp:0
            limits:
              guests: no
              sessions: 12
              login: 30s
              idle: 1h30m
              linkdead: 2d
            log:
              level: debug
            """)
        #expect(configuration.data == "/var/lib/mudd")
        #expect(configuration.world == "../World")
        #expect(configuration.reactor == "poll")
        #expect(configuration.telnet == "tcp:0")
        #expect(!configuration.guestsAllowed)
        #expect(configuration.maximumSessions == 12)
        #expect(configuration.loginLimit == .seconds(30))
        #expect(configuration.idleLimit == .seconds(5400))
        #expect(configuration.linkDeadLimit == .seconds(172_800))
        #expect(configuration.logLevel == .debug)
        #expect(configuration.origin(of: "doors.telnet") == "mudd.yaml:5:11")
        #expect(configuration.origin(of: "reactor") == "mudd.yaml:3:10")
    }

    static let harmless = ["", "# nothing\n", "doors:\n", "limits: ~\n", "---\n"]

    @Test(arguments: harmless) func emptyLeavesEverythingBuiltIn(text: String) throws {
        #expect(try overlay(text) == Configuration())
    }

    @Test func reactorAuto() throws {
        #expect(try overlay("reactor: auto").reactor == nil)
    }

    @Test func doorOff() throws {
        #expect(try overlay("doors: {telnet: off}").telnet == nil)
    }

    static let wrong: [(text: String, complaints: String)] = [
        ("doors:\n  telnett: off\n", "mudd.yaml:2:3: unknown key “doors.telnett”; did you mean doors.telnet?"),
        ("colour: red\n", "mudd.yaml:1:1: unknown key “colour”"),
        ("limits:\n  guests: maybe\n", "mudd.yaml:2:11: limits.guests: expected yes or no, not “maybe”"),
        (
            "limits:\n  sessions: 0\n",
            "mudd.yaml:2:13: limits.sessions: expected a whole number from 1 to 100000, not “0”"
        ),
        (
            "limits:\n  idle: 5 minutes\n",
            "mudd.yaml:2:9: limits.idle: expected a time such as 90s, 10m or 1h30m, not “5 minutes”"
        ),
        ("limits:\n  idle: [1, 2]\n", "mudd.yaml:2:9: limits.idle: expected one value"),
        ("limits: 5\n", "mudd.yaml:1:9: limits: expected keys below it"),
        ("- data\n", "mudd.yaml:1:1: expected keys and values"),
        ("data: ''\n", "mudd.yaml:1:7: data: expected the path of a folder, not “”"),
        ("reactor: ''\n", "mudd.yaml:1:10: reactor: expected a name, or auto, not “”"),
        ("data: [\n", "mudd.yaml:2:1: did not find expected node content"),
        ("a: b: c\n", "mudd.yaml:1:5: mapping values are not allowed in this context"),
        (
            "one: 1\nlog:\n  level: loud\n",
            "mudd.yaml:1:1: unknown key “one”\nmudd.yaml:3:10: log.level: expected one of trace, debug, info, notice, warning, error, critical, not “loud”"
        ),
        ("data: a\ndata: b\n", "mudd.yaml:1:1: the key data stands there twice"),
    ]

    @Test(arguments: wrong) func complaintsNameThePlace(text: String, complaints: String) {
        #expect(throws: DaemonFailure(.configuration, complaints)) { try overlay(text) }
    }

    @Test func failureChangesNothing() {
        var configuration = Configuration()
        #expect(throws: DaemonFailure.self) {
            try configuration.overlay(text: "data: elsewhere\nlog: {level: loud}", file: "x")
        }
        #expect(configuration == Configuration())
    }

    @Test func fileThatCannotBeRead() throws {
        let folder = try TemporaryFolder()
        var configuration = Configuration()
        let path = folder.path + "/absent.yaml"
        let sentence = "The configuration \(path) cannot be read: No such file or directory."
        #expect(throws: DaemonFailure(.configuration, sentence)) { try configuration.overlay(file: path) }
        folder.write("data: here\n", to: "mudd.yaml")
        try configuration.overlay(file: folder.path + "/mudd.yaml")
        #expect(configuration.data == "here")
    }

    @Test func referenceFileIsTheBuiltInConfiguration() throws {
        var configuration = try overlay(Configuration.reference)
        #expect(configuration.origins.count == ConfigurationKey.all.count)
        configuration.origins = [:]
        #expect(configuration == Configuration())
    }

    @Test func shippedReferenceIsTheGeneratedOne() throws {
        let parts = #filePath.split(separator: "/").dropLast(5)
        let shipped = try TemporaryFolder().read("/" + parts.joined(separator: "/") + "/Deploy/mudd.yaml")
        #expect(shipped == Configuration.reference)
    }
}

@Suite struct CompactDurationTests {
    static let readings: [(String, Int64?)] = [
        ("90s", 90), ("5m", 300), ("1h30m", 5400), ("2d", 172_800), ("1d1h1m1s", 90_061), ("0s", 0),
        ("3650d", 315_360_000),
        ("", nil), ("5", nil), ("m", nil), ("5 m", nil), ("-5m", nil), ("5x", nil), ("1m1h", nil), ("1m1m", nil),
        ("5m3", nil), ("3651d", nil), ("99999999999999999999s", nil), ("9223372036854775807d", nil), ("٣m", nil),
    ]

    @Test(arguments: readings) func read(text: String, seconds: Int64?) {
        #expect(CompactDuration.read(text) == seconds.map { Duration.seconds($0) })
    }

    @Test func whatIsWrittenIsRead() {
        for seconds in [0, 1, 59, 60, 61, 3600, 3661, 86_400, 90_061] {
            #expect(CompactDuration.read(CompactDuration.write(.seconds(seconds))) == .seconds(seconds))
        }
        #expect(CompactDuration.write(.seconds(5400)) == "1h30m")
    }
}
