import FileAccessTesting
import Logging
import ServiceCore
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
              ssh: tcp:22
            ssh:
              keys: /etc/mudd/ssh
              banner: Beware of the troll.
              forwarding: yes
            limits:
              guests: no
              sessions: 12
              login: 30s
              idle: 1h30m
              linkdead: 2d
              keepalive: 5m
            log:
              level: debug
              format: json
              file: journal
              size: 1M
              daily: yes
              keep: 3
            """)
        #expect(configuration.data == "/var/lib/mudd")
        #expect(configuration.world == "../World")
        #expect(configuration.reactor == "poll")
        #expect(configuration.telnet == "tcp:0")
        #expect(configuration.ssh == "tcp:22")
        #expect(
            configuration.shell
                == ShellSettings(keys: "/etc/mudd/ssh", banner: "Beware of the troll.", isForwarding: true))
        #expect(!configuration.guestsAllowed)
        #expect(configuration.maximumSessions == 12)
        #expect(configuration.loginLimit == .seconds(30))
        #expect(configuration.idleLimit == .seconds(5400))
        #expect(configuration.linkDeadLimit == .seconds(172_800))
        #expect(configuration.keepAlive == .seconds(300))
        #expect(configuration.logLevels == LogLevels(.debug) && configuration.logFormat == .json)
        #expect(
            configuration.logFile == "journal"
                && configuration.logRotation == LogRotation(size: 1 << 20, isDaily: true, keep: 3))
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

    @Test func keepAliveOff() throws {
        #expect(try overlay("limits: {keepalive: 0}").keepAlive == nil)
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
        (
            "limits:\n  keepalive: never\n",
            "mudd.yaml:2:14: limits.keepalive: expected a time such as 90s or 10m, or 0, not “never”"
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
            "mudd.yaml:1:1: unknown key “one”\nmudd.yaml:3:10: log.level: expected one of trace, debug, info, notice, warning, error, critical, and for subsystems such as info,game=debug, not “loud”"
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
        try folder.write("data: here\n", to: "mudd.yaml")
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

    // MARK: Sources

    @Test func theLastSourceWins() throws {
        let folder = try TemporaryFolder()
        try folder.write("limits: {idle: 1m, login: 1m, sessions: 1}\nlog: {level: error}\n", to: "mudd.yaml")
        let sources = ConfigurationSources(
            file: nil,
            environment: ["MUDD_DATA": folder.path, "MUDD_LIMITS_IDLE": "2m", "MUDD_LOG_LEVEL": "debug", "MUDD_X": ""],
            settings: [
                .init("--set log.level=trace", "log.level", "trace"), .init("--log-level", "log.level", "notice"),
            ])
        let configuration = try sources.read()
        #expect(configuration.data == folder.path && configuration.maximumSessions == 1)
        #expect(configuration.loginLimit == .seconds(60) && configuration.idleLimit == .seconds(120))
        #expect(configuration.logLevels == LogLevels(.notice))
        #expect(configuration.origin(of: "limits.idle") == "environment: MUDD_LIMITS_IDLE")
        #expect(configuration.origins["log.level"] == nil)
        #expect(Configuration().unknownVariables(in: sources.environment) == ["MUDD_X"])
        try folder.write("limits: {sessions: 2}\n", to: "other.yaml")
        var others = sources
        others.file = folder.path + "/other.yaml"
        #expect(try others.read().maximumSessions == 2)
        #expect(try others.read().loginLimit == Configuration().loginLimit)
    }

    @Test func wrongOverridesAreNamed() throws {
        let environment = ConfigurationSources(
            file: nil, environment: ["MUDD_LIMITS_IDLE": "soon", "MUDD_LOG_KEEP": "-1"], settings: [])
        #expect(
            throws: DaemonFailure(
                .configuration,
                """
                environment: MUDD_LIMITS_IDLE: expected a time such as 90s, 10m or 1h30m, not “soon”
                environment: MUDD_LOG_KEEP: expected a whole number from 0 to 1000, not “-1”
                """)
        ) { try environment.read() }
        let settings = ConfigurationSources(
            file: nil, environment: [:],
            settings: [.init("--set limit.idle=2h", "limit.idle", "2h"), .init("--log-format", "log.format", "xml")])
        #expect(
            throws: DaemonFailure(
                .usage,
                """
                --set limit.idle=2h: unknown key “limit.idle”; did you mean limits.idle?
                --log-format: expected one of text, json, logfmt, not “xml”
                """)
        ) { try settings.read() }
    }

    @Test func everyKeyCanBeOverriddenByTheTextItIsWrittenWith() throws {
        let standard = Configuration()
        for key in ConfigurationKey.all {
            var configuration = standard
            try configuration.overlay(environment: [Configuration.variable(of: key.path): key.write(standard)])
            #expect(configuration.changes(to: standard).isEmpty && configuration.origins.count == 1)
        }
    }

    @Test func changesAreToldAndTheLiveOnesTaken() throws {
        var old = try overlay("limits: {idle: 1h}")
        let new = try overlay("limits: {idle: 2h}\ndoors: {telnet: off}\nlog: {level: debug}")
        let changes = old.changes(to: new)
        #expect(
            changes.map(\.description) == [
                "doors.telnet: tcp:4000:interface=127.0.0.1 → off", "limits.idle: 1h → 2h", "log.level: info → debug",
            ])
        #expect(changes.map(\.isLive) == [false, true, true])
        old.takeLive(from: new)
        #expect(old.changes(to: new).map(\.path) == ["doors.telnet"])
        #expect(old.origin(of: "limits.idle") == "mudd.yaml:1:16")
    }

    @Test(arguments: [
        (nil, nil, "Data", "Data"), (nil, "/run/mudd", "Data", "/run/mudd/Data"), (nil, "run/", "Data", "run/Data"),
        (nil, "/run", "/srv", "/srv"), ("/jail", nil, "Data", "/jail/Data"),
        ("/jail", nil, "/tmp/Data", "/jail/tmp/Data"),
        ("/jail/", "/home", "Data", "/jail/home/Data"), ("jail", "home", "Data", "jail/home/Data"),
        ("/jail", "/home", "/Data", "/jail/Data"),
    ])
    func pathsInsideAreFoundFromOutside(_ root: String?, _ folder: String?, _ path: String, _ outside: String) {
        var configuration = Configuration()
        (configuration.root, configuration.folder) = (root, folder)
        #expect(configuration.outside(path) == outside)
    }

    // MARK: Services

    private static let services = """
        services:
          mirror:
            kind: echo
            options:
              listen: [tcp:1, tcp:2]
              quiet: yes
            after: [other]
            restart: 5
            essential: no
          other:
        """

    @Test func servicesAreRead() throws {
        let services = try overlay(Self.services).services
        #expect(services.map(\.name) == ["mirror", "other"] && services.map(\.kind) == ["echo", "other"])
        let mirror = try #require(services.first)
        #expect(mirror.options.map(\.name) == ["listen", "quiet"])
        #expect(mirror.options.map(\.values) == [["tcp:1", "tcp:2"], ["yes"]])
        #expect(mirror.after == ["other"] && mirror.restart == .times(5) && !mirror.isEssential)
        #expect(!mirror.policy.isEssential)
        if case .afterFailure(_, let limit) = mirror.policy.restart {
            #expect(limit == 5)
        } else {
            Issue.record("never")
        }
        #expect(
            mirror.origin(of: "kind") == "mudd.yaml:3:11" && mirror.origin(of: "options.listen") == "mudd.yaml:5:15")
        #expect(mirror.origin() == "mudd.yaml:2:3" && mirror.origin(of: "none") == "mudd.yaml:2:3")
        #expect(try overlay("services: {}\n").services.isEmpty && overlay("services:\n").services.isEmpty)
    }

    static let wrongServices: [(text: String, complaints: String)] = [
        ("services: 5\n", "mudd.yaml:1:11: services: expected names of services, and keys below each"),
        ("services: {Big: {}}\n", "mudd.yaml:1:12: services: “Big” is no name: lower-case letters, digits and hyphens"),
        ("services: {a: 5}\n", "mudd.yaml:1:15: services.a: expected keys below it"),
        ("services: {a: {knid: x}}\n", "mudd.yaml:1:16: unknown key “services.a.knid”; did you mean services.a.kind?"),
        ("services: {a: {kind: [x, y]}}\n", "mudd.yaml:1:22: services.a.kind: expected one value, not “x, y”"),
        (
            "services: {a: {restart: 0}}\n",
            "mudd.yaml:1:25: services.a.restart: expected never, always, or how many times in a row, not “0”"
        ),
        ("services: {a: {essential: 2}}\n", "mudd.yaml:1:27: services.a.essential: expected yes or no, not “2”"),
        ("services: {a: {options: 2}}\n", "mudd.yaml:1:25: services.a.options: expected keys below it"),
        (
            "services: {a: {options: {x: {}}}}\n",
            "mudd.yaml:1:29: services.a.options.x: expected one value, or a list"
        ),
        ("service: {}\n", "mudd.yaml:1:1: unknown key “service”; did you mean services?"),
        ("services: {a: {}, a: {}}\n", "mudd.yaml:1:12: the key a stands there twice"),
    ]

    @Test(arguments: wrongServices) func complaintsAboutServicesNameThePlace(text: String, complaints: String) {
        #expect(throws: DaemonFailure(.configuration, complaints)) { try overlay(text) }
    }

    @Test func servicesCanBeOverridden() throws {
        var configuration = try overlay(Self.services)
        try configuration.overlay(environment: [
            "MUDD_SERVICES_MIRROR_OPTIONS_LISTEN": "tcp:3", "MUDD_SERVICES_MIRROR_RESTART": "always",
            "MUDD_SERVICES_NONE_KIND": "x",
        ])
        try configuration.overlay(settings: [
            .init("--set services.other.after=mirror,third", "services.other.after", "mirror,third"),
            .init("--set services.third.kind=echo", "services.third.kind", "echo"),
        ])
        let services = configuration.services
        #expect(services.map(\.name) == ["mirror", "other", "third"] && services[2].kind == "echo")
        #expect(services[0].options.first { $0.name == "listen" }?.values == ["tcp:3"])
        #expect(services[0].origin(of: "options.listen") == "environment: MUDD_SERVICES_MIRROR_OPTIONS_LISTEN")
        #expect(services[0].restart == .times(nil) && services[1].after == ["mirror", "third"])
        let variables = ["MUDD_SERVICES_MIRROR_KIND": "", "MUDD_SERVICES_NONE_KIND": ""]
        #expect(configuration.unknownVariables(in: variables) == ["MUDD_SERVICES_NONE_KIND"])
        #expect(
            throws: DaemonFailure(
                .configuration,
                "environment: MUDD_SERVICES_MIRROR_ESSENTIAL: services.mirror.essential: expected yes or no, not “x”")
        ) { try configuration.overlay(environment: ["MUDD_SERVICES_MIRROR_ESSENTIAL": "x"]) }
        for path in ["services", "services.mirror", "services.mirror.options", "services.mirror.x", "services.B.kind"] {
            let setting = ConfigurationSources.Setting("--set", path, "1")
            #expect(throws: DaemonFailure.self) { try configuration.overlay(settings: [setting]) }
        }
    }

    @Test func aServiceWhoseNameBeginsAnothersIsNotMeantByItsVariables() throws {
        var configuration = try overlay("services: {front: {kind: echo}, front-tls: {kind: echo}}")
        try configuration.overlay(environment: [
            "MUDD_SERVICES_FRONT_TLS_RESTART": "always", "MUDD_SERVICES_FRONT_RESTART": "3",
        ])
        #expect(configuration.services.map(\.restart) == [.times(3), .times(nil)])
    }

    @Test func changesOfServicesWaitForTheNextStartAndTellNoSecret() throws {
        let old = try overlay(Self.services)
        let new = try overlay(
            "services: {mirror: {kind: echo, options: {listen: tcp:1, a-password: b}}, new: {kind: echo}}")
        let changes = old.changes(to: new)
        #expect(
            changes.map(\.description) == [
                "services.mirror.after: other → none", "services.mirror.restart: 5 → never",
                "services.mirror.essential: no → yes", "services.mirror.options.a-password: none → given",
                "services.mirror.options.listen: tcp:1, tcp:2 → tcp:1",
                "services.mirror.options.quiet: yes → none",
                "services.other: other → none", "services.new: none → echo",
            ])
        #expect(changes.allSatisfy { !$0.isLive } && old.changes(to: old).isEmpty && old != new)
    }

    @Test func theExampleInTheReferenceIsRight() throws {
        let lines = Configuration.reference.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex(of: "# services:"))
        let example = lines[start...].prefix { $0 != "#" }.map { $0.dropFirst(2) }.joined(separator: "\n")
        let service = try #require(try overlay(example).services.first)
        #expect(service.name == "mirror" && service.kind == "echo" && service.options.first?.values.count == 2)
        #expect(service.after == [] && service.restart == .never && service.isEssential)
    }
}
