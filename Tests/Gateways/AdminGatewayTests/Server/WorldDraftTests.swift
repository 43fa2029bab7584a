import FileAccess
import FileAccessTesting
import Testing
import WorldText

@testable import AdminGateway

/// What lies beside a file of the world until it is known whether it counts.
@Suite struct WorldDraftTests {
    private let folder: TemporaryFolder
    private var world: WorldFolder { WorldFolder(path: folder.path) }
    private var file: String { folder.path + "/areas/mill.yaml" }

    init() throws {
        folder = try TemporaryFolder()
        try folder.makeFolder("areas")
        try folder.write("old", to: "areas/mill.yaml")
    }

    private func names() throws -> [String] { try namesInFolder(folder.path + "/areas").sorted() }

    @Test func aChangeThatCountsIsFinished() throws {
        let draft = try WorldDraft(Array("new".utf8), for: file)
        #expect(folder.read("areas/mill.yaml") == "old")
        // As after a crash: nothing is known but what lies there and what the world says.
        try world.settleDrafts(mark: draft.mark)
        #expect(folder.read("areas/mill.yaml") == "new")
        #expect(try names() == ["mill.yaml"])
        try world.settleDrafts(mark: draft.mark)
        #expect(folder.read("areas/mill.yaml") == "new")
    }

    @Test(arguments: ["", "other"])
    func aChangeThatDoesNotCountIsThrownAway(_ mark: String) throws {
        _ = try WorldDraft(Array("new".utf8), for: file)
        _ = try WorldDraft(nil, for: file)
        try world.settleDrafts(mark: mark)
        #expect(folder.read("areas/mill.yaml") == "old")
        #expect(try names() == ["mill.yaml"])
    }

    @Test func aRemovalIsFinished() throws {
        let draft = try WorldDraft(nil, for: file)
        #expect(folder.read("areas/mill.yaml") == "old")
        try world.settleDrafts(mark: draft.mark)
        #expect(try names() == [])
    }

    @Test func aNewFileIsMade() throws {
        let draft = try WorldDraft([], for: folder.path + "/areas/a.b.yaml")
        try draft.finish()
        #expect(folder.read("areas/a.b.yaml") == "")
        #expect(try names() == ["a.b.yaml", "mill.yaml"])
    }

    @Test func nothingIsLeftOfOneThatCannotBeWritten() throws {
        #expect(throws: FileFailure.self) { try WorldDraft([], for: folder.path + "/nowhere/mill.yaml") }
    }

    @Test func draftsAreNoPartOfTheWorld() throws {
        let draft = try WorldDraft(Array("new".utf8), for: file)
        #expect(try world.sources().map(\.text) == ["old"])
        #expect(try names().contains(".mill.yaml.\(draft.mark).new"))
    }

    @Test(arguments: [
        "mill.yaml", ".mill.yaml", ".new", "..new", ".a..new", "..1.new", ".a.1.old", ".a.A.new",
        ".a.12345678901234.new",
        ".mill.yaml.swp",
    ])
    func otherFilesAreNoDrafts(_ name: String) throws {
        #expect(WorldDraft(name: name, in: "/") == nil)
        try folder.write("x", to: "areas/" + name)
        try world.settleDrafts(mark: "")
        #expect(folder.read("areas/" + name) == "x")
    }
}
