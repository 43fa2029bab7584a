import Basics
import ReactorCore
import ReactorTesting
import SSHKeys
import SSHWire
import Testing
import Transports

@testable import ShellPeers

/// Peers that are logged in and do what nobody does.
struct SSHConnectionAbuseTests {
    private static func message(_ number: UInt8, _ values: [UInt32]) -> [UInt8] {
        var writer = SSHWriter(message: number)
        for value in values { writer.uint32(value) }
        return writer.octets
    }

    static let messages: [[UInt8]] = [
        message(94, [5, 0]), message(93, [0, .max]), message(97, [3]), message(95, [0, 1, 40]),
        message(91, [0, 0, 1, 1]),
        message(94, [0, 0xFFFF_FFFF]), message(98, [9]), [90, 1], [80], message(92, [0, 0, 0, 0]),
    ]

    @Test(arguments: messages) func whatIsNotRightEndsTheConnectionWithAReason(message: [UInt8]) throws {
        let stage = try SSHStage()
        let (near, far) = try stage.openSession()
        far.channel?.send("before")
        // The first window is beyond half, so that the largest adjustment is too much.
        stage.client.connection?.ssh.send(message)
        stage.client.connection?.flush()
        stage.pair.pump()
        #expect(stage.client.connection?.goodbye?.reason == .protocolError)
        #expect(near.text == "before" && near.closedCount == 1 && far.closedCount == 1)
        guard case .protocolFailure(let error) = stage.server.reasons.first else { throw StageFailure.noChannel }
        #expect((error as? SSHFailure)?.reason == .protocolError)
        #expect(stage.test.leftovers.isEmpty)
    }

    @Test func dataThatNobodyAskedForIsBounded() throws {
        let stage = try SSHStage(server: { $0.receiveWindow = 50_000 })
        let (_, far) = try stage.openSession()
        far.channel?.pauseInput()
        // A peer that does not mind its window.
        var writer = SSHWriter(message: 94)
        writer.uint32(0)
        writer.string([UInt8](repeating: 1, count: 10_000))
        for _ in 0..<6 { stage.client.connection?.ssh.send(writer.octets) }
        stage.client.connection?.flush()
        stage.pair.pump()
        #expect(stage.client.connection?.goodbye?.reason == .protocolError)
        #expect(far.octets.isEmpty && far.closedCount == 1)
    }

    @Test func messagesOfTheConnectionBeforeTheLoginEndIt() throws {
        let stage = try SSHStage(prepare: { _, client in client.passwords = [] })
        stage.client.connection?.ssh.send([80, 0, 0, 0, 1, 0x61, 1])
        stage.client.connection?.flush()
        stage.pair.pump()
        #expect(stage.server.reasons.count == 1 && !stage.server.isLoggedIn && stage.server.kinds.isEmpty)
    }

    @Test func aThousandOpensAreTenChannels() throws {
        let stage = try SSHStage()
        for sender in 0..<1000 as Range<UInt32> {
            var writer = SSHWriter(message: 90)
            writer.string("session")
            for value in [sender, .max, .max] { writer.uint32(value) }
            stage.client.connection?.ssh.send(writer.octets)
        }
        stage.client.connection?.flush()
        stage.pair.step(from: .client)
        for _ in 0..<10 { stage.pair.step(from: .client) }
        #expect(stage.server.channels.count == 10 && stage.server.connection?.channelCount == 10)
    }
}
