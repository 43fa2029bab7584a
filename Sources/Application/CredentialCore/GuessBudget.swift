package import Basics

/// Counts guesses at passwords, per account and per source, over all doors together.
///
/// An account is charged when a guess is admitted, not when it turns out wrong, so a hundred connections guessing
/// at the same moment get no more tries than one; the right password clears the count. A source is charged when a
/// guess was wrong, so that a whole school behind one address may log in at once. Windows slide.
///
/// Nobody can lock an owner out by guessing: an account that has logged in from a source before has a budget of
/// its own there, whatever is guessed from elsewhere or at its neighbours; and `mud-admin` needs no password.
///
/// | Counted | Limit in one window | For |
/// | --- | --- | --- |
/// | account | `limit` | sources it never logged in from |
/// | account and source | `limit` | sources it has logged in from |
/// | source | `sourceLimit`, three times as much | accounts that never logged in from it |
///
/// - Isolation: none; a value type, time is a parameter.
/// - Limits: at most `capacity` accounts, sources and known pairs are remembered; the longest untouched are
///   forgotten first. Worst case about 25 MB at the default capacity.
package struct GuessBudget {
    /// What the budget says to the next guess.
    package enum Verdict: Equatable, Sendable {
        case admitted
        /// No more guesses until this time has passed.
        case refused(wait: Duration)
    }

    private struct Pair: Hashable {
        var account: String
        var source: String
    }

    /// Guesses admitted in one window, for one account.
    package let limit: Int
    /// Wrong guesses from one source in one window: several people may share an address.
    package let sourceLimit: Int
    package let window: Duration
    private var accounts: RecencyTable<String, [MonotonicInstant]>
    private var sources: RecencyTable<String, [MonotonicInstant]>
    /// The guesses admitted at an account from where it has logged in before.
    private var known: RecencyTable<Pair, [MonotonicInstant]>

    package init(limit: Int = 10, window: Duration = .seconds(600), capacity: Int = 65_536) {
        self.limit = max(1, limit)
        sourceLimit = 3 * self.limit
        self.window = window
        accounts = RecencyTable(capacity: capacity)
        sources = RecencyTable(capacity: capacity)
        known = RecencyTable(capacity: capacity)
    }

    /// Charges one guess to the account, or refuses it and charges nothing.
    ///
    /// The account is the name as typed (unknown names are counted as well, so a refusal reveals nothing),
    /// the source the peer's address as the door knows it; see ``sourceKey(_:)``.
    package mutating func admit(account: String, source: String, now: MonotonicInstant) -> Verdict {
        let pair = Pair(account: account.folded, source: Self.sourceKey(source))
        if let charges = known.peek(pair) {
            let mine = recent(charges, now)
            let wait = remainingWait(mine, limit, now)
            if wait > .zero { return .refused(wait: wait) }
            known.store(mine + [now], for: pair)
            return .admitted
        }
        let byAccount = recent(accounts.peek(pair.account), now)
        let bySource = recent(sources.peek(pair.source), now)
        let wait = max(remainingWait(byAccount, limit, now), remainingWait(bySource, sourceLimit, now))
        if wait > .zero { return .refused(wait: wait) }
        accounts.store(byAccount + [now], for: pair.account)
        return .admitted
    }

    /// Takes back the account's last charge, for a guess that could not be checked.
    package mutating func withdraw(account: String, source: String) {
        let pair = Pair(account: account.folded, source: Self.sourceKey(source))
        if let charges = known.peek(pair) {
            known.store(Array(charges.dropLast()), for: pair)
        } else {
            accounts.store(Array(accounts.peek(pair.account)?.dropLast() ?? []), for: pair.account)
        }
    }

    /// Clears the account's charges, after the right password.
    package mutating func succeeded(account: String, source: String) {
        let pair = Pair(account: account.folded, source: Self.sourceKey(source))
        accounts.remove(pair.account)
        known.store([], for: pair)
    }

    /// Gives an account a budget of its own for a source it has logged in from in an earlier run; `key` is a
    /// ``sourceKey(_:)``.
    package mutating func know(account: String, key: String) {
        known.store([], for: Pair(account: account.folded, source: key))
    }

    /// Charges a wrong guess to its source.
    package mutating func failed(source: String, now: MonotonicInstant) {
        let key = Self.sourceKey(source)
        sources.store(recent(sources.peek(key), now) + [now], for: key)
    }

    private func recent(_ charges: [MonotonicInstant]?, _ now: MonotonicInstant) -> [MonotonicInstant] {
        charges?.filter { $0.duration(to: now) < window } ?? []
    }

    private func remainingWait(_ charges: [MonotonicInstant], _ limit: Int, _ now: MonotonicInstant) -> Duration {
        guard charges.count >= limit else { return .zero }
        return now.duration(to: charges[charges.count - limit].advanced(by: window))
    }
}
