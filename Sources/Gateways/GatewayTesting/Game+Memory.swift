package import Basics
import CredentialCore
package import GatewayCore
package import Logging
package import ReactorCore
package import WorldModel
import WorldVerbs

extension Game {
    /// Makes a game in memory and starts it: passwords are checked at once and cheaply, and what is random is the same each time.
    ///
    /// - Parameters:
    ///   - world: With a place to start in, and no open turn.
    ///   - reactor: On whose thread all of it runs.
    ///   - archive: What makes its turns durable.
    ///   - log: Where it writes; nowhere unless given.
    ///   - time: What its clock on the wall shows all the time.
    /// - Returns: The game, which has started.
    package static func inMemory(
        _ world: World, on reactor: Reactor, _ archive: PromptArchive,
        log: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        at time: WallInstant = WallInstant(milliseconds: 1_700_000_000_000)
    ) -> Game {
        let game = Game(
            reactor: reactor, world: world, interpreter: Interpreter(world: world),
            desk: CredentialDesk(cost: .trivial), settings: GameSettings(), log: log, seed: 7, wallTime: { time })
        game.desk.runOnWorker = { job, done in done(job()) }
        archive.game = game
        game.archive = archive
        game.start()
        return game
    }
}
