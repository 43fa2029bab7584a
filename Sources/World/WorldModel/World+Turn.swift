package import Basics

/// How to take back one change.
enum Undo {
    case created(Thing)
    case destroyed(Thing)
    case property(Thing, PropertyKey, Value?)
}

/// What an open turn has done so far.
struct OpenTurn {
    var time: WallInstant
    var random: SeededGenerator
    var firstID: UInt64
    var firstArrival: Int64
    var undo: [Undo] = []
    var changes: [Change] = []

    mutating func keepFirst(steps: Int, changes: Int) {
        undo.removeLast(undo.count - steps)
        self.changes.removeLast(self.changes.count - changes)
    }
}

extension World {
    package var isInTurn: Bool { turn != nil }

    /// Whether the open turn has changed anything.
    package var hasChanges: Bool { turn.map { !$0.changes.isEmpty } ?? false }

    /// What the open turn has changed so far, in order.
    package var changes: [Change] { turn?.changes ?? [] }

    /// The open turn's time; the epoch outside a turn.
    package var now: WallInstant { turn?.time ?? WallInstant(milliseconds: 0) }

    /// Opens a turn.
    ///
    /// - Precondition: No turn is open.
    package func beginTurn(at time: WallInstant, seed: UInt64) {
        precondition(turn == nil, "turns do not nest")
        turn = OpenTurn(
            time: time, random: SeededGenerator(seed: seed), firstID: nextID, firstArrival: nextArrival)
    }

    /// Closes the turn and keeps what it did.
    ///
    /// - Returns: What to write to the log; nil when nothing changed, and then no number is used.
    package func endTurn() -> TurnRecord? {
        guard let turn else { preconditionFailure("no turn is open") }
        self.turn = nil
        if turn.changes.isEmpty { return nil }
        touched?.note(turn.undo)
        sequence += 1
        return TurnRecord(sequence: sequence, time: turn.time, changes: turn.changes)
    }

    /// A record with a number of its own for a turn that changed nothing, to keep what it told.
    ///
    /// - Precondition: No turn is open.
    package func makeRecord(at time: WallInstant) -> TurnRecord {
        precondition(turn == nil, "the open turn has no number yet")
        sequence += 1
        return TurnRecord(sequence: sequence, time: time, changes: [])
    }

    /// Closes the turn and takes back everything it did.
    ///
    /// - Complexity: O(*n*) in the number of changes.
    package func rollBack() {
        guard let turn else { preconditionFailure("no turn is open") }
        self.turn = nil
        for step in turn.undo.reversed() { takeBack(step) }
        nextID = turn.firstID
        nextArrival = turn.firstArrival
    }

    /// Does something, then takes back all that it changed; the turn goes on as if it had not been.
    ///
    /// Random numbers drawn meanwhile are drawn again.
    /// - Complexity: O(*n*) in the number of changes.
    package func rehearse<Answer>(_ body: () throws -> Answer) rethrows -> Answer {
        guard let before = turn else { preconditionFailure("no turn is open") }
        let (id, arrival) = (nextID, nextArrival)
        defer {
            for step in (turn?.undo ?? []).dropFirst(before.undo.count).reversed() { takeBack(step) }
            turn = before
            (nextID, nextArrival) = (id, arrival)
        }
        return try body()
    }

    /// Does something wholly or not at all: when it throws, what it changed is taken back, and the turn goes on.
    ///
    /// - Complexity: O(*n*) in the number of changes taken back.
    package func attempt<Answer>(_ body: () throws -> Answer) throws -> Answer {
        precondition(turn != nil, "no turn is open")
        let (steps, changes) = (turn?.undo.count ?? 0, turn?.changes.count ?? 0)
        let (id, arrival) = (nextID, nextArrival)
        do {
            return try body()
        } catch {
            for step in (turn?.undo ?? []).dropFirst(steps).reversed() { takeBack(step) }
            turn?.keepFirst(steps: steps, changes: changes)
            (nextID, nextArrival) = (id, arrival)
            throw error
        }
    }

    private func takeBack(_ step: Undo) {
        switch step {
        case .created(let thing):
            thing.exists = false
            things[thing.id] = nil
        case .destroyed(let thing):
            thing.exists = true
            things[thing.id] = thing
        case .property(let thing, let key, let old): assign(key, old, on: thing)
        }
    }

    /// A random number of the open turn, the same for the same seed.
    package func random(below bound: Int) -> Int {
        guard bound > 1, turn != nil else { return 0 }
        return turn.map { open in
            var generator = open.random
            let number = Int.random(in: 0..<bound, using: &generator)
            turn?.random = generator
            return number
        } ?? 0
    }

    func note(_ undo: Undo, _ change: Change) {
        precondition(turn != nil, "the world changes only inside a turn")
        turn?.undo.append(undo)
        turn?.changes.append(change)
    }
}
