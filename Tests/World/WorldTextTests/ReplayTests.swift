import Foundation
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldText
import WorldVerbs

/// A run of many turns by several people in the shipped world comes out the same from its log, and when it is played again.
@Suite struct ReplayTests {
    /// Turns of one run; `make soak` plays the long form.
    private static let count = ProcessInfo.processInfo.environment["MUD_TURNS"].flatMap { Int($0) } ?? 700
    private static let parts = 5
    private static let seeds: ClosedRange<UInt64> = count > 1_000 ? 11...14 : 11...12

    private func makeRun(count: Int, seed: UInt64) throws -> RecordedRun {
        let content = try ShippedWorld.read()
        let stage = Stage()
        _ = stage.change { ContentLoader.load(content, into: $0) }
        let start = try #require(stage.world.startPlace)
        for (name, pronouns, role) in [
            ("Ada", "she", Role.player), ("Ben", "he", .player), ("Cy", "they", .builder), ("Dee", "she", .admin),
        ] {
            equip(stage.player(name, pronouns, in: start, role: role), stage)
        }
        // From here on everything begins as after a start.
        let ready = try Stage(StageState(stage))
        ready.interpreter.languages = LanguageTable(content.languages)
        _ = ready.play("set language zh", by: ready.players[1])
        return RecordedRun(on: ready, cast: ready.players, count: count, parts: Self.parts, seed: seed)
    }

    /// Gives somebody a thing for most verbs, and money, of which none may be lost.
    private func equip(_ person: Thing, _ stage: Stage) {
        stage.thing("hand lamp", in: person, .light) { $0.set(.isSwitchable, true) }
        stage.thing("felt hat", in: person, .wearable) { $0.set(.slot, "head") }
        stage.thing("linen bag", in: person, .container) { $0.set(.isOpenable, true) }
        for _ in 1...2 {
            let purse = stage.thing("purse", in: person)
            stage.change { world in _ = world.set(named: "amount", to: .int(20), on: purse) }
        }
    }

    @Test(arguments: seeds)
    func aRunReplaysFromItsLog(_ seed: UInt64) throws {
        let run = try makeRun(count: Self.count, seed: seed)
        #expect(run.failures == [])
        try replayFromTheBeginning(run)
        try replayFromEachCut(run)
        try playAgain(run)
        // The run was worth it: much changed, some of it was refused, and some of it broke.
        let lines = run.entries.filter { if case .line = $0.event { true } else { false } }
        let changes = lines.count { !$0.records.isEmpty }
        #expect(changes > lines.count / 8, "\(changes) of \(lines.count) lines changed something")
        #expect(lines.contains { $0.hasFault }, "nothing broke")
        let readers = lines.map { Set($0.read.compactMap { $0.split(separator: " ").first }).count }
        #expect(readers.contains { $0 > 2 }, "nobody was together")
        #expect(
            run.entries.contains { $0.read.contains { $0.hasPrefix("Ben ") && $0.contains("你") } }, "Ben read English")
        let names = Set(VerbTable.standard.verbs.map(\.name))
        #expect(names.subtracting(run.verbs) == [], "verbs that nobody typed")
    }

    /// The tables as they were at the beginning, and the whole log.
    private func replayFromTheBeginning(_ run: RecordedRun) throws {
        let world = World()
        let first = try #require(run.cuts.first)
        try world.restore(first.state.things, nextID: first.state.nextID, sequence: first.state.sequence)
        var place = 0
        for cut in run.cuts {
            try replay(run.entries[place..<cut.place], into: world)
            place = cut.place
            expectSame(world, cut, "the log up to \(cut.place)")
        }
    }

    /// The tables as they were at some moment, and the rest of the log.
    private func replayFromEachCut(_ run: RecordedRun) throws {
        let last = try #require(run.cuts.last)
        for cut in run.cuts {
            let world = World()
            try world.restore(cut.state.things, nextID: cut.state.nextID, sequence: cut.state.sequence)
            expectSame(world, cut, "the tables at \(cut.place)")
            try replay(run.entries[cut.place...], into: world)
            expectSame(world, last, "the tables at \(cut.place) and the log from there")
        }
    }

    private func replay(_ entries: ArraySlice<RecordedRun.Entry>, into world: World) throws {
        for record in entries.flatMap(\.records) { try world.replay(try TurnRecord(decoding: record)) }
    }

    private func expectSame(_ world: World, _ cut: RecordedRun.Cut, _ what: String) {
        let dump = world.dump()
        if dump != cut.dump {
            let odd = Set(dump).symmetricDifference(cut.dump).sorted().prefix(6)
            Issue.record("\(what) gives another world: \(odd.joined(separator: "\n"))")
        }
        #expect(world.violations() == [], "\(what)")
    }

    /// The same lines of the same people at the same times with the same seeds have the same effects and are told in the same
    /// words: in a world made anew, and in one that was recovered from the log.
    private func playAgain(_ run: RecordedRun) throws {
        let recovered = World()
        let first = try #require(run.cuts.first)
        try recovered.restore(first.state.things, nextID: first.state.nextID, sequence: first.state.sequence)
        for (cut, next) in zip(run.cuts, run.cuts.dropFirst()) {
            // A part goes on in what the log of all parts before it gave.
            let stage = cut.place == 0 ? try Stage(cut.state) : Stage(cut.state, world: recovered)
            stage.isChecking = false
            if let (place, then, now) = run.firstDifference(in: cut.place..<next.place, on: stage) {
                Issue.record("entry \(place) \(then.event) came out otherwise: \(text(then))\n\(text(now))")
                return
            }
            #expect(stage.world.dump() == next.dump)
            if cut.place == 0 { try replay(run.entries[..<next.place], into: recovered) }
        }
    }

    private func text(_ entry: RecordedRun.Entry) -> String {
        "\(entry.read), \(entry.records.compactMap { try? TurnRecord(decoding: $0) }.flatMap(\.changes))"
    }
}
