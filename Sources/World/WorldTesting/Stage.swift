package import Basics
package import WorldLanguage
package import WorldModel
package import WorldVerbs

/// A small world with people in it, played line by line under a time that stands still.
///
/// ```swift
/// let stage = Stage()
/// let hall = stage.room("Hall", "A plain hall.")
/// stage.thing("brass lamp", in: hall, .light) { $0.set(.isSwitchable, true) }
/// let ada = stage.player("Ada", in: hall)
/// stage.play("get lamp", by: ada)   // what everybody reads
/// ```
///
/// After every turn the stage checks what must always hold: no ``World/violations()``, a ``Ledger`` in balance, and a
/// turn without a record has changed nothing. What it finds is in ``failures``.
package final class Stage: Attendance {
    package let world: World
    package private(set) var interpreter: Interpreter
    package private(set) var players: [Thing] = []
    package var roles: [ThingID: Role] = [:]
    package var idleTimes: [ThingID: Duration] = [:]
    /// Whose client says that it is a screen reader.
    package var screenReaders: Set<ThingID> = []
    /// Whose connection is broken.
    package var absent: Set<ThingID> = []
    package var time = WallInstant(milliseconds: 1_700_000_000_000)
    /// That of the last turn; the next has the number after it.
    package var seed: UInt64 = 0
    /// Rules that a turn broke.
    package private(set) var failures: [String] = []
    /// Whether every turn is checked; without it a stage is fast enough to measure.
    package var isChecking = true
    /// The world after the last turn, unless it was changed since.
    private var known: [StoredThing]?

    /// Makes a stage.
    ///
    /// - Parameters:
    ///   - help: The pages `help` shows.
    ///   - world: What was there before, as after a start; an empty world gets its own thing.
    package init(help: HelpLibrary = .empty, world: World = World()) {
        self.world = world
        interpreter = Interpreter(world: world, help: help)
        interpreter.attendance = self
        if world.root == nil { change { world in _ = world.create(.world) } }
    }

    // MARK: Attendance

    package var connected: [Thing] { players.filter { $0.exists && !absent.contains($0.id) } }

    package var inPlay: [Thing] {
        connected + players.filter { $0.exists && absent.contains($0.id) && $0.location != nil }
    }

    package var present: [Presence] {
        connected.map {
            Presence(persona: $0, idle: idleTimes[$0.id] ?? .zero, door: "test")
        }
    }

    package func isPresent(_ persona: Thing) -> Bool {
        persona.exists && players.contains { $0 === persona } && !absent.contains(persona.id)
    }

    package func usesScreenReader(_ persona: Thing) -> Bool { screenReaders.contains(persona.id) }

    // MARK: Playing

    /// Plays a line and returns what came of it.
    package func play(_ line: String, by player: Thing) -> Outcome {
        checked {
            interpreter.perform(line, by: player, role: roles[player.id] ?? .player, at: time, seed: nextSeed())
        }
    }

    /// Reads a line without doing what it says; for measuring.
    package func parse(_ line: String, by player: Thing) -> Bool {
        interpreter.parse(line, by: player, role: roles[player.id] ?? .player, at: time, seed: nextSeed())
    }

    /// Runs a turn that no line made.
    package func turn(by player: Thing, _ body: (Turn) throws -> Void) -> Outcome {
        checked {
            interpreter.turn(by: player, role: roles[player.id] ?? .player, at: time, seed: nextSeed(), body)
        }
    }

    /// Changes the world between turns of play.
    @discardableResult
    package func change<Answer>(_ body: (World) -> Answer) -> Answer {
        known = nil
        world.beginTurn(at: time, seed: nextSeed())
        defer { _ = world.endTurn() }
        return body(world)
    }

    private func nextSeed() -> UInt64 {
        seed += 1
        return seed
    }

    private func checked(_ body: () -> Outcome) -> Outcome {
        guard isChecking else {
            known = nil
            return body()
        }
        let before = known ?? world.snapshot()
        let ledger = world.ledger()
        let outcome = body()
        let after = world.snapshot()
        known = after
        if (outcome.record == nil) != (before == after) {
            failures.append(
                outcome.record == nil
                    ? "a turn without a record changed the world" : "a turn with a record changed nothing")
        }
        if let record = outcome.record {
            failures += world.violations()
            for id in world.strays(in: record) { failures.append("a turn changed \(id), which was gone") }
        }
        if let imbalance = world.ledger().imbalance(since: ledger, outcome.record) { failures.append(imbalance) }
        if let fault = outcome.fault { failures.append("fault \(fault)") }
        return outcome
    }

    /// Counts somebody among the players.
    package func join(_ persona: Thing) {
        players.append(persona)
    }

    /// Counts somebody among the players no longer.
    package func part(_ persona: Thing) {
        players.removeAll { $0 === persona }
        absent.remove(persona.id)
        interpreter.forget(persona)
    }
}
