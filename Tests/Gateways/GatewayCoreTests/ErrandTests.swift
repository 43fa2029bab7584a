import Basics
import TerminalWire
import Testing
import WorldLanguage
import WorldModel
import WorldVerbs

@testable import GatewayCore

/// Single commands of somebody who waits for the answer and is gone.
@Suite struct ErrandTests {
    private let stage: GameStage

    init() throws { stage = try GameStage() }

    private var ada: Thing? { stage.world.player(named: "Ada") }

    /// Has Ada made and gone.
    private func makeAda() throws {
        let door = try stage.enter("Ada")
        stage.type("quit", door)
    }

    private func run(_ line: String) throws -> (text: String, isRefused: Bool)? {
        var answer: ErrandAnswer?
        stage.game.runErrand(line, as: try #require(ada), profile: TerminalProfile()) { answer = $0 }
        stage.settle()
        return answer.map { (String(decoding: $0.text, as: UTF8.self), $0.isRefused) }
    }

    @Test func whoIsAwayStaysAway() throws {
        try makeAda()
        let watcher = try stage.enter("Ben")
        let answer = try #require(try run("look"))
        #expect(answer.text.contains("A plain hall.") && answer.text.contains("Ben") && !answer.isRefused)
        #expect(watcher.takeSeen().isEmpty)
        let ada = try #require(ada)
        #expect(ada.location == nil && !stage.game.isPresent(ada))
    }

    @Test func whatIsSaidFromAfarIsHeard() throws {
        try makeAda()
        let watcher = try stage.enter("Ben")
        let answer = try #require(try run("say hello"))
        #expect(answer.text.contains("You say, \"hello\""))
        let seen = watcher.takeSeen()
        #expect(seen.contains("Ada says, \"hello\"") && !seen.contains("arrives") && !seen.contains("gone"))
    }

    @Test func whatIsTakenFromAfarIsThereAtTheReturn() throws {
        try makeAda()
        #expect(try run("get lamp")?.isRefused == false)
        let door = try stage.comeBack("Ada")
        _ = door.takeSeen()
        stage.type("inventory", door)
        #expect(door.takeSeen().contains("brass lamp"))
    }

    @Test func whatIsRefusedChangesNothing() throws {
        try makeAda()
        let answer = try #require(try run("get moon"))
        #expect(answer.isRefused && !answer.text.isEmpty)
        #expect(ada?.location == nil)
    }

    @Test func aQuestionInPlayIsForTheAskerAlone() throws {
        let door = try stage.enter("Ada")
        #expect(try run("look")?.text.contains("A plain hall.") == true)
        #expect(door.takeSeen().isEmpty)
    }

    @Test func aDeedInPlayIsShownAtTheOtherConnections() throws {
        let door = try stage.enter("Ada")
        _ = try run("get lamp")
        let seen = door.takeSeen()
        #expect(seen.contains("> get lamp") && seen.contains("brass lamp"))
        #expect(ada?.location != nil)
    }

    @Test func aTextThatIsBeingWrittenGetsNoLineOfIt() throws {
        let door = try stage.enter("Ada")
        stage.type("mail ada", door)
        let isEditing = ada?[.isEditing] == true
        #expect(try run("look")?.text.contains("A plain hall.") == true)
        #expect((ada?[.isEditing] == true) == isEditing)
    }

    @Test func theAnswerWaitsForTheDisk() throws {
        try makeAda()
        var answer: ErrandAnswer?
        stage.game.runErrand("say hello", as: try #require(ada), profile: TerminalProfile()) { answer = $0 }
        stage.pass()
        #expect(answer == nil)
        stage.settle()
        #expect(answer != nil)
    }

    @Test func whatNeedsAPlayerIsRefused() throws {
        try makeAda()
        let answer = try #require(try run("password"))
        #expect(answer.isRefused && answer.text.contains("log in without a command"))
    }

    @Test func nothingIsNothing() throws {
        try makeAda()
        #expect(try run("  ")?.text.isEmpty == true)
    }
}
