import Basics
import GatewayCore
import ReactorCore
import Testing
import WorldLanguage
import WorldModel

/// What those who list games are told is counted.
@Suite struct GameCensusTests {
    @Test func playersAreThoseWhoAreConnected() throws {
        let stage = try GameStage()
        #expect(stage.game.census.players == 0)
        let ada = try stage.enter("Ada")
        #expect(stage.game.census.players == 1)
        ada.session?.connectionLost()
        stage.settle()
        #expect(stage.game.census.players == 0, "a body without a player is none")
    }

    @Test func theWorldIsCountedOnceAMinute() throws {
        let stage = try GameStage()
        let census = stage.game.census
        #expect(census.title == "The Test House")
        #expect(census.rooms == 1)
        #expect(census.objects == 2)
        #expect(census.creatures == 0)
        #expect(census.areas == 0)
        #expect(census.helpPages > 50, "each command has a page")
        #expect(census.languages == ["en"])
        try stage.game.administer { turn in
            let room = turn.world.create(.place)
            turn.world.set(.area, to: "The Garden", on: room)
        }
        #expect(stage.game.census.rooms == 1)
        stage.advance(.seconds(61))
        #expect(stage.game.census.rooms == 2)
        #expect(stage.game.census.areas == 1)
    }

    @Test func theStartIsWhenItWas() throws {
        let stage = try GameStage()
        let first = stage.game.census.startedAt
        #expect(first == 1000)
        stage.wall.now = WallInstant(milliseconds: 1_500_000)
        stage.advance(.seconds(500))
        #expect(stage.game.census.startedAt == first)
    }
}
