package import Basics

/// Counts guesses at passwords, per account and per source, over all doors together.
///
/// Account and source are charged when a guess is admitted, not when it turns out wrong, so a hundred connections guessing
/// at the same moment get no more tries than one. The right password clears the account's count and gives the source its
/// charge back, so that a whole school behind one address may log in one after the other. Windows slide.
///
/// Nobody can lock an owner out by guessing: an account that has logged in from a source before has a budget of
/// its own there, whatever is guessed from elsewhere or at its neighbours; and `mud-admin` needs no password.
///
/// | Counted | Limit in one window | For |
/// | --- | --- | --- |
/// | account | `limit` | sources it never logged in from |
/// | account and source | `limit` | sources it has logged in from |
/// | source | `sourceLimit`, three times as much | accounts that never logged in from it |
/// | source in a minute | `sourceMinuteLimit`, twice as much, at least 20 | the same |
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
    /// Guesses from one source in one window that are wrong or under way: several people may share an address.
    package let sourceLimit: Int
    /// The same in a minute, so that they are not all made at once.
    package let sourceMinuteLimit: Int
    package let window: Duration
    private var accounts: RecencyTable<String, [MonotonicInstant]>
    private var sources: RecencyTable<String, [MonotonicInstant]>
    /// The guesses admitted at an account from where it has logged in before.
    private var known: RecencyTable<Pair, [MonotonicInstant]>

    package init(limit: Int = 10, window: Duration = .seconds(600), capacity: Int = 65_536) {
        self.limit = max(1, limit)
        sourceLimit = 3 * self.limit
        sourceMinuteLimit = max(20, 2 * self.limit)
        self.window = window
        accounts = RecencyTable(capacity: capacity)
        sources = RecencyTable(capacity: capacity)
        known = RecencyTable(capacity: capacity)
    }

    /// Charges one guess to the account and the source, or refuses it and charges nothing.
    ///
    /// The account is the name as typed (unknown names are counted as well, so a refusal reveals nothing),
    /// the source the peer's address as the door knows it; see ``sourceKey(_:)``.
    package mutating func admit(account: String, source: String, now: MonotonicInstant) -> Verdict {
        let verdict = verdict(account: account, source: source, now: now)
        if verdict == .admitted { charge(account: account, source: source, now: now) }
        return verdict
    }

    /// What ``admit(account:source:now:)`` would say; charges nothing.
    package func verdict(account: String, source: String, now: MonotonicInstant) -> Verdict {
        let pair = Pair(account: account.folded, source: Self.sourceKey(source))
        let wait: Duration
        if let charges = known.peek(pair) {
            wait = remainingWait(recent(charges, now), limit, now)
        } else {
            let bySource = recent(sources.peek(pair.source), now)
            wait = max(
                remainingWait(recent(accounts.peek(pair.account), now), limit, now),
                remainingWait(bySource, sourceLimit, now),
                remainingWait(bySource, sourceMinuteLimit, now, within: .seconds(60)))
        }
        return wait > .zero ? .refused(wait: wait) : .admitted
    }

    /// Charges one guess to the account and the source, for one that had to be looked at first to know that it is wrong.
    package mutating func charge(account: String, source: String, now: MonotonicInstant) {
        let pair = Pair(account: account.folded, source: Self.sourceKey(source))
        if let charges = known.peek(pair) {
            known.store(recent(charges, now) + [now], for: pair)
        } else {
            accounts.store(recent(accounts.peek(pair.account), now) + [now], for: pair.account)
        }
        sources.store(recent(sources.peek(pair.source), now) + [now], for: pair.source)
    }

    /// Takes back the last charge of account and source, for a guess that could not be checked.
    package mutating func withdraw(account: String, source: String) {
        let pair = Pair(account: account.folded, source: Self.sourceKey(source))
        if let charges = known.peek(pair) {
            known.store(Array(charges.dropLast()), for: pair)
        } else {
            accounts.store(Array(accounts.peek(pair.account)?.dropLast() ?? []), for: pair.account)
        }
        giveBack(pair.source)
    }

    /// Takes back the source's last charge alone, for a guess that was right and does not let anybody in yet.
    package mutating func acquit(source: String) { giveBack(Self.sourceKey(source)) }

    private mutating func giveBack(_ key: String) {
        if let charges = sources.peek(key), !charges.isEmpty { sources.store(Array(charges.dropLast()), for: key) }
    }

    /// Clears the account's charges, and takes back the source's, after the right password of an admitted guess.
    package mutating func succeeded(account: String, source: String) {
        let pair = Pair(account: account.folded, source: Self.sourceKey(source))
        accounts.remove(pair.account)
        known.store([], for: pair)
        giveBack(pair.source)
    }

    /// Gives an account a budget of its own for a source it has logged in from in an earlier run; `key` is a
    /// ``sourceKey(_:)``.
    package mutating func know(account: String, key: String) {
        known.store([], for: Pair(account: account.folded, source: key))
    }

    private func recent(_ charges: [MonotonicInstant]?, _ now: MonotonicInstant) -> [MonotonicInstant] {
        charges?.filter { $0.duration(to: now) < window } ?? []
    }

    private func remainingWait(
        _ charges: [MonotonicInstant], _ limit: Int, _ now: MonotonicInstant, within window: Duration? = nil
    ) -> Duration {
        guard charges.count >= limit else { return .zero }
        return max(.zero, now.duration(to: charges[charges.count - limit].advanced(by: window ?? self.window)))
    }
}
