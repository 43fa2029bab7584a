import GatewayCore
import ReactorCore
import ReactorTesting
import SSHWire
import ShellPeers
import Testing
import Transports
import WorldModel

@testable import SSHGateway

/// The end of connections to the SSH door by an administrator.
@Suite struct SSHExpulsionTests {
    @Test func aKickEndsFilesThatAreOpenWithoutASession() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        let end = stage.open(guest, .subsystem("sftp"))
        #expect(stage.game.silentEntries.map(\.door) == ["ssh"])
        #expect(stage.game.kick("ada", reason: "") == 1)
        guest?.pair.pump()
        #expect(guest?.visitor.reasons.count == 1 && end.isClosed)
        #expect(stage.game.silentEntries.isEmpty && stage.game.kick("ada", reason: "") == 0)
    }

    @Test func aKickIsReadInTheShellBeforeTheConnectionEnds() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        let end = stage.open(guest, DoorStage.terminal, .shell)
        let files = stage.open(guest, .subsystem("sftp"))
        _ = end.take()
        #expect(stage.game.kick("ada", reason: "Enough.") == 1)
        guest?.pair.pump()
        #expect(end.take().contains("sends you away: Enough."))
        stage.test.advance(by: .seconds(2))
        guest?.pair.pump()
        #expect(guest?.visitor.reasons.count == 1 && files.isClosed)
    }

    @Test func aNewPasswordEndsConnectionsWithoutASession() throws {
        let stage = try DoorStage()
        let guest = stage.ada()
        _ = stage.open(guest, .subsystem("sftp"))
        stage.game.setPassword(of: "ada", to: "another correct horse").whenDone { _ in }
        guest?.pair.pump()
        #expect(guest?.visitor.reasons.count == 1)
    }

    @Test func anOwnerNoMoreHasNoManhole() throws {
        let stage = try DoorStage(role: .owner)
        let (looking, copying) = (stage.ada(), stage.ada())
        _ = stage.open(looking, .subsystem("manhole"))
        _ = stage.open(copying, .subsystem("sftp"))
        _ = stage.game.createAccount(name: "Ben", password: "another correct horse", role: .owner)
        looking?.pair.pump()
        _ = try stage.game.setRole(of: "ada", to: .player)
        for guest in [looking, copying] { guest?.pair.pump() }
        #expect(looking?.visitor.reasons.count == 1 && copying?.visitor.reasons.isEmpty == true)
    }
}
