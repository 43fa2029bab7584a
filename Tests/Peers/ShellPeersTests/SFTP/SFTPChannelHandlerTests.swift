import Basics
import ReactorCore
import ReactorTesting
import SFTPWire
import SSHWire
import ShellPeers
import Testing

/// Files over whole connections: both ends are ours, and the wire is memory.
@Suite("SFTP over SSH")
struct SFTPChannelHandlerTests {
    private let tree = SFTPMemoryTree(octetLimit: 1 << 25) { stageTime }

    private func stage(piece: Int = 65_536) throws -> SSHStage {
        try SSHStage(
            octetsPerDelivery: piece,
            prepare: { [tree] server, _ in
                server.onChannel = { _ in .succeeded(SFTPChannelHandler(tree) { stageTime }) }
            })
    }

    private func run<Value>(_ stage: SSHStage, _ work: Deferred<Value>?) throws -> Value {
        stage.pair.pump()
        var outcome: Result<Value, any Error>?
        work?.whenDone { outcome = $0 }
        guard let outcome else { throw SFTPStatus.failure("nothing moves any more") }
        return try outcome.get()
    }

    @Test("Files go there and come back", arguments: [65_536, 1000])
    func wholeFiles(piece: Int) throws {
        let stage = try stage(piece: piece)
        let client = try run(stage, stage.client.connection?.openSFTP())
        let contents = pattern(2_500_000)
        try run(stage, client.put(contents, to: "/large"))
        #expect(tree.contents(of: try path("/large")) == contents)
        #expect(try run(stage, client.get("/large", limit: contents.count)) == contents)
        #expect(try run(stage, client.list("/")).map(\.text) == ["large"])
        client.close()
        stage.pair.pump()
        #expect(stage.client.connection?.channelCount == 0 && stage.server.connection?.channelCount == 0)
    }

    @Test("A connection that is lost leaves the old contents, and fails what waits")
    func lost() throws {
        tree.put("old", at: try path("/f"))
        let stage = try stage()
        let client = try run(stage, stage.client.connection?.openSFTP())
        let file = try run(stage, client.open("/f", [.write, .truncate]))
        try run(stage, file.write(octets("half"), at: 0))
        stage.pair.cut(after: 0, from: .client)
        let closing = file.close()
        #expect(throws: SFTPStatus.self) { try run(stage, closing) }
        #expect(tree.contents(of: try path("/f")) == octets("old"))
    }

    @Test("A client that closes the channel without reading its answers is let go")
    func unread() throws {
        tree.put(String(repeating: "x", count: 1 << 20), at: try path("/f"))
        let stage = try stage()
        let near = NotingChannel()
        near.pausesAfter = 1
        let channel = try run(stage, stage.client.connection?.openChannel(.session, handler: near))
        #expect(try run(stage, channel.request(.subsystem("sftp"))))
        channel.send(SFTPClientWire.hello)
        channel.send(SFTPRequest.open(path: octets("/f"), .read, SFTPAttributes()).packet(id: 0))
        let handle: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 1]
        for number in 1...200 as ClosedRange<UInt32> {
            channel.send(SFTPRequest.read(handle: handle, at: 0, count: 200_000).packet(id: number))
        }
        stage.pair.pump()
        #expect(near.octets.count < 4 << 20)
        channel.abort()
        near.pausesAfter = .max
        channel.resumeInput()
        stage.pair.pump()
        #expect(near.closedCount == 1)
        #expect(stage.server.connection?.channelCount == 0)
    }

    @Test("The old copying protocol ends with an exit status")
    func oldCopying() throws {
        let stage = try stage()
        let near = NotingChannel()
        let channel = try run(stage, stage.client.connection?.openChannel(.session, handler: near))
        #expect(try run(stage, channel.request(.shell)) == false)
        #expect(try run(stage, channel.request(.execute("scp -t /f"))))
        #expect(near.octets == [0])
        channel.send(octets("C0600 2 f\nab") + [0])
        channel.endOutput()
        stage.pair.pump()
        #expect(near.octets == [0, 0, 0] && near.requests == [.exitStatus(0)] && near.closedCount == 1)
        #expect(tree.contents(of: try path("/f")) == octets("ab"))
    }

    @Test("A server without files says so")
    func without() throws {
        let stage = try SSHStage(prepare: { server, _ in
            server.prepare = { $0.onRequest = { _, _ in .succeeded(false) } }
        })
        #expect(throws: SFTPStatus.self) { try run(stage, stage.client.connection?.openSFTP()) }
        #expect(stage.client.connection?.channelCount == 0)
    }
}
