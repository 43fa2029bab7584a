import ReactorCore
import SFTPWire
import ShellPeers
import Testing

/// A tree whose files answer when the test says so.
private final class LaggingTree: SFTPTree {
    private final class LaggingFile: SFTPFile {
        unowned let tree: LaggingTree
        init(_ tree: LaggingTree) { self.tree = tree }

        var attributes: SFTPAttributes { .file(size: 1 << 30) }
        func read(at offset: UInt64, count: Int) -> Deferred<[UInt8]> {
            tree.wait("read \(offset)").map { Array(repeating: 1, count: count) }
        }
        func write(_ octets: [UInt8], at offset: UInt64) -> Deferred<Void> { tree.wait("write \(offset)") }
        func setAttributes(_ attributes: SFTPAttributes) -> Deferred<Void> { tree.wait("set") }
        func synchronize() -> Deferred<Void> { tree.wait("synchronize") }
        func close() -> Deferred<Void> { tree.wait("close") }
        func abandon() { tree.asked.append("abandon") }
    }

    var asked: [String] = []
    var waiting: [Deferred<Void>] = []

    func wait(_ what: String) -> Deferred<Void> {
        asked.append(what)
        let deferred = Deferred<Void>()
        waiting.append(deferred)
        return deferred
    }

    func release(_ index: Int = 0) { waiting.remove(at: index).succeed() }

    func attributes(of path: SFTPPath) -> Deferred<SFTPAttributes> { wait("stat").map { .directory() } }
    func list(_ path: SFTPPath) -> Deferred<[SFTPEntry]> { wait("list").map { [] } }
    func open(_ path: SFTPPath, _ flags: SFTPOpenFlags, _ attributes: SFTPAttributes) -> Deferred<any SFTPFile> {
        wait("open").map { LaggingFile(self) }
    }
}

@Suite("SFTP server's order and pace")
struct SFTPServerFlowTests {
    private func stage() throws -> (ServerStage, LaggingTree, [UInt8]) {
        let tree = LaggingTree()
        let stage = ServerStage(tree)
        let id = stage.send(.open(path: octets("/f"), [.read, .write], SFTPAttributes()))
        tree.release()
        guard case .handle(let handle) = stage.reply(to: id) else { throw SFTPStatus.failure("not opened") }
        tree.asked = []
        return (stage, tree, handle)
    }

    @Test("Reads and writes go side by side, everything else waits its turn")
    func order() throws {
        let (stage, tree, handle) = try stage()
        let first = stage.send(.read(handle: handle, at: 1, count: 1))
        let second = stage.send(.write(handle: handle, at: 2, data: [1]))
        let third = stage.send(.attributes(path: octets("/a")))
        let fourth = stage.send(.read(handle: handle, at: 4, count: 1))
        #expect(tree.asked == ["read 1", "write 2"])
        tree.release(1)
        #expect(stage.reply(to: second) == .status(.ok) && stage.reply(to: first) == nil)
        #expect(tree.asked == ["read 1", "write 2"])
        tree.release()
        #expect(stage.reply(to: first) == .data([1]))
        #expect(tree.asked == ["read 1", "write 2", "stat"])
        tree.release()
        #expect(stage.reply(to: third) != nil)
        #expect(tree.asked.last == "read 4")
        tree.release()
        #expect(stage.reply(to: fourth) == .data([1]))
    }

    @Test("At most 64 requests, and a megabyte, are being done; the client is slowed down meanwhile")
    func bounds() throws {
        let (stage, tree, handle) = try stage()
        #expect(!stage.stream.isPaused)
        for place in 0..<200 { stage.send(.read(handle: handle, at: UInt64(place), count: 1)) }
        #expect(tree.waiting.count == 64 && stage.stream.isPaused)
        while !tree.waiting.isEmpty { tree.release() }
        #expect(tree.asked.count == 200 && !stage.stream.isPaused)
        for place in 0..<200 { stage.send(.read(handle: handle, at: UInt64(place), count: .max)) }
        #expect(tree.waiting.count == 5 && stage.stream.isPaused)
        while !tree.waiting.isEmpty { tree.release() }
        #expect(tree.asked.count == 400 && !stage.stream.isPaused)
        for place in 0..<20 {
            stage.send(.write(handle: handle, at: UInt64(place), data: Array(repeating: 0, count: 1 << 17)))
        }
        #expect(tree.waiting.count == 8 && stage.stream.isPaused)
        while !tree.waiting.isEmpty { tree.release() }
        stage.collect()
        #expect(tree.asked.count == 420 && stage.replies.count == 421)
    }

    @Test("Nothing is begun for a client that does not take its answers")
    func behind() throws {
        let (stage, tree, handle) = try stage()
        stage.server.fellBehind()
        stage.send(.read(handle: handle, at: 0, count: 1))
        #expect(tree.asked.isEmpty && stage.stream.isPaused)
        stage.server.caughtUp()
        #expect(tree.asked == ["read 0"] && !stage.stream.isPaused)
    }

    @Test("A file whose opening outlives the session is given back")
    func lateOpen() throws {
        let tree = LaggingTree()
        let stage = ServerStage(tree)
        stage.send(.open(path: octets("/f"), .read, SFTPAttributes()))
        stage.server.closed()
        tree.release()
        #expect(tree.asked == ["open", "abandon"])
        #expect(stage.replies.isEmpty)
    }

    @Test("After the end of the input what was asked is done, and then the stream is closed")
    func inputEnd() throws {
        let (stage, tree, handle) = try stage()
        let closing = stage.send(.close(handle: handle))
        stage.send(.attributes(path: octets("/")))
        stage.server.inputEnded()
        #expect(!stage.stream.isClosed)
        tree.release()
        #expect(stage.reply(to: closing) == .status(.ok) && !stage.stream.isClosed)
        tree.release()
        #expect(stage.stream.isClosed && tree.asked == ["close", "stat"])
    }

    @Test("A close that fails tells why, and an error of the tree's own stays here")
    func closeFails() throws {
        let (stage, tree, handle) = try stage()
        let closing = stage.send(.close(handle: handle))
        struct Broken: Error {}
        tree.waiting.removeFirst().fail(Broken())
        #expect(stage.reply(to: closing) == .status(.failure("this did not work")))
        #expect(stage.acts.contains { if case .failed(let error) = $0 { error is Broken } else { false } })
    }

    @Test("What is no SFTP ends the session, and what cannot be read is answered")
    func malformed() throws {
        let (stage, tree, handle) = try stage()
        stage.server.received(([0, 0, 0, 9, 17, 0, 0, 1, 0, 0, 0, 0, 9] as [UInt8]).span)
        guard case .status(let status) = stage.reply(to: 256) else {
            Issue.record("there is no answer")
            return
        }
        #expect(status.code == .badMessage && !stage.stream.isClosed)
        stage.send(.read(handle: handle, at: 0, count: 1))
        stage.server.received(([0xFF, 0xFF, 0xFF, 0xFF] as [UInt8]).span)
        #expect(stage.stream.isClosed && !stage.stream.isPaused && tree.asked == ["read 0", "abandon"])
        tree.release()
        stage.server.received(SFTPRequest.realPath([]).packet(id: 1000).span)
        #expect(stage.reply(to: 1000) == nil)
    }

    @Test("A stream that was paused goes on after the end, so that its own end is heard")
    func pausedAtTheEnd() throws {
        let (stage, tree, handle) = try stage()
        for place in 0..<70 { stage.send(.read(handle: handle, at: UInt64(place), count: 1)) }
        stage.server.received(([0, 0, 0, 0] as [UInt8]).span)
        #expect(stage.stream.isPaused && !stage.stream.isClosed)
        while !tree.waiting.isEmpty { tree.release() }
        #expect(stage.stream.isClosed && !stage.stream.isPaused)
    }
}
