import GatewayCore
import ReactorCore
import SFTPWire
import ShellPeers
import WorldLanguage
import WorldModel

/// Counts what players hold in memory with the files that they have open, and how often they look, in all sessions together.
///
/// - Isolation: belongs to the game's thread; one for all sessions.
/// - Limits: ``ofOne`` and ``ofAll``.
package final class OpenFileBudgets {
    /// Octets of the open files of one account, or of a guest; our choice, all that a player may keep and several times more.
    package static let ofOne = 8 << 20
    /// Octets of all open files; our choice, so that a crowd of accounts leaves the game its memory.
    package static let ofAll = 256 << 20

    /// As long as a file is open it keeps the budget, so that there are never two of one account.
    private struct Entry { weak var budget: SFTPBudget? }

    private let all = SFTPBudget(limit: OpenFileBudgets.ofAll)
    private var entries: [ThingID: Entry] = [:]
    private var rates = FileRates()

    package init() {}

    /// Counts a look at the files of whoever a character belongs to.
    ///
    /// - Returns: How long it has to wait.
    func look(by persona: Thing, in game: Game) -> Duration {
        rates.take(game.world.holder(of: persona).id, at: game.reactor.now)
    }

    /// Octets that are taken by all.
    var taken: Int { all.taken }

    /// The budget of whoever a character belongs to; ask anew for each file.
    func budget(of persona: Thing, in game: Game) -> SFTPBudget {
        let holder = game.world.holder(of: persona).id
        if let known = entries[holder]?.budget { return known }
        entries = entries.filter { $0.value.budget != nil }
        let refusal = game.status(
            .failure,
            """
            Too much is open at once, by you (\(plain: String(Self.ofOne >> 20)) MiB at most) or by everybody. Let some files \
            be done first, and try again.
            """, to: persona)
        let budget = SFTPBudget(limit: Self.ofOne, within: all, refusal: refusal)
        entries[holder] = Entry(budget: budget)
        return budget
    }
}
