import Basics
import ReactorCore
import TerminalWire
import Transports
import WorldLanguage

/// Clients that send more than is taken at once: their input waits, with one notice, and costs nobody else anything.
extension Session {
    /// What one client may still send, and the calls that go on when it may send more.
    struct FloodControl {
        /// Lines and octets; nil before anything has come, and without a limit.
        var budget: InputBudget?
        /// Goes on with input that waits for ``budget``.
        var budgetCall: DelayedCall?
        /// Changes of the window that may still be followed; nil before the first.
        var windowBudget: TokenBucket?
        /// Follows a change that had to wait.
        var windowCall: DelayedCall?
        /// The last pass in which completions were looked up, with their number.
        var completions: (pass: UInt64, count: Int) = (0, 0)
    }

    // MARK: Lines and octets

    /// Octets came from the client, whatever they mean; called by the door before it hands on what they say.
    package func octetsReceived(_ count: Int) {
        if isGone || game.settings.linesPerSecond <= 0 { return }
        let now = game.reactor.now
        var budget = flood.budget ?? InputBudget(linesPerSecond: game.settings.linesPerSecond, now: now)
        budget.noteRest(at: now)
        budget.takeOctets(count, at: now)
        let mayRead = budget.mayRead(at: now)
        flood.budget = budget
        if mayRead { return }
        tellOfBudget()
        updatePause()
        awaitBudget()
    }

    /// Counts a line that is taken.
    func countLine() {
        if game.settings.linesPerSecond <= 0 { return }
        let now = game.reactor.now
        var budget = flood.budget ?? InputBudget(linesPerSecond: game.settings.linesPerSecond, now: now)
        budget.noteRest(at: now)
        budget.takeLine(at: now)
        flood.budget = budget
        awaitBudget()
    }

    /// Whether no line may be taken just now because too many were.
    var isOutOfLines: Bool { flood.budget?.hasLine(at: game.reactor.now) == false }

    /// Whether nothing may be read just now because too much was.
    var isOutOfOctets: Bool { flood.budget?.mayRead(at: game.reactor.now) == false }

    /// Tells the player once that what was sent waits.
    func tellOfBudget() {
        guard let rate = flood.budget?.linesPerSecond, flood.budget?.tellsNow() == true else { return }
        say(
            """
            [You send more than can be taken at once: \(plain: String(rate)) lines a second. The rest waits its turn; \
            none of it is lost.]
            """, .warning)
    }

    /// Goes on as soon as there is something to take from again.
    private func awaitBudget() {
        guard flood.budgetCall == nil, let delay = flood.budget?.delay(at: game.reactor.now), delay > .zero else {
            return
        }
        flood.budgetCall = game.reactor.callLater(delay) { [weak self] in
            guard let self else { return }
            flood.budgetCall = nil
            if isGone { return }
            updatePause()
            game.sessionHadInput(self)
            awaitBudget()
        }
    }

    // MARK: Windows

    /// The client told the size of its window in columns and rows; nil is unknown.
    ///
    /// Text is wrapped anew at most ``SessionLimits/windowsPerSecond`` times a second; of more sizes the last one counts.
    package func windowChanged(width: Int?, height: Int? = nil) {
        if isGone { return }
        clientProfile.width = width ?? clientProfile.width
        windowHeight = height ?? windowHeight
        if flood.windowCall == nil { useWindow() }
    }

    private func useWindow() {
        let (now, most) = (game.reactor.now, SessionLimits.windowsPerSecond)
        var budget = flood.windowBudget ?? TokenBucket(rate: most, burst: most, now: now)
        let delay = budget.delay(until: 1, at: now)
        if delay == .zero {
            budget.take(1, at: now)
            game.applySettings(to: self)
        } else {
            flood.windowCall = game.reactor.callLater(delay) { [weak self] in
                guard let self else { return }
                flood.windowCall = nil
                if !isGone { useWindow() }
            }
        }
        flood.windowBudget = budget
    }

    /// Waits for nothing any more; for a session that is gone.
    func cancelWaits() {
        flood.budgetCall?.cancel()
        flood.windowCall?.cancel()
        flood.budgetCall = nil
        flood.windowCall = nil
    }

    // MARK: Completions

    /// Whether one more completion may be looked up in this pass: a key pressed for ever may not cost others their turn.
    func mayComplete() -> Bool {
        let pass = game.pass
        flood.completions = (pass, flood.completions.pass == pass ? flood.completions.count + 1 : 1)
        return flood.completions.count <= SessionLimits.completionsPerPass
    }
}
