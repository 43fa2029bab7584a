import ReactorCore
import SFTPWire
import ShellPeers
import Testing

/// Mounted trees close a file after the program that wrote it has gone on.
@Suite("SFTP files that are not closed yet")
struct SFTPServerUnclosedTests {
    private let tree = SFTPMemoryTree(octetLimit: 1 << 20) { stageTime }

    private func writing(_ text: String, to path: String) throws -> (ServerStage, [UInt8]) {
        tree.put("old", at: try SFTPPath("/old.txt"))
        let stage = ServerStage(tree)
        let handle = try #require(stage.open(path, [.write, .create, .truncate]))
        #expect(stage.status(.write(handle: handle, at: 0, data: octets(text))) == .ok)
        return (stage, handle)
    }

    @Test("A new file is there for its own session")
    func isThere() throws {
        let (stage, handle) = try writing("new", to: "/new.txt")
        guard case .attributes(let attributes) = stage.ask(.linkAttributes(path: octets("/new.txt"))) else {
            Issue.record("there are no attributes")
            return
        }
        #expect(attributes.size == 3)
        #expect(stage.names("/") == [".", "..", "new.txt", "old.txt"])
        #expect(ServerStage(tree).names("/") == [".", "..", "old.txt"])
        var times = SFTPAttributes()
        times.times = SFTPAttributes.Times(access: 5, modification: 6)
        #expect(stage.status(.setAttributes(path: octets("/new.txt"), times)) == .ok)
        let reading = try #require(stage.open("/new.txt", .read))
        #expect(stage.ask(.read(handle: reading, at: 0, count: 10)) == .data(octets("new")))
        #expect(stage.status(.close(handle: handle)) == .ok)
        guard case .attributes(let after) = stage.ask(.attributes(path: octets("/new.txt"))) else {
            Issue.record("there are no attributes")
            return
        }
        #expect(after.times?.modification == 6)
    }

    @Test("A file is renamed over another before it is closed")
    func renamed() throws {
        let (stage, handle) = try writing("new", to: "/.old.txt.tmp")
        #expect(stage.status(.extended(.replace(path: octets("/.old.txt.tmp"), newPath: octets("/old.txt")))) == .ok)
        #expect(stage.status(.write(handle: handle, at: 3, data: octets("more"))) == .failure)
        #expect(stage.status(.close(handle: handle)) == .ok)
        #expect(tree.contents(of: try SFTPPath("/old.txt")) == octets("new"))
        #expect(stage.names("/") == [".", "..", "old.txt"])
    }

    @Test("A file that is removed before it is closed does not come back")
    func removed() throws {
        let (stage, handle) = try writing("new", to: "/new.txt")
        #expect(stage.status(.remove(path: octets("/new.txt"))) == .ok)
        #expect(stage.names("/") == [".", "..", "old.txt"])
        #expect(stage.status(.attributes(path: octets("/new.txt"))) == .noSuchFile)
        #expect(stage.status(.close(handle: handle)) == .ok)
        #expect(tree.contents(of: try SFTPPath("/new.txt")) == nil)
        #expect(stage.status(.remove(path: octets("/new.txt"))) == .noSuchFile)
    }

    @Test("What was asked to last is there when the client goes away")
    func synchronized() throws {
        let (stage, handle) = try writing("new", to: "/new.txt")
        #expect(stage.status(.extended(.synchronize(handle: handle))) == .ok)
        _ = stage.ask(.write(handle: handle, at: 3, data: octets(" and more")))
        stage.server.closed()
        #expect(tree.contents(of: try SFTPPath("/new.txt")) == octets("new"))
    }

    @Test("The old contents stay for everybody until the close")
    func oldStays() throws {
        let (stage, handle) = try writing("newer", to: "/old.txt")
        let other = ServerStage(tree)
        let reading = try #require(other.open("/old.txt", .read))
        #expect(other.ask(.read(handle: reading, at: 0, count: 10)) == .data(octets("old")))
        #expect(stage.status(.close(handle: handle)) == .ok)
        #expect(other.ask(.read(handle: reading, at: 0, count: 10)) == .data(octets("old")))
        #expect(tree.contents(of: try SFTPPath("/old.txt")) == octets("newer"))
    }
}
