package import Basics
package import ReactorCore

/// Where every door brings its passwords: one guess budget, one cost, one bounded queue of hashing work.
///
/// The desk starts no thread. `runOnWorker` takes a job that may block, runs it anywhere, and calls back
/// where the desk lives; until it is set, jobs run at once (which is what a test wants).
///
/// - Isolation: belongs to one thread, that of its reactor.
/// - Limits: at most `waitingLimit` jobs are under way; half of them at most are for newcomers' passwords, and `changeLimit`
///   for changes by those who are in, so that neither keep anybody else from coming in. Beyond that, ``Verdict/busy``.
package final class CredentialDesk {
    /// What a job brings home from its worker thread.
    package enum Outcome: Sendable {
        /// `renewed` is a hash at today's cost when the stored one was made at another.
        case verified(Bool, renewed: String?)
        case hashed(String)
        case failed(PasswordFailure)
        /// Whatever else a checker has had done.
        case other(any Sendable)
    }

    /// The answer to one attempt to log in.
    package enum Verdict: Equatable, Sendable {
        /// The password is right; keep `renewed` in place of the stored hash when there is one.
        case accepted(renewed: String?)
        case wrong
        case tooManyGuesses(wait: Duration)
        /// Too many passwords wait to be checked, or this one could not be; nothing was charged.
        case busy
    }

    /// Why no hash was made.
    package enum Refusal: Error, Equatable {
        case busy
        case failure(PasswordFailure)
    }

    /// Runs a job that may block, then calls `done` exactly once, where the desk lives.
    package typealias Worker = (_ job: @escaping @Sendable () -> Outcome, _ done: @escaping (Outcome) -> Void) -> Void

    /// For work that keeps a processor busy, such as hashing.
    package var runOnWorker: Worker = { job, done in done(job()) }
    /// For work that mostly waits, such as talking to a directory, so that it keeps no password from being hashed.
    package var runOnBlockingWorker: Worker = { job, done in done(job()) }
    package var budget: GuessBudget
    /// What sources have to pay for connections that came to nothing.
    package var penalties = SourcePenalties()
    /// Jobs handed out and not yet home.
    package private(set) var waiting = 0
    /// Those of them that are about a change, and those that are about a newcomer's password.
    private var (changing, creating) = (0, 0)
    private let cost: PasswordHasher.Cost
    private let waitingLimit: Int
    private let changeLimit: Int

    package init(
        cost: PasswordHasher.Cost = .standard, budget: GuessBudget = GuessBudget(), waitingLimit: Int = 256,
        changeLimit: Int = 8
    ) {
        self.changeLimit = changeLimit
        self.cost = cost
        self.budget = budget
        self.waitingLimit = waitingLimit
    }

    /// Checks a password against an account's stored hash, within the budgets.
    ///
    /// `stored` is the account's PHC string; nil when there is no such account, which takes as long and is
    /// always wrong. `forChange` says that the player is in and wants a new password. `then` is called exactly once,
    /// possibly before this returns.
    package func verify(
        _ password: String, against stored: String?, account: String, source: String, forChange: Bool = false,
        now: MonotonicInstant, then: @escaping (Verdict) -> Void
    ) {
        if waiting >= waitingLimit || forChange && changing >= changeLimit { return then(.busy) }
        if case .refused(let wait) = budget.admit(account: account, source: source, now: now) {
            return then(.tooManyGuesses(wait: wait))
        }
        waiting += 1
        if forChange { changing += 1 }
        let job = { @Sendable [cost] in Self.check(password, against: stored, cost: cost) }
        runOnWorker(job) { [self] outcome in
            waiting -= 1
            if forChange { changing -= 1 }
            if case .failed = outcome {
                budget.withdraw(account: account, source: source)
                return then(.busy)
            }
            guard case .verified(true, let renewed) = outcome else { return then(.wrong) }
            budget.succeeded(account: account, source: source)
            then(.accepted(renewed: renewed))
        }
    }

    /// Makes the hash to keep for a new password; `forChange` says that it is to replace one.
    ///
    /// `then` is called exactly once, possibly before this returns.
    package func hash(
        _ password: String, forChange: Bool = false, then: @escaping (Result<String, Refusal>) -> Void
    ) {
        if waiting >= waitingLimit { return then(.failure(.busy)) }
        if forChange ? changing >= changeLimit : creating >= max(1, waitingLimit / 2) {
            return then(.failure(.busy))
        }
        waiting += 1
        if forChange { changing += 1 } else { creating += 1 }
        let job = { @Sendable [cost] in Self.make(password, cost: cost) }
        runOnWorker(job) { [self] outcome in
            waiting -= 1
            if forChange { changing -= 1 } else { creating -= 1 }
            switch outcome {
            case .hashed(let text): then(.success(text))
            case .failed(let failure): then(.failure(.failure(failure)))
            case .verified, .other: then(.failure(.busy))
            }
        }
    }

    // MARK: For a portal and its checkers

    /// Counts a login that begins.
    ///
    /// - Returns: False when too many are under way; then ``endLogin()`` must not be called.
    func beginLogin() -> Bool {
        if waiting >= waitingLimit { return false }
        waiting += 1
        return true
    }

    func endLogin() { waiting -= 1 }

    /// Compares a password with a stored one; neither counted nor charged, because the login is.
    package func compare(_ password: String, with stored: String?) -> Deferred<(isRight: Bool, renewed: String?)> {
        let outcome = Deferred<(isRight: Bool, renewed: String?)>()
        let job = { @Sendable [cost] in Self.check(password, against: stored, cost: cost) }
        runOnWorker(job) { finding in
            switch finding {
            case .verified(let isRight, let renewed): outcome.succeed((isRight, renewed))
            case .failed(let failure): outcome.fail(failure)
            case .hashed, .other: outcome.fail(PasswordFailure.refused("no answer"))
            }
        }
        return outcome
    }

    /// Has work done that keeps a processor busy.
    package func run<Value: Sendable>(
        _ work: @escaping @Sendable (PasswordHasher.Cost) throws -> Value
    ) -> Deferred<Value> {
        Self.run(runOnWorker) { [cost] in try work(cost) }
    }

    /// Has work done that mostly waits.
    package func runBlocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) -> Deferred<Value> {
        Self.run(runOnBlockingWorker, work)
    }

    private static func run<Value: Sendable>(
        _ worker: Worker, _ work: @escaping @Sendable () throws -> Value
    ) -> Deferred<Value> {
        let outcome = Deferred<Value>()
        let job = { @Sendable in Outcome.other(Result { try work() }) }
        worker(job) { finding in
            switch finding {
            case .other(let result as Result<Value, any Error>): outcome.settle(result)
            case .failed(let failure): outcome.fail(failure)
            case .verified, .hashed, .other: outcome.fail(PasswordFailure.refused("no answer"))
            }
        }
        return outcome
    }

    private static func check(_ password: String, against stored: String?, cost: PasswordHasher.Cost) -> Outcome {
        let (isRight, renewed) = StoredPassword.check(password, against: stored, cost: cost)
        return .verified(isRight, renewed: renewed)
    }

    private static func make(_ password: String, cost: PasswordHasher.Cost) -> Outcome {
        do throws(PasswordFailure) {
            return .hashed(try PasswordHasher.hash(password, cost: cost))
        } catch {
            return .failed(error)
        }
    }
}
