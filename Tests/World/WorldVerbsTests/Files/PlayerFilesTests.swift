import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

@Suite struct PlayerFilesTests {
    private let stage = Stage()
    private let ada: Thing

    init() {
        ada = stage.player("Ada", in: stage.room("Hall"))
    }

    private var files: PlayerFiles { PlayerFiles(of: ada, in: stage.world) }

    /// One turn of Ada's; nothing of it has happened when it is refused.
    @discardableResult
    private func change(_ body: (PlayerFiles) throws -> Void) -> (problem: FileProblem?, record: TurnRecord?) {
        var problem: FileProblem?
        let outcome = stage.turn(by: ada) { turn in
            do {
                try body(PlayerFiles(of: turn.actor, in: turn.world))
            } catch let error as FileProblem {
                problem = error
                throw turn.refusal(error.sentence)
            }
        }
        #expect(stage.failures == [])
        return (problem, outcome.record)
    }

    private func page(_ text: String) throws -> FilePath { try FilePath(.homepage, text: text) }

    @Test func aFileIsKeptAsItIs() throws {
        let content: [UInt8] = [0, 0xFF, 0x0D, 0x80]
        let path = try page("pictures/cat.png")
        #expect(change { try $0.write(content, to: path) }.problem == .noSuchFolder)
        change { try $0.makeFolder(path.parent) }
        change { try $0.write(content, to: path) }
        let file = try files.file(at: path)
        #expect(file.content == content && file.octetCount == 4 && !file.isFolder)
        #expect(file.modified == stage.time && file.mediaType == "image/png")
        #expect(try files.list(FilePath(.homepage)).map(\.path.text) == ["pictures"])
        #expect(try files.list(path.parent).map(\.path) == [path])
        #expect(files.usage(of: .homepage) == (4, 2))
        #expect(files.all(in: .notes).isEmpty)
    }

    @Test func aWriteWritesNoOtherFile() throws {
        let (big, small) = (try page("big.bin"), try page("small.txt"))
        change { try $0.write([UInt8](repeating: 7, count: 200_000), to: big) }
        change { try $0.write([1], to: small) }
        let record = try #require(change { try $0.write([2], to: small) }.record)
        #expect(record.encoded().count < 200)
    }

    @Test func theWorldIsTheSameAfterARestart() throws {
        change { try $0.makeFolder(try self.page("a")) }
        var records: [TurnRecord] = []
        for number in 0..<5 {
            let (problem, record) = change { try $0.write([UInt8(number)], to: try self.page("a/\(number)")) }
            #expect(problem == nil)
            if let record { records.append(try TurnRecord(decoding: record.encoded())) }
        }
        #expect(records.count == 5)
        let contents = records.flatMap(\.changes).compactMap { change -> [UInt8]? in
            if case .set(_, "content", .octets(let content)?) = change { content } else { nil }
        }
        #expect(contents == (0..<5).map { [UInt8($0)] })
    }

    @Test func everyLimitIsKept() throws {
        let path = try page("a")
        #expect(change { try $0.write([UInt8](repeating: 0, count: 256 << 10), to: path) }.problem == nil)
        #expect(
            change { try $0.write([UInt8](repeating: 0, count: 256 << 10 + 1), to: path) }.problem
                == .longFile(.homepage))
        for name in ["b", "c", "d"] {
            change { try $0.write([UInt8](repeating: 0, count: 256 << 10), to: try self.page(name)) }
        }
        #expect(change { try $0.write([1], to: try self.page("e")) }.problem == .full(.homepage))
        // The old content does not count against the new one.
        #expect(change { try $0.write([UInt8](repeating: 1, count: 256 << 10), to: path) }.problem == nil)
        #expect(try files.file(at: path).content.first == 1)
    }

    @Test func thereAreAHundredFilesAtMost() throws {
        change { files in for number in 0..<100 { try files.write([], to: try self.page("\(number)")) } }
        #expect(change { try $0.write([], to: try self.page("x")) }.problem == .tooManyFiles(.homepage))
        #expect(change { try $0.makeFolder(try self.page("x")) }.problem == .tooManyFiles(.homepage))
        #expect(change { try $0.write([1], to: try self.page("7")) }.problem == nil)
        // Notes have their own.
        #expect(change { try $0.write([], to: try FilePath(.notes, text: "x")) }.problem == nil)
    }

    @Test(arguments: [[0x1B, 0x5B], [0xFF], [0], [0x7F], [0xC3]] as [[UInt8]])
    func notesAreTexts(_ content: [UInt8]) throws {
        let note = try FilePath(.notes, text: "a")
        #expect(change { try $0.write(content, to: note) }.problem == .notText)
        #expect(change { try $0.write(Array("tä\tb\r\nc".utf8), to: note) }.problem == nil)
        // Nor does one come in by another door.
        let page = try page("a")
        change { try $0.write(content, to: page) }
        #expect(
            change { try $0.move(page, to: try FilePath(.notes, text: "b"), isReplacing: false) }.problem == .notText)
        #expect(files.entry(at: page) != nil)
    }

    @Test func aFolderMovesWithWhatIsInIt() throws {
        change { files in
            try files.makeFolder(try self.page("a"))
            try files.makeFolder(try self.page("a/b"))
            try files.write([1], to: try self.page("a/b/c"))
            try files.write([2], to: try self.page("ab"))
        }
        change { try $0.move(try self.page("a"), to: try self.page("z"), isReplacing: false) }
        #expect(files.all(in: .homepage).map(\.path.text) == ["ab", "z", "z/b", "z/b/c"])
        #expect(
            change { try $0.move(try self.page("z"), to: try self.page("z/b/z"), isReplacing: false) }.problem
                == .noSuchFolder)
        #expect(change { try $0.remove(try self.page("z")) }.problem == .folderInUse)
        change { try $0.makeFolder(try self.page("y")) }
        #expect(
            change { try $0.move(try self.page("z"), to: try self.page("y/z"), isReplacing: false) }.problem == .tooDeep
        )
    }

    @Test func aFileGivesWayOnlyWhenItShall() throws {
        change { files in
            try files.write([1], to: try self.page("a"))
            try files.write([2], to: try self.page("b"))
            try files.makeFolder(try self.page("c"))
        }
        #expect(
            change { try $0.move(try self.page("a"), to: try self.page("b"), isReplacing: false) }.problem == .exists)
        #expect(
            change { try $0.move(try self.page("a"), to: try self.page("c"), isReplacing: true) }.problem == .exists)
        #expect(
            change { try $0.move(try self.page("c"), to: try self.page("b"), isReplacing: true) }.problem == .exists)
        change { try $0.move(try self.page("a"), to: try self.page("b"), isReplacing: true) }
        #expect(files.all(in: .homepage).map(\.path.text) == ["b", "c"])
        #expect(try files.file(at: try page("b")).content == [1])
        #expect(change { try $0.remove(FilePath(.homepage)) }.problem == .fixed)
    }

    @Test func nobodyFillsTheLog() throws {
        let path = try page("a")
        let content = [UInt8](repeating: 0, count: 256 << 10)
        var count = 0
        while change({ try $0.write(content, to: path) }).problem == nil, count < 100 { count += 1 }
        #expect(count == (16 << 20) / (256 << 10 + 1024))
        guard case .writtenTooMuch(let wait)? = change({ try $0.write([], to: path) }).problem else {
            // What is left of the hour still takes little things.
            #expect(change({ try $0.write(content, to: path) }).problem != nil)
            return
        }
        #expect(wait <= .seconds(3600))
    }

    @Test func afterAnHourOneMayGoOn() throws {
        let path = try page("a")
        let content = [UInt8](repeating: 0, count: 256 << 10)
        while change({ try $0.write(content, to: path) }).problem == nil {}
        stage.time = WallInstant(milliseconds: stage.time.milliseconds + 3_600_000)
        #expect(change { try $0.write(content, to: path) }.problem == nil)
        // A clock that was put back keeps nobody out.
        stage.time = WallInstant(milliseconds: 1)
        #expect(change { try $0.write(content, to: path) }.problem == nil)
    }

    @Test func guestsKeepNone() throws {
        stage.change { world in world.set(.isGuest, to: true, on: ada) }
        #expect(change { try $0.write([], to: try self.page("a")) }.problem == .guest)
        #expect(change { try $0.makeFolder(try self.page("a")) }.problem == .guest)
    }

    @Test func filesEndWithTheirOwner() throws {
        change { try $0.write([1], to: try self.page("a")) }
        let thing = try files.file(at: try page("a")).thing
        stage.change { world in _ = world.destroy(ada) }
        #expect(!thing.exists)
        #expect(stage.world.violations() == [])
    }
}
