import Basics
import CredentialCore
import FileAccess
import FileAccessTesting
import GatewayCore
import Glibc
import Logging
import ReactorCore
import Testing
import WorldLanguage
import WorldModel
import WorldText
import WorldVerbs

@testable import AdminGateway

/// An archive that makes turns durable when the test says so.
private final class HeldArchive: TurnArchive {
    var last: UInt64 = 0
    func submit(_ batch: [TurnRecord]) { last = batch.last?.sequence ?? last }
}

/// A game, the folder it was made of, and somebody who builds.
private final class Studio {
    let folder: TemporaryFolder
    let reactor: Reactor
    let game: Game
    let editor: WorldEditor
    let archive = HeldArchive()
    let ada: Thing

    static let mill = """
        area: mill
        title: The Mill
        rooms:
          yard: {name: Yard, description: Flour everywhere., exits: {north: loft}}
          loft: {name: Loft, description: Beams., exits: {south: yard}}
        """

    init(role: Role = .builder) throws {
        folder = try TemporaryFolder()
        for name in ["areas", "help"] { try folder.makeFolder(name) }
        try folder.write("title: Test\nstart: mill/yard\n", to: "world.yaml")
        try folder.write(Self.mill, to: "areas/mill.yaml")
        reactor = try Reactor()
        let world = World()
        let files = WorldFolder(path: folder.path)
        let content = try files.read().content
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        _ = ContentLoader.load(content, into: world)
        let turn = Turn(world: world, actor: Thing.makeNobody(), role: .owner, attendance: nil)
        ada = Accounts.create(name: "Ada", passwordHash: "", settings: [:], turn: turn)
        if let account = world.thing(ada, .account) { world.set(.role, to: role.rawValue, on: account) }
        _ = world.endTurn()
        game = Game(
            reactor: reactor, world: world, interpreter: Interpreter(world: world),
            desk: CredentialDesk(cost: .trivial),
            settings: GameSettings(), log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, seed: 7,
            wallTime: { WallInstant(milliseconds: 1_795_412_460_000) })
        game.archive = archive
        game.start()
        editor = WorldEditor(game: game, folder: files)
    }

    /// Runs the loop until there is a result, and lets turns become durable meanwhile or not.
    func wait<Value>(for deferred: Deferred<Value>, durably: Bool = true) throws -> Value {
        var result: Result<Value, any Error>?
        deferred.whenDone { result = $0 }
        while result == nil {
            reactor.runOnePass(waitingAtMost: .milliseconds(50))
            if durably { game.archiveReached(archive.last) }
        }
        guard let result else { throw DeferredFailure.abandoned }
        return try result.get()
    }

    /// Runs the loop until the turn of a change was made, and not further.
    func waitForTurn(after sequence: UInt64) {
        while game.world.sequence == sequence || archive.last == sequence {
            reactor.runOnePass(waitingAtMost: .milliseconds(50))
        }
    }

    func change(_ names: [String], to text: String?) throws -> String {
        let path = try #require(WorldPath(names))
        return try wait(for: editor.change(path, to: text.map { Array($0.utf8) }, by: ada))
    }

    var description: String { game.world.thing(forContentKey: "mill/yard")?[.description] ?? "" }

    func names() throws -> [String] { try namesInFolder(folder.path + "/areas").sorted() }
}

@Suite struct WorldEditorTests {
    private let mill = ["areas", "mill.yaml"]
    private let swept = Studio.mill.replacing("Flour everywhere.", with: "Swept.")

    @Test func fileAndWorldAreNewTogether() throws {
        let studio = try Studio()
        #expect(try studio.change(mill, to: swept) == "0 made, 1 changed, 3 as before")
        #expect(studio.description == "Swept." && studio.folder.read("areas/mill.yaml") == swept)
        #expect(try studio.names() == ["mill.yaml"])
        #expect(studio.game.durable == studio.game.world.sequence)
    }

    @Test func linksAreNeitherFollowedNorWritten() throws {
        let studio = try Studio()
        try studio.folder.write("secret", to: "outside.yaml")
        for (target, link) in [("outside.yaml", "areas/leak.yaml"), ("", "areas/attic")] {
            try #require(symlink(studio.folder.path + "/" + target, studio.folder.path + "/" + link) == 0)
        }
        for names in [["areas", "leak.yaml"], ["areas", "attic"], ["areas", "attic", "outside.yaml"]] {
            let path = try #require(WorldPath(names))
            #expect(try studio.wait(for: studio.editor.entry(at: path)) == nil)
            #expect(try studio.wait(for: studio.editor.read(path)) == nil)
            #expect(try studio.wait(for: studio.editor.list(path)) == nil)
            #expect(throws: WorldEditFailure.failed("it is a link, or behind one, and links are left alone")) {
                try studio.change(names, to: swept)
            }
        }
        let areas = try #require(WorldPath(["areas"]))
        #expect(try studio.wait(for: studio.editor.list(areas))?.map(\.name) == ["mill.yaml"])
        #expect(studio.folder.read("outside.yaml") == "secret")
    }

    @Test func theFileWaitsForTheTurn() throws {
        let studio = try Studio()
        let before = studio.game.world.sequence
        let path = try #require(WorldPath(mill))
        let answer = studio.editor.change(path, to: Array(swept.utf8), by: studio.ada)
        studio.waitForTurn(after: before)
        #expect(!answer.isFired && studio.description == "Swept.")
        #expect(studio.folder.read("areas/mill.yaml") == Studio.mill)
        // The computer stops now, and the turn is lost: its mark is not in the world that is read again.
        let copy = WorldFolder(path: studio.folder.path)
        #expect(try studio.names().count == 2)
        _ = try studio.wait(for: answer)
        #expect(studio.folder.read("areas/mill.yaml") == swept)
        #expect(try studio.names() == ["mill.yaml"])
        try copy.settleDrafts(mark: "")
        #expect(studio.folder.read("areas/mill.yaml") == swept)
    }

    @Test func aLostTurnLeavesTheOldFile() throws {
        let studio = try Studio()
        let before = studio.game.world.sequence
        let path = try #require(WorldPath(mill))
        let answer = studio.editor.change(path, to: Array(swept.utf8), by: studio.ada)
        studio.waitForTurn(after: before)
        answer.whenDone { _ in }
        try WorldFolder(path: studio.folder.path).settleDrafts(mark: "")
        #expect(studio.folder.read("areas/mill.yaml") == Studio.mill)
        #expect(try studio.names() == ["mill.yaml"])
    }

    @Test func aTurnThatCountsBringsTheNewFileAtTheNextStart() throws {
        let studio = try Studio()
        let before = studio.game.world.sequence
        let path = try #require(WorldPath(mill))
        let answer = studio.editor.change(path, to: Array(swept.utf8), by: studio.ada)
        studio.waitForTurn(after: before)
        answer.whenDone { _ in }
        let mark = studio.game.world.root?[.lastEdit] ?? ""
        try WorldFolder(path: studio.folder.path).settleDrafts(mark: mark)
        #expect(studio.folder.read("areas/mill.yaml") == swept)
        #expect(try studio.names() == ["mill.yaml"])
    }

    @Test func aMistakeNamesFileAndLineAndChangesNothing() throws {
        let studio = try Studio()
        let before = studio.game.world.sequence
        let broken = Studio.mill.replacing("{north: loft}", with: "{north: lofty}")
        do {
            _ = try studio.change(mill, to: broken)
            Issue.record("the mistake was taken")
        } catch let failure as WorldEditFailure {
            guard case .wrong(let text) = failure else { return #expect(Bool(false), "\(failure)") }
            #expect(text.hasPrefix("areas/mill.yaml:4:"), "\(text)")
            #expect(text.contains("did you mean mill/loft?"), "\(text)")
        }
        #expect(studio.folder.read("areas/mill.yaml") == Studio.mill)
        #expect(try studio.names() == ["mill.yaml"])
        #expect(studio.game.world.sequence == before)
    }

    @Test(arguments: ["area: [", "area: mill\ttitle: x\u{0}", "", "title: Twice\nstart: mill/yard\n"])
    func whatIsNoAreaIsRefused(_ text: String) throws {
        let studio = try Studio()
        #expect(throws: WorldEditFailure.self) { try studio.change(mill, to: text) }
        #expect(studio.folder.read("areas/mill.yaml") == Studio.mill)
        #expect(try studio.names() == ["mill.yaml"])
    }

    @Test func whatIsNotTheirsIsRefusedInTheTurn() throws {
        let studio = try Studio()
        studio.game.world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let ben = studio.game.world.create([.persona, .player])
        studio.game.world.set(.name, to: "Ben", on: ben)
        if let yard = studio.game.world.thing(forContentKey: "mill/yard") {
            studio.game.world.set(.owner, to: ben, on: yard)
        }
        _ = studio.game.world.endTurn()
        do {
            _ = try studio.change(mill, to: swept)
            Issue.record("it was changed")
        } catch let failure as WorldEditFailure {
            guard case .denied(let text) = failure else { return #expect(Bool(false), "\(failure)") }
            #expect(text.hasPrefix("mill/yard: You may not describe"), "\(text)")
        }
        #expect(studio.description == "Flour everywhere." && studio.folder.read("areas/mill.yaml") == Studio.mill)
        #expect(try studio.names() == ["mill.yaml"])
    }

    @Test func anAreaComesAndGoes() throws {
        let studio = try Studio()
        let barn = "area: barn\ntitle: Barn\nrooms:\n  floor: {name: Floor, description: Straw.}\n"
        _ = try studio.change(["areas", "barn.yaml"], to: barn)
        #expect(studio.game.world.thing(forContentKey: "barn/floor")?.name == "Floor")
        _ = try studio.change(["areas", "barn.yaml"], to: nil)
        #expect(try studio.names() == ["mill.yaml"])
        // What was made stays until somebody ends it, as with any reload.
        #expect(studio.game.world.thing(forContentKey: "barn/floor") != nil)
    }

    @Test func helpIsReadAtOnce() throws {
        let studio = try Studio()
        _ = try studio.change(["help", "mills.md"], to: "---\ntopic: mills\ntitle: Mills\n---\nThey grind.\n")
        #expect(studio.game.interpreter.help.entry("mills") != nil)
    }

    @Test func changesWaitForEachOther() throws {
        let studio = try Studio()
        let path = try #require(WorldPath(mill))
        let answers = ["One.", "Two.", "Three."].map { text in
            studio.editor.change(
                path, to: Array(Studio.mill.replacing("Flour everywhere.", with: text).utf8), by: studio.ada)
        }
        for answer in answers { _ = try studio.wait(for: answer) }
        #expect(studio.description == "Three.")
        #expect(studio.folder.read("areas/mill.yaml")?.contains("Three.") == true)
    }

    @Test func whatIsThereIsTold() throws {
        let studio = try Studio()
        let top = try studio.wait(for: studio.editor.list(try #require(WorldPath([]))))
        #expect(top?.map(\.name) == ["areas", "help", "world.yaml"])
        #expect(top?.map(\.isFolder) == [true, true, false])
        let path = try #require(WorldPath(mill))
        #expect(try studio.wait(for: studio.editor.entry(at: path))?.size == Studio.mill.utf8.count)
        #expect(try studio.wait(for: studio.editor.read(path)) == Array(Studio.mill.utf8))
        let absent = try #require(WorldPath(["areas", "barn.yaml"]))
        #expect(try studio.wait(for: studio.editor.entry(at: absent)) == nil)
        #expect(try studio.wait(for: studio.editor.read(absent)) == nil)
        #expect(try studio.wait(for: studio.editor.list(absent)) == nil)
    }

    @Test func aFolderThatCannotBeWrittenIsSaid() throws {
        let studio = try Studio()
        #expect(throws: WorldEditFailure.failed("the file cannot be written: No such file or directory")) {
            try studio.change(["help", "far", "mills.md"], to: nil)
        }
    }

    @Test(arguments: [["areas", "secret.yaml"], ["far", "secret.yaml"], ["far"]])
    func linksAreNeitherShownNorFollowed(_ names: [String]) throws {
        let studio = try Studio()
        let outside = try TemporaryFolder()
        let secret = try outside.write("secret", to: "secret.yaml")
        #expect(symlink(secret, studio.folder.path + "/areas/secret.yaml") == 0)
        #expect(symlink(outside.path, studio.folder.path + "/far") == 0)
        let path = try #require(WorldPath(names))
        #expect(try studio.wait(for: studio.editor.entry(at: path)) == nil)
        #expect(try studio.wait(for: studio.editor.read(path)) == nil)
        #expect(try studio.wait(for: studio.editor.list(path)) == nil)
        #expect(throws: WorldEditFailure.self) { try studio.change(names, to: "area: x\ntitle: x\n") }
        #expect(outside.read("secret.yaml") == "secret")
        let top = try studio.wait(for: studio.editor.list(try #require(WorldPath([]))))
        #expect(top?.map(\.name) == ["areas", "help", "world.yaml"])
    }
}
