import Basics
import GatewayCore
import ReactorCore
import Testing
import WorldModel
import WorldVerbs

/// The hours of the world as the game tells them.
@Suite struct WorldClockTests {
    private func outdoors() throws -> GameStage {
        let world = GameStage.makeWorld()
        let hall = try #require(world.startPlace)
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        world.set(.isOutdoors, to: true, on: hall)
        _ = world.endTurn()
        return try GameStage(world: world)
    }

    /// A real instant of the hour in which the sun rises on the first day.
    private var dawn: WallInstant? {
        WorldCalendar.standard.instant(of: WorldTime(day: 0, hour: WorldCalendar.standard.season(of: 0).dawn))
    }

    @Test func dawnIsToldOnceToThoseOutdoors() throws {
        let stage = try outdoors()
        let ada = try stage.enter("ada")
        _ = ada.takeSeen()
        // It is past three in the night, and the next hour begins in 200 seconds.
        stage.advance(.seconds(199))
        #expect(ada.takeSeen() == "")
        stage.wall.now = try #require(dawn)
        stage.advance(.seconds(1))
        let seen = ada.takeSeen()
        #expect(seen.contains("The sun rises.") || seen.contains("It grows light"), "\(seen)")
        stage.advance(.seconds(299))
        #expect(ada.takeSeen() == "")
        // The timer fires, but the clock on the wall stands still.
        stage.advance(.seconds(1))
        #expect(ada.takeSeen() == "")
    }

    @Test func nobodyIndoorsIsTold() throws {
        let stage = try GameStage()
        let ada = try stage.enter("ada")
        _ = ada.takeSeen()
        stage.wall.now = try #require(dawn)
        stage.advance(.seconds(200))
        #expect(ada.takeSeen() == "")
    }
}
