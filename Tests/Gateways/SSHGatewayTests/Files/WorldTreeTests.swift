import AuditCore
import GatewayCore
import SFTPWire
import ShellPeers
import Testing
import WorldModel

@testable import SSHGateway

/// The world's own files.
@Suite struct WorldTreeTests {
    @Test func buildersSeeItAndChangeAreas() throws {
        let stage = try TreeStage(role: .builder)
        #expect(try stage.names("/").last == "World")
        #expect(try stage.names("/World") == ["areas", "world.yaml"])
        let entries = try stage.get(stage.tree.list(try stage.path("/World/areas")))
        #expect(entries.map(\.attributes.permissions) == [0o100600])
        try stage.write("area: mill\ntitle: New\n", to: "/World/areas/mill.yaml")
        #expect(try stage.read("/World/areas/mill.yaml") == "area: mill\ntitle: New\n")
        #expect(stage.files.changes == ["Ada areas/mill.yaml"])
        let event = try #require(stage.audited.last)
        #expect(event.kind == .administer && event.outcome == .done && event.actor == "Ada")
        #expect(event.origin == "ssh 192.0.2.7" && event.subject == "World/areas/mill.yaml")
    }

    @Test func theWholeWorldIsForAdministrators() throws {
        let stage = try TreeStage(role: .builder)
        let path = try stage.path("/World/world.yaml")
        #expect(try stage.get(stage.tree.attributes(of: path)).permissions == 0o100400)
        #expect(try stage.read("/World/world.yaml") == "title: x\n")
        #expect(stage.status(stage.tree.open(path, [.write, .truncate], SFTPAttributes()))?.code == .permissionDenied)
        #expect(stage.status(stage.tree.remove(path))?.code == .permissionDenied)
        stage.become(.admin)
        try stage.write("title: y\n", to: "/World/world.yaml")
        #expect(try stage.read("/World/world.yaml") == "title: y\n")
    }

    @Test func whoIsNoBuilderAnyMoreDoesNotClose() throws {
        let stage = try TreeStage(role: .builder)
        let file = try stage.get(stage.tree.open(try stage.path("/World/areas/mill.yaml"), .write, SFTPAttributes()))
        try stage.get(file.write([1], at: 0))
        stage.become(.player)
        #expect(stage.status(file.close())?.code == .permissionDenied)
        #expect(try stage.names("/").contains("World") == false && stage.files.changes.isEmpty)
    }

    @Test func aRefusalSaysWhyAndADenialIsOnRecord() throws {
        let stage = try TreeStage(role: .builder)
        stage.files.failure = .wrong("areas/mill.yaml:3:1: error: oh")
        #expect(throws: SFTPStatus.failure("areas/mill.yaml:3:1: error: oh")) {
            try stage.write("x", to: "/World/areas/mill.yaml")
        }
        #expect(stage.audited.isEmpty)
        stage.files.failure = .denied("mill/yard: no")
        #expect(throws: SFTPStatus.permissionDenied("mill/yard: no")) {
            try stage.write("x", to: "/World/areas/mill.yaml")
        }
        #expect(stage.audited.map(\.outcome) == [.refused])
        #expect(try stage.read("/World/areas/mill.yaml") == "area: mill\n")
    }

    @Test(arguments: [
        "/World/areas/mill.txt", "/World/areas/.mill.yaml", "/World/areas/mill yaml", "/World/areas/.mill.yaml.1.new",
    ])
    func onlyFilesThatTheServerReadsAreMade(_ place: String) throws {
        let stage = try TreeStage(role: .owner)
        #expect(
            stage.status(stage.tree.open(try stage.path(place), [.write, .create], SFTPAttributes()))?.code == .failure)
        let mill = try stage.path("/World/areas/mill.yaml")
        #expect(stage.status(stage.tree.rename(mill, to: try stage.path(place), isReplacing: true)) != nil)
    }

    @Test func anAreaIsMadeAndRemoved() throws {
        let stage = try TreeStage(role: .builder)
        try stage.write("area: barn\n", to: "/World/areas/barn.yaml")
        #expect(try stage.names("/World/areas") == ["barn.yaml", "mill.yaml"])
        try stage.get(stage.tree.remove(try stage.path("/World/areas/barn.yaml")))
        #expect(try stage.names("/World/areas") == ["mill.yaml"])
        #expect(stage.status(stage.tree.remove(try stage.path("/World/areas/barn.yaml"))) == .noSuchFile)
    }
}
