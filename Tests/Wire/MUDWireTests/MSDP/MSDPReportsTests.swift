import MUDWire
import Testing

@Suite struct MSDPReportsTests {
    private static let yard = MUDRoom(
        number: 12, name: "A yard", area: "Home", environment: "city",
        coordinates: MUDRoom.Coordinates(x: 3, y: -1, z: 2), exits: [MUDRoom.Exit(direction: "n", number: 13)])

    private let facts = MSDPFacts(
        serverName: "mudd", character: MUDPerson(name: "Ada", fullName: "Ada the Bold"),
        vitals: MUDVitals(gauges: [
            .init(name: "hp", value: 40, maximum: 60), .init(name: "free hands", value: 1),
        ]),
        status: MUDStatus(variables: [.init(name: "race", caption: "Race", value: "elf")]), room: yard)

    private let beforeLogin = MSDPFacts(serverName: "mudd")

    @Test func variables() {
        let names = facts.variables.map(\.name)
        #expect(
            names == [
                "SERVER_ID", "CHARACTER_NAME", "HEALTH", "HEALTH_MAX", "FREE_HANDS", "RACE", "ROOM", "ROOM_VNUM",
                "ROOM_NAME", "ROOM_AREA", "ROOM_TERRAIN", "ROOM_EXITS",
            ])
        let values = Dictionary(uniqueKeysWithValues: facts.variables.map { ($0.name, $0.value) })
        #expect(values["HEALTH"] == "40")
        #expect(values["HEALTH_MAX"] == "60")
        #expect(values["ROOM"]?["VNUM"] == "12")
        #expect(values["ROOM"]?["EXITS"]?["n"] == "13")
        #expect(values["ROOM"]?["COORDS"]?["Y"] == "-1")
        #expect(values["ROOM_EXITS"] == .table([MSDPVariable("n", "13")]))
        var doubled = facts
        doubled.status.variables.append(.init(name: "room", caption: "", value: "x"))
        #expect(Set(doubled.variables.map(\.name)).count == doubled.variables.count)
        doubled.serverTime = 1_700_000_000
        #expect(doubled.variables.contains(MSDPVariable("SERVER_TIME", "1700000000")))
    }

    @Test func roomsAreReadAsTheyWereWritten() throws {
        let value = try #require(facts.variables.first { $0.name == "ROOM" }?.value)
        let payload = MSDPPayload.encoded([MSDPVariable("ROOM", value)])
        let read = try #require(try MSDPPayload.read(payload).first?.value)
        #expect(MUDRoom(msdp: read) == Self.yard)
        #expect(MUDRoom(msdp: .table([MSDPVariable("VNUM", "x")])) == nil)
        #expect(MUDRoom(msdp: "5") == nil)
    }

    @Test func lists() {
        var reports = MSDPReports()
        func list(_ name: String) -> [String] {
            reports.receive(.list([name]), facts: beforeLogin).first?.value.texts ?? []
        }
        #expect(list("COMMANDS") == ["LIST", "REPORT", "UNREPORT", "SEND", "RESET"])
        #expect(list("LISTS").contains("SENDABLE_VARIABLES"))
        #expect(list("REPORTABLE_VARIABLES").contains("ROOM"))
        #expect(list("SENDABLE_VARIABLES").first == "SERVER_ID")
        #expect(list("CONFIGURABLE_VARIABLES") == ["CLIENT_NAME", "CLIENT_VERSION"])
        #expect(list("REPORTED_VARIABLES") == [])
        #expect(reports.receive(.list(["NOTHING"]), facts: facts).isEmpty)
        #expect(reports.receive(.list(["COMMANDS", "LISTS"]), facts: facts).map(\.name) == ["COMMANDS", "LISTS"])
    }

    @Test func sends() {
        var reports = MSDPReports()
        #expect(
            reports.receive(.send(["HEALTH", "NOTHING", "SERVER_ID"]), facts: facts)
                == [MSDPVariable("SERVER_ID", "mudd"), MSDPVariable("HEALTH", "40")])
        #expect(reports.reported.isEmpty)
        #expect(reports.receive(.configure(MSDPVariable("CLIENT_NAME", "x")), facts: facts).isEmpty)
    }

    @Test func reportsWhatChanges() {
        var reports = MSDPReports()
        // Asked for before there is a character, as clients do.
        #expect(reports.receive(.report(["HEALTH", "ROOM_NAME"]), facts: beforeLogin).isEmpty)
        #expect(reports.changes(in: beforeLogin).isEmpty)
        #expect(reports.changes(in: facts) == [MSDPVariable("HEALTH", "40"), MSDPVariable("ROOM_NAME", "A yard")])
        #expect(reports.changes(in: facts).isEmpty)
        var hurt = facts
        hurt.vitals.gauges[0].value = 39
        #expect(reports.changes(in: hurt) == [MSDPVariable("HEALTH", "39")])
        // What is asked for anew is answered, and not told again.
        #expect(reports.receive(.report(["HEALTH"]), facts: facts) == [MSDPVariable("HEALTH", "40")])
        #expect(reports.changes(in: facts).isEmpty)
        #expect(reports.reported == ["HEALTH", "ROOM_NAME"])
        #expect(reports.receive(.unreport(["HEALTH"]), facts: facts).isEmpty)
        #expect(reports.changes(in: hurt).isEmpty)
        #expect(reports.receive(.list(["REPORTED_VARIABLES"]), facts: facts).first?.value == .array(["ROOM_NAME"]))
        #expect(reports.receive(.reset(["REPORTED_VARIABLES"]), facts: facts).isEmpty)
        #expect(reports == MSDPReports())
    }

    @Test func reportsAreBounded() {
        var reports = MSDPReports()
        for round in 0..<50 {
            _ = reports.receive(.report((0..<60).map { "V\(round)_\($0)" }), facts: facts)
        }
        #expect(reports.reported.count == MSDPLimits.names)
    }
}

@Suite struct MSDPCommandTests {
    @Test(arguments: ["LIST", "REPORT", "UNREPORT", "SEND", "RESET"]) func namesAreTakenOnceAndNotTooLong(
        command: String
    ) {
        let longest = String(repeating: "A", count: MSDPLimits.nameOctets)
        let names = [longest + "A", "", longest, "HEALTH", "health", longest]
        let taken = MSDPCommand(MSDPVariable(command, .array(names.map { .text($0) })))
        #expect(taken.variable == MSDPVariable(command, .array([.text(longest), .text("HEALTH")])))
    }

    @Test func whatTintinSends() throws {
        // The examples of its manual: `\x01LIST\x02COMMANDS`, and a report of several variables.
        let list = try MSDPPayload.read(Array("\u{1}LIST\u{2}COMMANDS".utf8))
        #expect(list.map { MSDPCommand($0) } == [.list(["COMMANDS"])])
        let report = try MSDPPayload.read(Array("\u{1}REPORT\u{2}HEALTH\u{2}HEALTH_MAX".utf8))
        #expect(report.map { MSDPCommand($0) } == [.report(["HEALTH", "HEALTH_MAX"])])
    }

    @Test func whatMudletSends() throws {
        let payload = Array("\u{1}LIST\u{2}REPORTABLE_VARIABLES\u{1}CLIENT_ID\u{2}Mudlet\u{1}report\u{2}room".utf8)
        #expect(
            try MSDPPayload.read(payload).map { MSDPCommand($0) } == [
                .list(["REPORTABLE_VARIABLES"]), .configure(MSDPVariable("CLIENT_ID", "Mudlet")), .report(["ROOM"]),
            ])
    }

    @Test(arguments: [
        MSDPCommand.list(["LISTS"]), .report(["A", "B"]), .unreport(["A"]), .send(["A"]), .send([]),
        .reset(["REPORTED_VARIABLES"]), .configure(MSDPVariable("CLIENT_NAME", "mudd")),
    ])
    func bothWays(command: MSDPCommand) throws {
        let read = try MSDPPayload.read(MSDPPayload.encoded([command.variable]))
        #expect(read.map { MSDPCommand($0) } == [command])
    }

    @Test func namesAreBounded() {
        let names = (0..<1000).map { MSDPValue.text("v\($0)") }
        guard case .send(let kept) = MSDPCommand(MSDPVariable("SEND", .array(names))) else {
            Issue.record("no send")
            return
        }
        #expect(kept.count == MSDPLimits.names)
        #expect(MSDPCommand(MSDPVariable("SEND", .table([MSDPVariable("a", "b")]))) == .send([]))
    }
}
