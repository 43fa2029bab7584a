import Basics
import ReactorCore
import SFTPWire
import ShellPeers
import Testing

@Suite("SFTP client")
struct SFTPClientTests {
    private let tree = SFTPMemoryTree(octetLimit: 1 << 23) { stageTime }

    private func stage(piece: Int = 65_536) throws -> LoopbackStage {
        let stage = LoopbackStage(tree, piece: piece)
        try stage.run(stage.client.start())
        return stage
    }

    @Test("It learns what the server can do")
    func greeting() throws {
        let stage = try stage(piece: 1)
        #expect(stage.client.extensions["posix-rename@openssh.com"] == "1")
        #expect(stage.client.readLimit == 261_120 && stage.client.writeLimit == 261_120)
        #expect(try stage.run(stage.client.realPath(".")) == "/")
    }

    @Test("Whole files go there and come back", arguments: [0, 1, 100, 261_120, 261_121, 1_500_000])
    func wholeFiles(size: Int) throws {
        let contents = pattern(size)
        let stage = try stage(piece: 40_000)
        try stage.run(stage.client.put(contents, to: "/file"))
        #expect(tree.contents(of: try path("/file")) == contents)
        #expect(try stage.run(stage.client.get("/file", limit: size)) == contents)
        if size > 0 {
            #expect(throws: SFTPStatus.self) { try stage.run(stage.client.get("/file", limit: size - 1)) }
        }
        #expect(try stage.run(stage.client.attributes(of: "/file")).size == UInt64(size))
    }

    @Test("Everything else works as well", arguments: [1, 7, 65_536])
    func everything(piece: Int) throws {
        let stage = try stage(piece: piece)
        let client = stage.client
        try stage.run(client.makeDirectory("/d"))
        for name in ["b", "a", "ü"] { try stage.run(client.put(octets(name), to: "/d/" + name)) }
        #expect(try stage.run(client.list("/d")).map(\.text) == ["a", "b", "ü"])
        #expect(throws: SFTPStatus.self) { try stage.run(client.list("/d", limit: 2)) }
        #expect(throws: SFTPStatus.self) { try stage.run(client.rename("/d/a", to: "/d/b")) }
        try stage.run(client.rename("/d/a", to: "/d/b", isReplacing: true))
        #expect(try stage.run(client.get("/d/b", limit: 10)) == octets("a"))
        var times = SFTPAttributes()
        times.times = SFTPAttributes.Times(access: 1, modification: 2)
        try stage.run(client.setAttributes(times, of: "/d/b"))
        #expect(try stage.run(client.linkAttributes(of: "/d/b")).times == times.times)
        #expect(throws: SFTPStatus.self) { try stage.run(client.readLink("/d/b")) }
        #expect(throws: SFTPStatus.self) { try stage.run(client.removeDirectory("/d")) }
        let file = try stage.run(client.open("/d/b", [.read, .write]))
        try stage.run(file.write(octets("xyz"), at: 1))
        #expect(try stage.run(file.attributes()).size == 4)
        #expect(try stage.run(file.read(at: 2, count: 100)) == octets("yz"))
        #expect(try stage.run(file.read(at: 4, count: 100)) == [])
        try stage.run(file.setAttributes(times))
        try stage.run(file.synchronize())
        try stage.run(file.close())
        for name in ["b", "ü"] { try stage.run(client.remove("/d/" + name)) }
        try stage.run(client.removeDirectory("/d"))
        #expect(tree.paths.isEmpty)
        #expect(try stage.run(client.space(at: "/")).freeOctets == 1 << 23)
    }

    @Test("A put that the tree refuses fails, and leaves the old file")
    func refusedPut() throws {
        tree.put("old", at: try path("/file"))
        let stage = try stage()
        #expect(throws: SFTPStatus.self) {
            try stage.run(stage.client.put(Array(repeating: 1, count: (1 << 23) + 1), to: "/file"))
        }
        #expect(tree.contents(of: try path("/file")) == octets("old"))
        #expect(throws: SFTPStatus.noSuchFile) { try stage.run(stage.client.get("/nowhere", limit: 10)) }
    }

    @Test("What is not answered when the stream ends has failed")
    func lost() throws {
        let stage = try stage()
        let waiting = stage.client.realPath(".")
        stage.client.closed()
        var failure: SFTPStatusCode?
        waiting.whenDone { if case .failure(let error) = $0 { failure = (error as? SFTPStatus)?.code } }
        #expect(failure == .connectionLost)
        #expect(throws: SFTPStatus.self) { try stage.run(stage.client.realPath(".")) }
        #expect(throws: SFTPStatus.self) { try stage.run(stage.client.start()) }
    }

    @Test("A server that answers what was not asked is left")
    func unasked() throws {
        let stage = try stage()
        stage.client.received(SFTPReply.status(.ok).packet(id: 4711).span)
        #expect(stage.clientStream.isClosed)
        #expect(throws: SFTPStatus.self) { try stage.run(stage.client.realPath(".")) }
    }

    @Test("A server of another version is left")
    func version() throws {
        let stream = MemoryStream()
        let client = SFTPClient(over: stream)
        var failure: (any Error)?
        client.start().whenDone { if case .failure(let error) = $0 { failure = error } }
        client.received(([0, 0, 0, 5, 2, 0, 0, 0, 6] as [UInt8]).span)
        #expect(stream.isClosed && failure != nil)
    }
}
