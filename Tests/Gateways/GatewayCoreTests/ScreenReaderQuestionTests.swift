import GatewayCore
import TerminalWire
import Testing
import WorldLanguage
import WorldModel

/// Whether somebody listens to the text: asked before the first room, and never taken for granted.
@Suite struct ScreenReaderQuestionTests {
    private func create(
        _ stage: GameStage, clientSaysSo: Bool, answering answer: String
    ) throws -> (question: String, setting: String?) {
        let door = try #require(stage.connect())
        if clientSaysSo { door.session?.terminalChanged { $0.screenReader = true } }
        for line in ["Ada", "yes", "correct horse"] { stage.type(line, door) }
        _ = door.takeSeen()
        stage.type("correct horse", door)
        let question = door.takeSeen()
        #expect(!question.contains("Hall"), "no room before the answer")
        stage.type(answer, door)
        let persona = try #require(door.session?.persona)
        return (question, stage.world.holder(of: persona)[.settings]["screenreader"])
    }

    @Test func silenceIsANoUnlessTheClientSaysOtherwise() throws {
        let plain = try create(GameStage(), clientSaysSo: false, answering: "")
        #expect(plain.question.hasSuffix("Yes or no (Enter is no): "))
        #expect(plain.setting == nil)
        let told = try create(GameStage(), clientSaysSo: true, answering: "")
        #expect(told.question.contains("Your program says that you use a screen reader."))
        #expect(told.question.hasSuffix("Yes or no (Enter is yes): "))
        #expect(told.setting == "on")
    }

    @Test func thePlayerKnowsBetterThanTheClient() throws {
        #expect(try create(GameStage(), clientSaysSo: true, answering: "no").setting == "off")
        #expect(try create(GameStage(), clientSaysSo: true, answering: "yes").setting == "on")
        #expect(try create(GameStage(), clientSaysSo: false, answering: "yes").setting == "on")
    }

    @Test func aGuestIsToldHowToHaveItOtherwise() throws {
        let stage = try GameStage()
        let door = try #require(stage.connect())
        door.session?.terminalChanged { $0.screenReader = true }
        stage.type("guest", door)
        let seen = door.takeSeen()
        let notice = try #require(seen.firstRange(of: "set screenreader off"))
        let room = try #require(seen.firstRange(of: "Hall\r\n"))
        #expect(notice.upperBound <= room.lowerBound, "before the first room")
    }
}
