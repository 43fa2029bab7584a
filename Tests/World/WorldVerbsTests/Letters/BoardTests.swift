import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

@Suite struct BoardTests {
    private let stage = House.make()
    private let board: Thing
    private let ada: Thing
    private let ben: Thing

    init() throws {
        ada = try #require(stage.player(named: "Ada"))
        ben = try #require(stage.player(named: "Ben"))
        board = stage.thing("notice board", in: ada.place, .board)
    }

    private func read(_ line: String, by player: Thing) -> String {
        stage.play(line, by: player).deliveries.filter { $0.recipients.contains { $0 === player } }
            .map(\.text.plain).joined(separator: "\n")
    }

    /// Pins notes without counting them.
    private func pin(_ count: Int) {
        stage.change { world in
            for _ in 0..<count {
                let note = world.create(.letter)
                world.set(.subject, to: "it", on: note)
                world.set(.body, to: "x", on: note)
                world.file(note, in: board)
            }
        }
    }

    @Test func aFullBoardTakesNoMore() {
        pin(LetterLimits.notes)
        let refused = read("post Lost = My hat.", by: ada)
        #expect(refused.hasPrefix("There is no room for another note on this board."), "\(refused)")
        stage.roles[ben.id] = .admin
        _ = stage.play("board remove 1", by: ben)
        #expect(read("post Lost = My hat.", by: ada).hasPrefix("You pin a note"))
        #expect(Board(board, in: stage.world).folder.letter(LetterLimits.notes + 1)?.subject == "Lost")
        #expect(stage.failures == [])
    }

    @Test func notesCountAsLetters() {
        for number in 1...LetterLimits.hourly { _ = stage.play("post \(number) = text", by: ada) }
        #expect(read("post more = text", by: ada).contains("as many as one may"))
        #expect(Board(board, in: stage.world).notes.count == LetterLimits.hourly)
    }

    @Test func whatIsReadIsRemembered() {
        pin(5)
        func unread() -> [Int] { Board(board, in: stage.world).unread(by: ada).map(\.number) }
        #expect(unread() == [1, 2, 3, 4, 5])
        _ = stage.play("board 3", by: ada)
        #expect(unread() == [1, 2, 4, 5])
        #expect(ada[.notesRead] == [String(board.id.number): [0, 3]])
        _ = stage.play("board 1", by: ada)
        _ = stage.play("board 2", by: ada)
        #expect(ada[.notesRead] == [String(board.id.number): [3]])
        // A note that is gone leaves no gap.
        stage.change { world in if let note = LetterFolder(board).letter(4) { world.destroy(note.thing) } }
        _ = stage.play("board 5", by: ada)
        #expect(ada[.notesRead] == [String(board.id.number): [5]])
        #expect(unread() == [])
        #expect(Board(board, in: stage.world).unread(by: ben).map(\.number) == [1, 2, 3, 5])
    }

    @Test func whatIsRememberedOfABoardIsBounded() {
        pin(LetterLimits.notes)
        for number in stride(from: 2, through: LetterLimits.notes, by: 2) { _ = stage.play("board \(number)", by: ada) }
        let marks = ada[.notesRead][String(board.id.number)] ?? []
        #expect(marks.count <= LetterLimits.readAhead + 1)
        // The newest are remembered one by one.
        #expect(Board(board, in: stage.world).unread(by: ada).map(\.number).contains(LetterLimits.notes - 1))
        #expect(!Board(board, in: stage.world).unread(by: ada).map(\.number).contains(LetterLimits.notes))
    }

    @Test func onlySoManyBoardsAreRemembered() {
        pin(1)
        let marks = Dictionary(uniqueKeysWithValues: (0..<60).map { (String(1_000_000 + $0), [1]) })
        stage.change { $0.set(.notesRead, to: marks, on: ada) }
        _ = stage.play("board 1", by: ada)
        #expect(ada[.notesRead].count == 60)
        #expect(ada[.notesRead][String(board.id.number)] == [1])
    }

    @Test func aLockSaysWhoReadsAndPins() {
        pin(1)
        stage.roles[ada.id] = .guest
        #expect(read("board 1", by: ada).hasPrefix("Note 1"))
        #expect(read("post a = b", by: ada).hasPrefix("Guests cannot use post."))
        #expect(read("board reply 1 = b", by: ada) != "")
        #expect(Board(board, in: stage.world).notes.count == 1)
    }

    @Test func notesOfTheIgnoredAreNotListed() throws {
        _ = stage.play("post Lost = My hat.", by: ben)
        _ = stage.play("post Found = A hat.", by: ada)
        let account = try #require(stage.world.thing(ben, .account))
        stage.change { $0.set(PropertyKey(.ignored), to: .list([account.id.value]), on: $0.holder(of: ada)) }
        #expect(Board(board, in: stage.world).notes(for: ada).map(\.subject) == ["Found"])
        #expect(read("board", by: ada).contains("There is one note."))
        #expect(read("board next", by: ada) == "You have read every note on the notice board.")
        #expect(Board(board, in: stage.world).notes(for: ben).count == 2)
    }

    @Test func notesEndWithTheirBoard() {
        let before = stage.world.things.count
        pin(3)
        stage.change { _ = $0.destroy(board) }
        #expect(stage.world.things.count == before - 1)
        #expect(stage.world.violations() == [])
    }

    @Test func notesAreNotForTaking() {
        pin(1)
        for line in ["get it", "get all", "get note from board", "get all from notice board", "look in notice board"] {
            _ = stage.play(line, by: ada)
            #expect(LetterFolder(board).count == 1, "\(line)")
        }
        #expect(stage.failures == [])
    }
}
