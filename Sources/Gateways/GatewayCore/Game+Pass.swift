import Basics
import ReactorCore
import WorldLanguage
import WorldModel
import WorldVerbs

/// What is done in one pass of the loop, and what waits for the next one.
///
/// A line is played at once while this pass has time left for it and nobody waits. Otherwise its session waits in a queue
/// for one line after the other: whoever had a turn goes behind all others, and those left over come first in the next
/// pass, so nobody is overtaken twice by the same.
extension Game {
    /// The number of this pass of the loop, or between two of the next one.
    var pass: UInt64 { reactor.counters.passes }

    /// Whether a line that has just come may be played before anything else.
    var mayTakeTurnAtOnce: Bool { turns.isEmpty && passBudget.allows(.command, in: pass) }

    /// Does a piece of work, and counts its time.
    func spend(_ work: PassBudget.Work, _ piece: () -> Void) {
        let begin = reactor.elapsedInPass
        piece()
        passBudget.count(work, reactor.elapsedInPass - begin, in: pass)
    }

    func sessionHadInput(_ session: Session) {
        if !session.isAwaitingInput {
            session.isAwaitingInput = true
            turns.append(session)
        }
        sessionHasOutput(session)
    }

    func sessionHasOutput(_ session: Session) {
        if !session.isAwaitingRelease {
            session.isAwaitingRelease = true
            withOutput.append(session)
        }
        schedulePassEnd()
    }

    func schedulePassEnd() {
        if isPassEndScheduled { return }
        isPassEndScheduled = true
        reactor.atEndOfPass { [weak self] in
            self?.isPassEndScheduled = false
            self?.endPass()
        }
    }

    /// Plays what waits as long as there is time, hands this pass's turns to the archive and releases what may be seen.
    private func endPass() {
        takeTurns()
        takeDepartures { passBudget.allows(.departure, in: pass) }
        tellFacts()
        if !finished.isEmpty {
            guard let archive else { preconditionFailure("the game has turns and no archive") }
            measurements.submitted(finished.count, through: world.sequence, at: reactor.now)
            archive.submit(finished)
            finished.removeAll(keepingCapacity: true)
        }
        release()
        if isOverloaded, !inputIsPaused {
            inputIsPaused = true
            for session in sessionsByNumber.values { session.updatePause() }
        }
        guard !turns.isEmpty || !departures.isEmpty, !isNextPassScheduled else { return }
        isNextPassScheduled = true
        reactor.callLater(.zero) { [weak self] in
            self?.isNextPassScheduled = false
            self?.schedulePassEnd()
        }
    }

    private func takeTurns() {
        // Those who have had all the lines that this pass has for them.
        var served: [Session] = []
        while passBudget.allows(.command, in: pass), let session = turns.popFirst() {
            session.isAwaitingInput = false
            session.takeTurn()
            guard session.hasLinesToTake || session.hasKeysToTake, !session.isAwaitingInput else { continue }
            session.isAwaitingInput = true
            if session.mayTakeLine { turns.append(session) } else { served.append(session) }
        }
        for session in served { turns.append(session) }
    }

    private func release() {
        let candidates = withOutput
        withOutput.removeAll(keepingCapacity: true)
        for session in candidates {
            session.isAwaitingRelease = false
            session.release(upTo: durable)
            if session.hasHeldOutput, !session.isAwaitingRelease {
                session.isAwaitingRelease = true
                withOutput.append(session)
            }
        }
    }

    /// Whether so many turns wait for the archive that input must wait too.
    var isOverloaded: Bool { world.sequence &- durable > SessionLimits.turnsAhead }
}
