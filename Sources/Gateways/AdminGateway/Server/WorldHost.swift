package import Basics
package import GatewayCore
package import ReactorCore
package import WorldModel
package import WorldStore

/// A world in play: its database, the committer that writes it, and the game.
///
/// A server has one for as long as it runs; `mud-admin` has one for a moment when no server runs, so that
/// both follow the same rules.
///
/// - Isolation: belongs to the reactor's thread; only the committer's reports arrive from another.
package final class WorldHost {
    package let game: Game
    package let committer: Committer
    private let archive: CommitterArchive

    /// Starts the committer and puts the world into play.
    ///
    /// - Parameters:
    ///   - store: The database the world was loaded from; handed over.
    ///   - reactor: Where the committer's reports arrive.
    ///   - onFatal: Called on the committer's thread when the disk failed; it must end the process.
    ///   - makeGame: Makes the game over the archive it is given.
    package init(
        store: WorldStore, reactor: Reactor, onFatal: @escaping @Sendable (String) -> Void,
        makeGame: (any TurnArchive) -> Game
    ) {
        let archive = CommitterArchive()
        let game = makeGame(archive)
        let bound = ReactorBound(game, of: reactor)
        let mailbox = reactor.mailbox
        let events = CommitterEvents(
            onDurable: { sequence in mailbox.callFromThread { bound.value(on: $0)?.archiveReached(sequence) } },
            onStalled: { reason in mailbox.callFromThread { bound.value(on: $0)?.archiveStalled("\(reason)") } },
            onRecovered: { mailbox.callFromThread { bound.value(on: $0)?.archiveRecovered() } },
            onFatal: onFatal)
        committer = store.startCommitter(events: events)
        archive.committer = committer
        self.archive = archive
        self.game = game
    }

    /// Writes everything that waits, folds the log and closes the database; blocks.
    ///
    /// - Returns: Whether every turn is on disk.
    package func stop() -> Bool {
        committer.stop()
        return committer.durable >= game.world.sequence
    }
}

/// Hands the game's turns to a committer.
private final class CommitterArchive: TurnArchive {
    var committer: Committer?

    func submit(_ batch: [TurnRecord]) {
        committer?.submit(batch)
    }
}
