/// A portion of each pass for work that peers cause and that costs much, such as handshakes.
///
/// Work is done at once while the portion lasts; after that it waits its turn in later passes, first come first
/// served, so that everybody else's calls are made meanwhile. At least one piece is done in each pass.
///
/// - Isolation: belongs to its reactor's thread.
/// - Complexity: O(1) for each piece.
package final class PassPortion {
    /// The time in one pass after which pieces wait; our choice, what nobody notices.
    package static let length = Duration.milliseconds(5)

    private unowned let reactor: Reactor
    /// Those that are done are nil until the array is made shorter, so that what they hold is let go.
    private var waiting: [(() -> Void)?] = []
    private var doneCount = 0
    private var spent = Duration.zero
    private var spentInPass: UInt64 = 0
    private var isScheduled = false

    init(_ reactor: Reactor) {
        self.reactor = reactor
    }

    /// Whether a piece may be done at once: nobody waits, and this pass has time left for it.
    package var hasRoom: Bool { !isScheduled && (spentInPass != reactor.counted.passes || spent < Self.length) }

    /// Does a piece of work, and counts its time.
    package func spend(_ piece: () -> Void) {
        let begin = reactor.elapsedInPass
        piece()
        if spentInPass != reactor.counted.passes {
            spentInPass = reactor.counted.passes
            spent = .zero
        }
        spent += reactor.elapsedInPass - begin
    }

    /// Has `piece` done when its turn comes, in a later pass.
    package func wait(_ piece: @escaping () -> Void) {
        waiting.append(piece)
        schedule()
    }

    private func schedule() {
        guard !isScheduled else { return }
        isScheduled = true
        reactor.callLater(.zero) { [weak self] in self?.takeTurns() }
    }

    private func takeTurns() {
        let begin = reactor.elapsedInPass
        repeat {
            let piece = waiting[doneCount]
            waiting[doneCount] = nil
            doneCount += 1
            piece?()
        } while doneCount < waiting.count && reactor.elapsedInPass - begin < Self.length
        if doneCount == waiting.count {
            waiting = []
            doneCount = 0
        } else if doneCount > waiting.count / 2 {
            waiting.removeFirst(doneCount)
            doneCount = 0
        }
        isScheduled = false
        if !waiting.isEmpty { schedule() }
    }
}
