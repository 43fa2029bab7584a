import Basics
import GatewayCore
import ReactorCore
import SFTPWire
import ShellPeers
import Testing
import WorldModel
import WorldVerbs

@testable import SSHGateway

/// The files of a character over a real game.
@Suite struct GameTreeTests {
    @Test func aPlayerFindsWhatIsTheirs() throws {
        let stage = try TreeStage()
        #expect(try stage.names("/") == ["homepage", "notes", "mail"])
        #expect(try stage.get(stage.tree.attributes(of: .root)).isDirectory)
        #expect(stage.status(stage.tree.list(try stage.path("/World"))) == .noSuchFile)
        #expect(stage.status(stage.tree.attributes(of: try stage.path("/etc/passwd"))) == .noSuchFile)
    }

    @Test func aCloseIsOneTurnAndIsAnsweredWhenItIsDurable() throws {
        let stage = try TreeStage()
        let place = try stage.path("/homepage/index.html")
        let file = try stage.get(stage.tree.open(place, [.write, .create, .truncate], SFTPAttributes()))
        let before = stage.world.sequence
        for offset in 0..<10 { try stage.get(file.write([UInt8(offset)], at: UInt64(offset))) }
        #expect(stage.world.sequence == before)
        #expect(stage.status(stage.tree.attributes(of: place))?.code == .noSuchFile)
        let answer = file.close()
        stage.pass()
        #expect(!answer.isFired && stage.world.sequence == before + 1)
        // Others see it now, but what they are told of it waits as well.
        let look = stage.tree.attributes(of: place)
        stage.pass()
        #expect(!look.isFired)
        stage.game.archiveReached(stage.archive.last)
        #expect(answer.isFired && look.isFired)
        let attributes = try stage.get(look)
        #expect(attributes.size == 10 && attributes.modified == WallInstant(milliseconds: 1_700_000_000_000))
        #expect(try stage.read("/homepage/index.html") == String(decoding: (0..<10).map { UInt8($0) }, as: UTF8.self))
    }

    @Test func aConnectionThatBreaksLeavesTheOldContent() throws {
        let stage = try TreeStage()
        try stage.write("old", to: "/notes/a.txt")
        let before = stage.world.sequence
        let file = try stage.get(
            stage.tree.open(try stage.path("/notes/a.txt"), [.write, .truncate], SFTPAttributes()))
        try stage.get(file.write(Array("half of".utf8), at: 0))
        file.abandon()
        stage.settle()
        #expect(try stage.read("/notes/a.txt") == "old" && stage.world.sequence == before)
    }

    @Test func noteInTheGameAndFileAreOne() throws {
        let stage = try TreeStage()
        try stage.write("Flour.\r\n", to: "/notes/shopping.txt")
        #expect(
            try PlayerFiles(of: stage.ada, in: stage.world).file(at: FilePath(.notes, text: "shopping.txt")).octetCount
                == 8)
        let deeper = stage.tree.open(try stage.path("/notes/a/b"), [.write, .create], SFTPAttributes())
        #expect(stage.status(deeper)?.code == .noSuchFile)
        #expect(throws: SFTPStatus.self) { try stage.write("\u{1B}[2J", to: "/notes/shopping.txt") }
        #expect(try stage.read("/notes/shopping.txt") == "Flour.\r\n")
    }

    @Test func foldersAreMadeMovedAndRemoved() throws {
        let stage = try TreeStage()
        let (pictures, images) = (try stage.path("/homepage/pictures"), try stage.path("/homepage/images"))
        try stage.get(stage.tree.makeDirectory(pictures, SFTPAttributes()))
        try stage.write("x", to: "/homepage/pictures/cat.png")
        #expect(stage.status(stage.tree.removeDirectory(pictures))?.code == .failure)
        #expect(stage.status(stage.tree.remove(pictures))?.code == .failure)
        try stage.get(stage.tree.rename(pictures, to: images, isReplacing: false))
        #expect(try stage.names("/homepage") == ["images"] && (try stage.names("/homepage/images")) == ["cat.png"])
        let (cat, note) = (try stage.path("/homepage/images/cat.png"), try stage.path("/notes/cat"))
        try stage.get(stage.tree.rename(cat, to: note, isReplacing: false))
        try stage.get(stage.tree.removeDirectory(images))
        #expect(try stage.read("/notes/cat") == "x")
        #expect(stage.status(stage.tree.removeDirectory(try stage.path("/notes/cat")))?.code == .failure)
        try stage.get(stage.tree.remove(try stage.path("/notes/cat")))
        #expect(try stage.names("/notes") == [])
    }

    @Test func whatIsAtTheTopStays() throws {
        let stage = try TreeStage(role: .owner)
        for name in ["homepage", "notes", "mail", "World", "new"] {
            let path = try stage.path("/" + name)
            #expect(stage.status(stage.tree.removeDirectory(path))?.code == .permissionDenied)
            #expect(stage.status(stage.tree.remove(path))?.code == .permissionDenied)
            #expect(stage.status(stage.tree.makeDirectory(path, SFTPAttributes()))?.code == .permissionDenied)
            #expect(
                stage.status(stage.tree.rename(path, to: try stage.path("/x"), isReplacing: true))?.code
                    == .permissionDenied)
            #expect(stage.status(stage.tree.open(path, [.write, .create], SFTPAttributes())) != nil)
        }
        #expect(stage.status(stage.tree.open(.root, .read, SFTPAttributes())) != nil)
        try stage.write("x", to: "/notes/a")
        for target in ["/mail/Inbox/1.eml", "/World/areas/a.yaml", "/mail/x"] {
            let move = stage.tree.rename(try stage.path("/notes/a"), to: try stage.path(target), isReplacing: true)
            #expect(stage.status(move) != nil)
        }
        #expect(try stage.read("/notes/a") == "x")
    }

    @Test(arguments: ["/homepage/a b", "/homepage/é", "/homepage/...", "/homepage/a/b/c/d", "/homepage/a\\b"])
    func aNameThatNoFileCanHaveIsRefused(_ place: String) throws {
        let stage = try TreeStage()
        let before = stage.world.sequence
        #expect(
            stage.status(stage.tree.open(try stage.path(place), [.write, .create], SFTPAttributes()))?.code == .failure)
        #expect(stage.status(stage.tree.makeDirectory(try stage.path(place), SFTPAttributes()))?.code == .failure)
        #expect(stage.status(stage.tree.attributes(of: try stage.path(place)))?.code == .noSuchFile)
        #expect(stage.world.sequence == before)
    }

    @Test func whatIsFullSaysSoBeforeAndAtTheClose() throws {
        let stage = try TreeStage()
        let most = String(repeating: "x", count: 256 << 10)
        for name in ["a", "b", "c"] { try stage.write(most, to: "/homepage/" + name) }
        let file = try stage.get(stage.tree.open(try stage.path("/homepage/e"), [.write, .create], SFTPAttributes()))
        try stage.get(file.write([1], at: 0))
        // The room that there was is taken meanwhile.
        try stage.write(most, to: "/homepage/d")
        let status = try #require(stage.status(file.close()))
        #expect(status.code == .failure && status.message.contains("1024 KiB at most"))
        let late = try stage.get(stage.tree.open(try stage.path("/homepage/f"), [.write, .create], SFTPAttributes()))
        #expect(stage.status(late.write([1], at: 0)) != nil)
        let long = try stage.get(stage.tree.open(try stage.path("/homepage/a"), .write, SFTPAttributes()))
        #expect(stage.status(long.write([1], at: 256 << 10)) != nil)
        let whole = try #require(try stage.get(stage.tree.space(of: .root)))
        #expect(whole.octetLimit == 1280 << 10 && whole.freeOctets == 256 << 10)
        #expect(try stage.get(stage.tree.space(of: try stage.path("/mail/Inbox"))) != nil)
        let space = try #require(try stage.get(stage.tree.space(of: try stage.path("/homepage"))))
        #expect(space.freeOctets == 0 && space.octetLimit == 1 << 20 && space.freeFiles == 96)
    }

    @Test func whatWasRefusedCanBeReadInAnyLaterSession() throws {
        let stage = try TreeStage()
        #expect(throws: SFTPStatus.self) { try stage.write("\u{1B}", to: "/notes/a") }
        #expect(try stage.names("/") == ["homepage", "notes", "mail", "refused.txt"])
        #expect(try stage.read("/refused.txt").hasPrefix("/notes/a: not done\nOnly text can be kept here"))
        let path = try stage.path("/refused.txt")
        let size = try stage.get(stage.tree.attributes(of: path)).size
        #expect(size == UInt64(try stage.read("/refused.txt").utf8.count))
        #expect(stage.status(stage.tree.open(path, .write, SFTPAttributes()))?.code == .permissionDenied)
        #expect(stage.status(stage.tree.remove(path))?.code == .permissionDenied)
        // Another file that is kept says nothing of this one.
        try stage.write("b", to: "/notes/b")
        #expect(try stage.names("/").contains("refused.txt"))
        try stage.write("a", to: "/notes/a")
        #expect(try !stage.names("/").contains("refused.txt"))
        #expect(stage.status(stage.tree.attributes(of: path)) == .noSuchFile)
    }

    @Test(arguments: ["/x", "/x/y", "/mail/x", "/mail/Inbox/x", "/World/x.yaml"])
    func whereNothingCanBePutIsSaid(_ place: String) throws {
        let stage = try TreeStage()
        #expect(throws: SFTPStatus.self) { try stage.write("\u{1B}", to: "/notes/a") }
        let path = try stage.path(place)
        let flags: SFTPOpenFlags = [.write, .create, .truncate]
        #expect(stage.status(stage.tree.open(path, flags, SFTPAttributes()))?.code == .permissionDenied)
        #expect(try stage.read("/refused.txt") == "\(place): not done\nPut files into homepage or notes.\n")
        #expect(throws: SFTPStatus.self) { try stage.write("\u{1B}", to: "/notes/a") }
        #expect(stage.status(stage.tree.makeDirectory(path, SFTPAttributes()))?.code == .permissionDenied)
        #expect(try stage.read("/refused.txt") == "\(place): not done\nPut files into homepage or notes.\n")
        #expect(stage.status(stage.tree.attributes(of: path)) == .noSuchFile)
        try stage.write("a", to: "/notes/a")
        let move = stage.tree.rename(try stage.path("/notes/a"), to: path, isReplacing: false)
        #expect(stage.status(move)?.code == .permissionDenied)
    }

    @Test func refusalsOfManyAreForgotten() throws {
        let refusals = FileRefusals()
        let world = World()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let people = (0...FileRefusals.most).map { _ in world.create() }
        _ = world.endTurn()
        for person in people { refusals.note(SFTPStatus.failure("no"), at: try SFTPPath("/a"), for: person) }
        #expect(refusals.text(for: people[0]) == nil && refusals.text(for: people[1]) == "/a: not done\nno\n")
    }

    @Test func whoIsNoMoreHasNoFiles() throws {
        let stage = try TreeStage()
        stage.change { world in _ = world.destroy(stage.ada) }
        #expect(stage.status(stage.tree.list(try stage.path("/homepage"))) != nil)
        #expect(
            stage.status(stage.tree.open(try stage.path("/homepage/a"), [.write, .create], SFTPAttributes())) != nil)
    }

    @Test func nothingIsKeptWhileTheDiskIsFull() throws {
        let stage = try TreeStage()
        stage.game.archiveStalled("the disk is full")
        #expect(throws: SFTPStatus.self) { try stage.write("x", to: "/homepage/a") }
        #expect(try stage.names("/homepage") == [])
    }

    @Test func guestsOnlyLook() throws {
        let stage = try TreeStage()
        stage.change { world in world.set(.isGuest, to: true, on: stage.ada) }
        let new = stage.tree.open(try stage.path("/homepage/a"), [.write, .create], SFTPAttributes())
        #expect(stage.status(new)?.code == .permissionDenied)
        #expect(try stage.names("/homepage") == [])
    }
}
