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

    @Test func whatIsSaidWithNobodyAroundIsShownAtTheOtherConnections() throws {
        let door = try stage.enter("Ada")
        _ = try run("say hello")
        let seen = door.takeSeen()
        #expect(seen.contains("> say hello") && seen.contains("You say, \"hello\""))
    }

    @Test(arguments: ["edit me", "look; edit me"]) func noTextIsBegun(line: String) throws {
        let door = try stage.enter("Ada")
        let answer = try #require(try run(line))
        #expect(answer.isRefused && answer.text.contains("log in without a command"))
        #expect(ada?[.isEditing] == false && door.takeSeen().isEmpty)
        stage.type("quit", door)
        #expect(try run(line)?.isRefused == true && ada?[.isEditing] == false)
    }

    @Test func nobodyLeavesByACommand() throws {
        let door = try stage.enter("Ada")
        let answer = try #require(try run("quit"))
        #expect(answer.isRefused && answer.text.contains("ends by itself") && !answer.text.contains("Goodbye"))
        #expect(ada?.location != nil && !door.takeSeen().contains("Goodbye"))
    }

    // MARK: Guests

    private func glance(_ line: String, locale: String = "") -> (text: String, isRefused: Bool)? {
        var answer: ErrandAnswer?
        stage.game.runGlance(line, profile: TerminalProfile(), locale: locale) { answer = $0 }
        stage.settle()
        return answer.map { (String(decoding: $0.text, as: UTF8.self), $0.isRefused) }
    }

    @Test(arguments: [("look", "A plain hall."), ("who", "Ben"), ("help", "help"), ("inventory", "")])
    func aGuestLooksAndLeavesNothingBehind(line: String, expected: String) throws {
        let watcher = try stage.enter("Ben")
        let (count, sequence) = (stage.world.things.count, stage.world.sequence)
        let answer = try #require(glance(line))
        #expect(!answer.isRefused && (expected.isEmpty || answer.text.contains(expected)), "\(answer.text)")
        #expect(stage.world.things.count == count && stage.world.sequence == sequence)
        #expect(watcher.takeSeen().isEmpty && stage.world.player(named: "Guest1") == nil)
    }

    @Test(arguments: ["get lamp", "say hello", "tell ben hello", "shout hello", "emote waves", "look; get lamp"])
    func aGuestDoesNothingFromAfar(line: String) throws {
        let watcher = try stage.enter("Ben")
        let answer = try #require(glance(line))
        #expect(answer.isRefused && answer.text.contains("only looks and asks"), "\(answer.text)")
        #expect(!answer.text.contains("You take") && watcher.takeSeen().isEmpty)
        stage.type("look", watcher)
        #expect(watcher.takeSeen().contains("brass lamp"))
    }

    @Test func aGuestsTroublesAreTold() throws {
        #expect(glance("frobnicate")?.isRefused == true)
        #expect(glance("mail")?.text.contains("log in as new") == true)
        #expect(glance("quit")?.text.contains("ends by itself") == true)
        #expect(glance("")?.text.isEmpty == true)
        // The next guest is not asked what the last one meant.
        #expect(glance("again")?.text.contains("You have not done anything yet.") == true)
    }

    @Test func nothingIsNothing() throws {
        try makeAda()
        #expect(try run("  ")?.text.isEmpty == true)
    }
}
