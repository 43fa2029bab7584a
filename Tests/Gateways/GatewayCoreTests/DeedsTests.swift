import GatewayCore
import Testing
import WorldLanguage
import WorldModel

/// Turns of a character that come from no line.
@Suite struct DeedsTests {
    private struct Trouble: Error {}

    @Test func aDeedIsATurnOfItsOwn() throws {
        let stage = try GameStage()
        let door = try stage.enter("Ada")
        let ada = try #require(stage.world.player(named: "Ada"))
        let before = stage.world.sequence
        let name = try stage.game.act(as: ada) { turn in
            turn.world.set(.description, to: "Tall.", on: turn.actor)
            return turn.actor.name
        }
        #expect(name == "Ada" && stage.world.sequence == before + 1)
        var isDurable = false
        stage.game.whenDurable(stage.world.sequence) { isDurable = true }
        stage.pass()
        #expect(!isDurable && stage.archive.last == before + 1)
        stage.settle()
        #expect(isDurable && ada[.description] == "Tall.")
        #expect(door.takeSeen() == "")
    }

    @Test func whatIsThrownTakesEverythingBackAndNobodyReadsOfIt() throws {
        let stage = try GameStage()
        let door = try stage.enter("Ada")
        let ada = try #require(stage.world.player(named: "Ada"))
        let before = stage.world.sequence
        #expect(throws: Trouble.self) {
            try stage.game.act(as: ada) { turn in
                turn.world.set(.description, to: "Tall.", on: turn.actor)
                turn.reply("You grow.")
                throw Trouble()
            }
        }
        stage.settle()
        #expect(ada[.description] == "" && stage.world.sequence == before && door.takeSeen() == "")
    }

    @Test func nothingChangesWhileNothingCanBeKept() throws {
        let stage = try GameStage()
        _ = try stage.enter("Ada")
        let ada = try #require(stage.world.player(named: "Ada"))
        stage.game.archiveStalled("the disk is full")
        #expect(throws: GameFailure.readOnly("the disk is full")) {
            try stage.game.act(as: ada) { turn in turn.world.set(.description, to: "Tall.", on: turn.actor) }
        }
        #expect(ada[.description] == "")
    }

    @Test func whoIsAwayCanActToo() throws {
        let stage = try GameStage()
        let door = try stage.enter("Ada")
        stage.type("quit", door)
        let ada = try #require(stage.world.player(named: "Ada"))
        #expect(ada.location == nil)
        try stage.game.act(as: ada) { turn in turn.world.set(.description, to: "Tall.", on: turn.actor) }
        stage.settle()
        #expect(ada[.description] == "Tall.")
    }
}
