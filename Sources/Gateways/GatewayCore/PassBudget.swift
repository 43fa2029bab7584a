/// What the game has spent of one pass of the loop, so that what costs much is spread over passes.
///
/// Everybody's commands and departures share ``SessionLimits/passTime``; one of each is done in every pass, however much the others
/// cost, so that neither waits for ever. The loop's other work has its turn between the passes.
///
/// - Isolation: none; a value type.
struct PassBudget {
    /// What is counted apart.
    enum Work {
        case command, departure
    }

    /// The pass that the rest is about.
    private var pass: UInt64?
    private var spent = Duration.zero
    private var commands = 0
    private var departures = 0

    /// Whether one more piece of work may be done in a pass.
    func allows(_ work: Work, in pass: UInt64) -> Bool {
        if self.pass != pass || spent < SessionLimits.passTime { return true }
        return switch work {
        case .command: commands == 0
        case .departure: departures == 0
        }
    }

    /// Counts a piece of work that was done, with the time it took.
    mutating func count(_ work: Work, _ time: Duration, in pass: UInt64) {
        if self.pass != pass { self = PassBudget(pass: pass) }
        spent += time
        switch work {
        case .command: commands += 1
        case .departure: departures += 1
        }
    }

    init() {}

    private init(pass: UInt64) { self.pass = pass }
}
