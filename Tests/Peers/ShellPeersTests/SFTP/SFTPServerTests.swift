import Basics
import ReactorCore
import SFTPWire
import ShellPeers
import Testing

@Suite("SFTP server")
struct SFTPServerTests {
    private let tree = SFTPMemoryTree(octetLimit: 1 << 20, fileLimit: 200) { stageTime }

    private func stage() throws -> ServerStage {
        tree.put("hello, world\n", at: try path("/notes/greeting.txt"))
        tree.put("abc", at: try path("/notes/other.txt"))
        return ServerStage(tree)
    }

    @Test("A file is read in pieces, and not behind its end")
    func reading() throws {
        let stage = try stage()
        let handle = try #require(stage.open("/notes/greeting.txt", .read))
        #expect(stage.ask(.read(handle: handle, at: 0, count: 5)) == .data(octets("hello")))
        #expect(stage.ask(.read(handle: handle, at: 7, count: 1000)) == .data(octets("world\n")))
        #expect(stage.status(.read(handle: handle, at: 13, count: 1)) == .endOfFile)
        #expect(stage.status(.read(handle: handle, at: .max, count: .max)) == .endOfFile)
        #expect(stage.status(.write(handle: handle, at: 0, data: [1])) == .permissionDenied)
        #expect(stage.status(.close(handle: handle)) == .ok)
        #expect(stage.status(.read(handle: handle, at: 0, count: 5)) == .failure)
        #expect(stage.status(.close(handle: handle)) == .failure)
    }

    @Test("One reply holds 255 KiB at most, whatever is asked for")
    func largeReads() throws {
        let stage = try stage()
        tree.put(String(repeating: "x", count: 1 << 20), at: try path("/large"))
        let handle = try #require(stage.open("/large", .read))
        for count in [262_145, 1 << 24, .max] as [UInt32] {
            guard case .data(let data) = stage.ask(.read(handle: handle, at: 0, count: count)) else {
                Issue.record("nothing was read")
                continue
            }
            #expect(data.count == 261_120)
        }
    }

    @Test("What is written counts from the close on, in whatever order it came")
    func writing() throws {
        let stage = try stage()
        let handle = try #require(stage.open("/notes/new.txt", [.write, .create, .truncate]))
        #expect(stage.status(.write(handle: handle, at: 6, data: octets("world"))) == .ok)
        #expect(stage.status(.write(handle: handle, at: 0, data: octets("hello "))) == .ok)
        #expect(tree.contents(of: try path("/notes/new.txt")) == nil)
        #expect(stage.status(.close(handle: handle)) == .ok)
        #expect(tree.contents(of: try path("/notes/new.txt")) == octets("hello world"))
        guard case .transferred(let place, 0, 11) = stage.acts.last else {
            Issue.record("\(stage.acts)")
            return
        }
        #expect(place.description == "/notes/new.txt")
    }

    @Test("A client that goes away leaves the old contents")
    func abandoned() throws {
        let stage = try stage()
        let handle = try #require(stage.open("/notes/other.txt", [.write, .truncate]))
        _ = stage.ask(.write(handle: handle, at: 0, data: octets("half of")))
        stage.server.closed()
        stage.server.closed()
        #expect(tree.contents(of: try path("/notes/other.txt")) == octets("abc"))
        guard case .dropped(_, octetsWritten: 7) = stage.acts.last else {
            Issue.record("\(stage.acts)")
            return
        }
        #expect(stage.ask(.realPath([])) == nil)
    }

    @Test("Flags say what becomes of a file that is there, or is not")
    func flags() throws {
        let stage = try stage()
        #expect(stage.status(.open(path: octets("/nowhere"), .read, SFTPAttributes())) == .noSuchFile)
        #expect(stage.status(.open(path: octets("/nowhere"), .write, SFTPAttributes())) == .noSuchFile)
        #expect(stage.status(.open(path: octets("/no/where"), [.write, .create], SFTPAttributes())) == .noSuchFile)
        #expect(stage.status(.open(path: octets("/notes"), .read, SFTPAttributes())) == .failure)
        #expect(
            stage.status(.open(path: octets("/notes/other.txt"), [.write, .create, .exclusive], SFTPAttributes()))
                == .failure)
        let neither = try #require(stage.open("/notes/other.txt", []))
        #expect(stage.ask(.read(handle: neither, at: 1, count: 9)) == .data(octets("bc")))
        let append = try #require(stage.open("/notes/other.txt", [.write, .append]))
        _ = stage.ask(.write(handle: append, at: 0, data: octets("def")))
        #expect(stage.status(.close(handle: append)) == .ok)
        #expect(tree.contents(of: try path("/notes/other.txt")) == octets("abcdef"))
        let touch = try #require(stage.open("/notes/empty", [.write, .create]))
        #expect(stage.status(.close(handle: touch)) == .ok)
        #expect(tree.contents(of: try path("/notes/empty")) == [])
        let keep = try #require(stage.open("/notes/other.txt", [.read, .write]))
        _ = stage.ask(.write(handle: keep, at: 1, data: octets("X")))
        #expect(stage.ask(.read(handle: keep, at: 0, count: 9)) == .data(octets("aXcdef")))
    }

    @Test("At most 64 files and directories are open")
    func handles() throws {
        let stage = try stage()
        var handles: [[UInt8]] = []
        for _ in 0..<63 { handles.append(try #require(stage.open("/notes/other.txt", .read))) }
        guard case .handle(let directory) = stage.ask(.openDirectory(path: octets("/"))) else {
            Issue.record("the directory is not opened")
            return
        }
        for _ in 0..<1000 {
            #expect(stage.open("/notes/other.txt", .read) == nil)
            #expect(stage.status(.openDirectory(path: octets("/"))) == .failure)
        }
        #expect(Set(handles).count == 63)
        #expect(stage.status(.close(handle: directory)) == .ok)
        #expect(stage.open("/notes/other.txt", .read) != nil)
        #expect(
            stage.ask(.extended(.limits)) == .extended(SFTPServerLimits(handles: 64).octets))
    }

    @Test("The tree refuses what is more than it may hold", arguments: [(1 << 20) - 16, 1 << 20, .max] as [UInt64])
    func quota(offset: UInt64) throws {
        let stage = try stage()
        let handle = try #require(stage.open("/big", [.write, .create]))
        #expect(stage.status(.write(handle: handle, at: 0, data: [1])) == .ok)
        #expect(stage.status(.write(handle: handle, at: offset, data: [1])) == .failure)
        #expect(stage.status(.write(handle: handle, at: 1, data: [1])) == .ok)
        // A part of a file is none.
        #expect(stage.status(.close(handle: handle)) == .failure)
        #expect(tree.contents(of: try path("/big")) == nil)
        #expect(stage.status(.close(handle: handle)) == .failure)
    }

    @Test("Files that are written at the same time do not exceed it together")
    func quotaRace() throws {
        let stage = try stage()
        let handles = try (0..<50).map { try #require(stage.open("/big\($0)", [.write, .create])) }
        for handle in handles { #expect(stage.status(.write(handle: handle, at: 99_999, data: [1])) == .ok) }
        let closed = handles.map { stage.status(.close(handle: $0)) }
        #expect(closed.filter { $0 == .ok }.count == 10 && tree.octetCount == 1_000_016)
    }

    @Test("Names are changed by the rules of the draft and of OpenSSH")
    func renaming() throws {
        let stage = try stage()
        let (old, new) = (octets("/notes/other.txt"), octets("/notes/greeting.txt"))
        #expect(stage.status(.rename(path: old, newPath: new)) == .failure)
        #expect(stage.status(.rename(path: old, newPath: octets("/notes/third"))) == .ok)
        #expect(stage.status(.extended(.replace(path: octets("/notes/third"), newPath: new))) == .ok)
        #expect(tree.contents(of: try path("/notes/greeting.txt")) == octets("abc"))
        #expect(stage.status(.rename(path: octets("/notes"), newPath: octets("/notes/inside"))) == .failure)
        #expect(stage.status(.rename(path: octets("/notes"), newPath: octets("/texts"))) == .ok)
        #expect(tree.contents(of: try path("/texts/greeting.txt")) == octets("abc"))
        #expect(stage.status(.rename(path: octets("/nowhere"), newPath: octets("/x"))) == .noSuchFile)
        #expect(stage.status(.rename(path: octets("/texts"), newPath: octets("/texts"))) == .ok)
        #expect(tree.octetCount == 3)
    }

    @Test("Directories are made, listed and removed when they are empty")
    func directories() throws {
        let stage = try stage()
        #expect(stage.status(.makeDirectory(path: octets("/d"), SFTPAttributes())) == .ok)
        #expect(stage.status(.makeDirectory(path: octets("/d"), SFTPAttributes())) == .failure)
        #expect(stage.status(.makeDirectory(path: octets("/d/e/f"), SFTPAttributes())) == .noSuchFile)
        #expect(stage.names("/") == [".", "..", "d", "notes"])
        #expect(stage.names("/notes") == [".", "..", "greeting.txt", "other.txt"])
        #expect(stage.names("/notes/other.txt") == nil && stage.names("/nowhere") == nil)
        #expect(stage.status(.removeDirectory(path: octets("/notes"))) == .failure)
        #expect(stage.status(.removeDirectory(path: octets("/notes/other.txt"))) == .failure)
        #expect(stage.status(.remove(path: octets("/notes"))) == .failure)
        #expect(stage.status(.removeDirectory(path: octets("/d"))) == .ok)
        #expect(stage.status(.removeDirectory(path: octets("/"))) == .permissionDenied)
        #expect(stage.status(.remove(path: octets("/notes/other.txt"))) == .ok)
        #expect(stage.names("/notes") == [".", "..", "greeting.txt"])
    }

    @Test("A long listing comes in parts")
    func longListing() throws {
        let tree = SFTPMemoryTree { stageTime }
        let names = (0..<1000).map { String(repeating: "n", count: 60) + "\($0)" }
        for name in names { tree.put("", at: try path("/" + name)) }
        let stage = ServerStage(tree)
        #expect(stage.names("/") == ([".", ".."] + names).sorted())
        let parts = stage.replies.filter { if case .names = $0.reply { true } else { false } }
        #expect(parts.count > 5)
        for part in parts { #expect(part.reply.packet(id: 0).count < 34_000) }
    }

    @Test("Attributes are told and changed, and a size cuts the file")
    func attributes() throws {
        let stage = try stage()
        guard case .attributes(let known) = stage.ask(.attributes(path: octets("notes/other.txt"))) else {
            Issue.record("there are no attributes")
            return
        }
        #expect(known.size == 3 && known.permissions == 0o100600 && known.modified == stageTime)
        var wanted = SFTPAttributes()
        wanted.size = 2
        wanted.permissions = 0o100640
        wanted.times = SFTPAttributes.Times(access: 7, modification: 8)
        wanted.owner = SFTPAttributes.Owner(user: 1000, group: 1000)
        #expect(stage.status(.setAttributes(path: octets("/notes/other.txt"), wanted)) == .ok)
        guard case .attributes(let changed) = stage.ask(.linkAttributes(path: octets("/notes/other.txt"))) else {
            Issue.record("there are no attributes")
            return
        }
        #expect(changed.size == 2 && changed.permissions == 0o100640 && changed.times?.modification == 8)
        #expect(stage.status(.setAttributes(path: octets("/nowhere"), wanted)) == .noSuchFile)
        #expect(stage.status(.extended(.setLinkAttributes(path: octets("/notes"), SFTPAttributes()))) == .ok)
    }

    @Test("Paths are resolved from where the session begins")
    func paths() throws {
        let stage = try stage()
        tree.home = try path("/notes")
        for (asked, path) in [
            (".", "/notes"), ("", "/notes"), ("../x/./y", "/x/y"), ("/../../etc", "/etc"), ("/", "/"),
        ] {
            #expect(stage.ask(.realPath(octets(asked))) == .names([SFTPName(octets(path), longName: octets(path))]))
        }
        for (asked, path) in [("~", "/notes"), ("~/a", "/notes/a"), ("~//../b", "/b"), ("a", "/notes/a")] {
            #expect(
                stage.ask(.extended(.expandPath(octets(asked))))
                    == .names([SFTPName(octets(path), longName: octets(path))]))
        }
        #expect(stage.status(.extended(.expandPath(octets("~root")))) == .noSuchFile)
        #expect(stage.status(.realPath([0xC0, 0xAF])) == .failure)
        #expect(stage.status(.open(path: octets("greeting.txt\0.jpg"), .read, SFTPAttributes())) == .failure)
        #expect(stage.open("greeting.txt", .read) != nil)
    }

    @Test("What is not there is refused by its name")
    func refusals() throws {
        let stage = try stage()
        #expect(stage.status(.unknown(number: 77)) == .operationUnsupported)
        #expect(stage.status(.extended(.other(name: "check-file", data: [1]))) == .operationUnsupported)
        #expect(stage.status(.extended(.hardLink(path: octets("a"), newPath: octets("b")))) == .operationUnsupported)
        #expect(stage.status(.makeLink(target: octets("/etc"), path: octets("b"))) == .operationUnsupported)
        #expect(stage.status(.readLink(path: octets("/notes"))) == .failure)
        #expect(stage.status(.readLink(path: octets("/nowhere"))) == .noSuchFile)
        #expect(stage.status(.extended(.homeDirectory(user: octets("root")))) == .noSuchFile)
    }

    @Test("Room is told as df wants it")
    func space() throws {
        let stage = try stage()
        guard case .extended(let octets) = stage.ask(.extended(.space(path: octets("/")))) else {
            Issue.record("there is no answer")
            return
        }
        let space = try #require(SFTPSpace(octets))
        #expect(space.octetLimit == 1 << 20 && space.fileLimit == 200 && space.freeFiles == 197)
        #expect(space.freeOctets / 512 == ((1 << 20) - 16) / 512)
    }

    @Test("A file is copied on the server")
    func copying() throws {
        let stage = try stage()
        let long = String(repeating: "0123456789", count: 30_000)
        tree.put(long, at: try path("/long"))
        let from = try #require(stage.open("/long", .read))
        let to = try #require(stage.open("/copy", [.write, .create]))
        #expect(stage.status(.extended(.copyData(from: from, at: 0, count: 0, to: to, newOffset: 0))) == .ok)
        #expect(stage.status(.extended(.copyData(from: from, at: 2, count: 3, to: to, newOffset: 300_000))) == .ok)
        #expect(stage.status(.extended(.copyData(from: from, at: .max, count: .max, to: to, newOffset: .max))) == .ok)
        #expect(stage.status(.extended(.copyData(from: from, at: 0, count: 1, to: from, newOffset: 0))) == .failure)
        #expect(
            stage.status(.extended(.copyData(from: to, at: 0, count: 1, to: from, newOffset: 0))) == .permissionDenied)
        #expect(stage.status(.close(handle: to)) == .ok)
        #expect(tree.contents(of: try path("/copy")) == octets(long + "234"))
        let small = try #require(stage.open("/small", [.write, .create]))
        #expect(stage.status(.extended(.copyData(from: from, at: 8, count: 4, to: small, newOffset: 1))) == .ok)
        #expect(stage.status(.close(handle: small)) == .ok)
        #expect(tree.contents(of: try path("/small")) == [0] + octets("8901"))
    }
}
