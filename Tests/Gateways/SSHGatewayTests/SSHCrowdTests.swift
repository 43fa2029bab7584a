import AuditCore
import GatewayCore
import ReactorCore
import ReactorTesting
import SSHWire
import ShellPeers
import Testing
import Transports
import WorldModel

@testable import SSHGateway

/// Many connections to the SSH door, many channels of one, and those on which nothing is done.
@Suite struct SSHCrowdTests {
    /// 203.0.113.1.
    private static let elsewhere = IPv4Host(bits: 0xCB00_7101)

    /// Six connections of each network that say nothing.
    private func makeCrowd(_ stage: DoorStage, networks: UInt32) throws -> [DoorStage.Guest] {
        try (0..<networks * 6).map { number in
            // 198.51.0.1, 198.51.1.1 and so on.
            try #require(stage.arrive("ada", from: IPv4Host(bits: 0xC633_0001 + (number / 6) << 8)))
        }
    }

    @Test func aSilentCrowdKeepsNobodyOut() throws {
        let stage = try DoorStage()
        stage.game.settings.maximumSessions = 12
        let crowd = try makeCrowd(stage, networks: 2)
        let guest = stage.connect("ada", from: Self.elsewhere) { $0.password = DoorStage.password }
        #expect(guest?.visitor.isLoggedIn == true)
        #expect(crowd.map { !$0.pair.server.isOpen } == [true] + [Bool](repeating: false, count: 11))
        let end = stage.open(guest, DoorStage.terminal, .shell)
        #expect(end.take().contains("A plain hall"))
        // Who has come in makes no room, with a session or without one.
        stage.test.advance(by: .seconds(30))
        for _ in 0..<3 { #expect(stage.arrive("ada", from: Self.elsewhere) != nil) }
        #expect(stage.type("look\r", end, guest).contains("A plain hall"))
    }

    @Test(arguments: ["ada", "guest"]) func openChannelsAloneAreNothingDone(user: String) throws {
        let stage = try DoorStage()
        stage.game.settings.idleLimit = .seconds(20)
        let guest = stage.connect(user) { $0.password = DoorStage.password }
        #expect(guest?.visitor.isLoggedIn == true)
        for _ in 0..<3 { _ = stage.open(guest) }
        stage.test.advance(by: .seconds(19))
        guest?.pair.pump()
        #expect(guest?.visitor.reasons.isEmpty == true)
        stage.test.advance(by: .seconds(2))
        guest?.pair.pump()
        #expect(guest?.visitor.reasons.count == 1)
    }

    @Test func whoeverUsesFilesStays() throws {
        let stage = try DoorStage()
        stage.game.settings.idleLimit = .seconds(20)
        let guest = stage.ada()
        let end = stage.open(guest, .subsystem("sftp"))
        end.channel?.send([0, 0, 0, 5, 1, 0, 0, 0, 3])
        for _ in 0..<5 {
            stage.test.advance(by: .seconds(15))
            // SSH_FXP_REALPATH of ".".
            end.channel?.send([0, 0, 0, 10, 16, 0, 0, 0, 1, 0, 0, 0, 1, 0x2E])
            guest?.pair.pump()
        }
        #expect(guest?.visitor.reasons.isEmpty == true && !end.isClosed)
        stage.test.advance(by: .seconds(21))
        guest?.pair.pump()
        #expect(guest?.visitor.reasons.count == 1)
    }

    @Test func whoHasLeftWithoutClosingTheChannelIsIdle() throws {
        let stage = try DoorStage()
        stage.game.settings.idleLimit = .seconds(20)
        stage.game.settings.maximumSessions = 1
        let guest = stage.ada()
        let end = stage.open(guest, DoorStage.terminal, .shell)
        end.channel?.send("quit\r")
        // The goodbye arrives, and nothing is said to it.
        while guest?.pair.step(from: .client) == true {}
        #expect(stage.connect("ada", from: Self.elsewhere) == nil)
        stage.test.advance(by: .seconds(30))
        guest?.pair.pump()
        #expect(guest?.visitor.reasons.count == 1)
        #expect(stage.connect("ada", from: Self.elsewhere) != nil)
    }

    @Test func channelsAreOpenedAtAPace() throws {
        let stage = try DoorStage()
        stage.game.settings.linesPerSecond = 10
        let guest = stage.ada()
        var openCount = 0
        for _ in 0..<SSHVisit.mostOpeningsAtOnce + 5 {
            let end = stage.open(guest, .subsystem("sftp"))
            if end.channel != nil { openCount += 1 }
            end.channel?.close()
            guest?.pair.pump()
        }
        #expect(openCount == SSHVisit.mostOpeningsAtOnce)
        stage.test.advance(by: .seconds(10))
        guest?.pair.pump()
        #expect(stage.open(guest, .execute("look")).status == 0)
    }

    // MARK: Connections made from here

    private func askForConnection(_ guest: DoorStage.Guest?) {
        let target = SSHChannelKind.direct(SSHForwarding(host: "192.0.2.1", port: 22))
        guest?.visitor.connection?.openChannel(target, handler: ClientChannel()).whenDone { _ in }
        guest?.pair.pump()
    }

    /// A player where administrators may, and an administrator where nobody may.
    @Test(arguments: [Role.player, .admin]) func whatIsNotForwardedIsOnRecord(role: Role) throws {
        let stage = try DoorStage(role: role)
        if role == .player { stage.factory.services.dial = { _, _ in nil } }
        let guest = stage.ada()
        for _ in 0..<30 { askForConnection(guest) }
        let records = stage.audited.filter { $0.kind == .forward }
        #expect(records.count == 20)
        #expect(
            records.allSatisfy { $0.outcome == .refused && $0.actor == "Ada" && $0.subject == "192.0.2.1:22" })
    }

    @Test func whoWantsTheServerToListenIsOnRecord() throws {
        let stage = try DoorStage(role: .admin)
        let guest = stage.ada()
        guest?.visitor.connection?.request(.forward(host: "localhost", port: 8080)).whenDone { _ in }
        guest?.pair.pump()
        let record = stage.audited.last
        #expect(record?.kind == .forward && record?.outcome == .refused)
        #expect(record?.actor == "Ada" && record?.subject == "localhost:8080")
    }
}
