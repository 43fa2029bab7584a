import Basics
import GatewayCore
import Testing
import WorldLanguage
import WorldModel
import WorldVerbs

/// Those who are told what is said on channels, beside the players.
@Suite struct HearingTests {
    @Test func everyListenerIsToldOnceAndNotBeforeItIsDurable() throws {
        let world = GameStage.makeWorld()
        let root = try #require(world.root)
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 2)
        let chat = try Channel.create("chat", Turn(world: world, actor: root, role: .owner, attendance: nil))
        world.set(.joinsNewcomers, to: true, on: chat.thing)
        _ = world.endTurn()
        let stage = try GameStage(world: world)
        var heard: [[String]] = [[], []]
        for index in heard.indices {
            stage.game.hear { utterance in heard[index].append(utterance.words.plain) }
        }
        let ada = try stage.enter("Ada")
        _ = try stage.enter("Ben")
        ada.session?.lineReceived("chat hello")
        stage.pass()
        #expect(heard == [[], []])
        stage.settle()
        #expect(heard == [["hello"], ["hello"]])
        stage.type("say nothing for them", ada)
        #expect(heard == [["hello"], ["hello"]])
    }
}
