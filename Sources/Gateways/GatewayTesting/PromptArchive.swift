import GatewayCore
import ReactorCore
package import WorldModel

/// Makes every turn durable at once, unless it is held.
///
/// - Isolation: belongs to the thread of the game's reactor.
package final class PromptArchive: TurnArchive {
    weak var game: Game?
    /// Whether turns wait for ``letGo()``.
    package var isHeld = false
    private var last: UInt64 = 0

    package init() {}

    /// Takes turns, which are durable in the next pass.
    package func submit(_ batch: [TurnRecord]) {
        last = batch.last?.sequence ?? last
        if !isHeld { game?.reactor.callLater(.zero) { [self] in game?.archiveReached(last) } }
    }

    /// Makes durable what was held, and what comes from now on at once.
    package func letGo() {
        isHeld = false
        game?.archiveReached(last)
    }
}
