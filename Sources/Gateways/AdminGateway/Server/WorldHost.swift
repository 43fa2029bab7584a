package import Basics
package import CredentialCore
package import GatewayCore
package import Logging
package import ReactorCore
import WorldLanguage
package import WorldModel
package import WorldStore
import WorldVerbs

/// A world in play: its database, the committer that writes it, and the game.
///
/// A server has one for as long as it runs; `mud-admin` has one for a moment when no server runs, so that
/// both follow the same rules.
///
/// - Isolation: belongs to the reactor's thread; only the committer's reports arrive from another.
package final class WorldHost {
    package let game: Game
    package let committer: Committer

    /// Starts the committer and the game; nobody is in play yet.
    ///
    /// - Parameters:
    ///   - store: The database the world was loaded from; handed over.
    ///   - world: The loaded world.
    ///   - reactor: Where everything happens, and the committer's reports arrive.
    ///   - desk: Where passwords are hashed, and guesses counted.
    ///   - settings: What the operator decided.
    ///   - log: Where the game writes what happens.
    ///   - wallTime: The civil time.
    ///   - onFatal: Called on the committer's thread when the disk failed; it must end the process.
    package init(
        store: StoredWorld, world: World, reactor: Reactor, desk: CredentialDesk = CredentialDesk(),
        settings: GameSettings, log: Logger, wallTime: @escaping () -> WallInstant,
        onFatal: @escaping @Sendable (String) -> Void
    ) {
        let game = Game(
            reactor: reactor, world: world, interpreter: Interpreter(world: world), desk: desk,
            settings: settings, log: log,
            seed: UInt64.random(in: .min ... .max), wallTime: wallTime)
        let bound = ReactorBound(game, of: reactor)
        let mailbox = reactor.mailbox
        let events = CommitterEvents(
            onDurable: { sequence in mailbox.callFromThread { bound.value(on: $0)?.archiveReached(sequence) } },
            onStalled: { reason in
                let text = reason == .diskFull ? "the disk is full" : "another program has locked the database"
                mailbox.callFromThread { bound.value(on: $0)?.archiveStalled(text) }
            },
            onRecovered: { mailbox.callFromThread { bound.value(on: $0)?.archiveRecovered() } },
            onFatal: onFatal)
        committer = store.startCommitter(events: events)
        game.archive = committer
        self.game = game
    }

    /// Fires when everything that has happened so far is on disk; false when the disk takes nothing.
    package func settle() -> Deferred<Bool> {
        let settled = Deferred<Bool>()
        game.whenDurable(game.world.sequence) { if !settled.isFired { settled.succeed(true) } }
        game.whenStalled { if !settled.isFired { settled.succeed(false) } }
        return settled
    }

    /// Writes everything that waits, folds the log and closes the database; blocks.
    ///
    /// - Returns: Whether every turn is on disk.
    package func stop() -> Bool {
        committer.stop()
        return committer.durable >= game.world.sequence
    }
}

extension Committer: TurnArchive {}
