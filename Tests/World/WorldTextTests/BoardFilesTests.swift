import Basics
import Testing
import WorldModel
import WorldText
import WorldVerbs

@Suite struct BoardFilesTests {
    private static func read(_ things: String) -> (content: WorldContent, diagnostics: [String]) {
        let area = """
            area: inn
            rooms:
              hall:
                name: Hall
                description: Wide.
                things:
                  board: \(things)

            """
        let world = ContentSource(path: "world.yaml", text: "title: Inn\nstart: inn/hall\n")
        let (content, diagnostics) = ContentReader.read([world, ContentSource(path: "inn.yaml", text: area)])
        return (content, diagnostics.map(\.description))
    }

    private static func board(_ notes: String) -> String {
        "{name: board, description: Cork., board: {title: News, notes: {\(notes)}}}"
    }

    private let first = "rules: {subject: Rules, by: the host, text: Wipe your boots.}"

    @Test func notesAreThereFromTheStart() throws {
        let (content, diagnostics) = Self.read(Self.board(first))
        #expect(diagnostics == [])
        let world = makeWorld(content)
        let thing = try #require(world.thing(forContentKey: "inn/board"))
        let board = Board(thing, in: world)
        #expect(thing.has(.board))
        #expect(board.title == "News")
        #expect(board.notes.map(\.number) == [1])
        #expect(board.notes.map(\.subject) == ["Rules"])
        #expect(board.notes.map(\.authorName) == ["the host"])
        #expect(board.notes.map(\.body) == ["Wipe your boots."])
        #expect(world.violations() == [])
    }

    @Test func aReloadFollowsTheFileAndKeepsWhatPlayersPinned() throws {
        let world = makeWorld(Self.read(Self.board(first)).content)
        let thing = try #require(world.thing(forContentKey: "inn/board"))
        world.beginTurn(at: WallInstant(milliseconds: 5000), seed: 1)
        let note = world.create(.letter)
        world.set(.subject, to: "Lost", on: note)
        world.set(.body, to: "My hat.", on: note)
        _ = try Board(thing, in: world).post(note)
        _ = world.endTurn()
        let second = "hours: {subject: Hours, text: We never close.}"
        let changed = first.replacing("Wipe your boots.", with: "Shut the door.")
        _ = load(Self.read(Self.board("\(changed), \(second)")).content, into: world)
        let notes = Board(thing, in: world).notes
        #expect(notes.map(\.number) == [1, 2, 3])
        #expect(notes.map(\.subject) == ["Rules", "Lost", "Hours"])
        #expect(notes.first?.body == "Shut the door.")
        #expect(notes.map(\.date.milliseconds) == [0, 5000, 0])
        #expect(world.violations() == [])
    }

    @Test func aBoardNeedsNothingElse() throws {
        let (content, diagnostics) = Self.read("{name: board, description: Cork., board: true}")
        #expect(diagnostics == [])
        let world = makeWorld(content)
        #expect(world.thing(forContentKey: "inn/board")?.has(.board) == true)
    }

    @Test(arguments: [
        ("{name: board, description: Cork., board: maybe}", "board of thing inn/board must be a map"),
        ("{name: board, description: Cork., board: {titel: x}}", "has no key titel (did you mean title?)"),
        ("{name: board, description: Cork., container: true, board: true}", "is a board and a container at once"),
        (board("rules: {text: x}"), "note inn/rules has no subject"),
        (board("rules: {subject: x}"), "note inn/rules has no text"),
        (board("rules: {subject: x, text: y, author: z}"), "note inn/rules has no key author"),
        (board("Rules: {subject: x, text: y}"), "Rules cannot name a note"),
    ])
    func saysWhatIsWrong(_ things: String, _ mistake: String) {
        let diagnostics = Self.read(things).diagnostics
        #expect(diagnostics.contains { $0.contains(mistake) }, "\(diagnostics)")
    }
}
