import Basics
import Testing
import WorldModel
import WorldStore
import WorldStoreTesting

@Suite struct RoundTripTests {
    private func load(_ path: String, _ options: StoreOptions) throws -> (World, LoadReport) {
        let world = World()
        let store = try StoredWorld(path: path, options: options)
        let report = try store.load(into: world)
        try store.close()
        return (world, report)
    }

    @Test func aNewWorldIsEmptyAndKnowsWhenItWasMade() throws {
        let volume = FaultVolume()
        let made = WallInstant(milliseconds: 1_700_000_000_000)
        try StoredWorld(path: volume.database, options: volume.options, time: made).close()
        let (world, report) = try load(volume.database, volume.options)
        #expect(world.things.isEmpty && world.sequence == 0 && world.nextID == 1)
        #expect(report.created == made)
        #expect(checkStore(at: volume.database).problems.isEmpty)
    }

    @Test func tenThousandTurnsComeBackAsTheyWere() throws {
        let volume = FaultVolume()
        var script = WorldScript(seed: 7)
        let records = script.play(10_000)
        let probe = CommitterProbe()
        let committer = try StoredWorld(path: volume.database, options: volume.options).startCommitter(
            events: probe.events)
        for start in stride(from: 0, to: records.count, by: 700) {
            committer.submit(Array(records[start..<min(start + 700, records.count)]))
        }
        probe.waitForDurable(10_000)
        committer.stop()
        #expect(committer.durable == 10_000)
        let (world, report) = try load(volume.database, volume.options)
        #expect(world.snapshot() == script.world.snapshot())
        #expect(world.sequence == 10_000 && world.nextID >= script.world.nextID)
        #expect(report.folded == 10_000 && report.replayed == 0)
        #expect(WorldScript.coins(in: world) == WorldScript.coins)
        #expect(checkStore(at: volume.database).problems.isEmpty)
        #expect(volume.size(of: volume.database + "-wal") ?? 0 == 0)
    }

    @Test(arguments: [UInt64(1), 2, 3]) func aRestartGoesOnWhereTheLastRunEnded(seed: UInt64) throws {
        let volume = FaultVolume()
        var script = WorldScript(seed: seed)
        var records: [TurnRecord] = []
        var options = volume.busyOptions
        // Odd runs never fold while they run, so that the tail is replayed after the kill.
        for run in 0..<6 {
            options.foldDelay = run % 2 == 0 ? .zero : .seconds(3_600)
            options.tailLimit = run % 2 == 0 ? 6 : 1_000
            let probe = CommitterProbe()
            let store = try StoredWorld(path: volume.database, options: options)
            let world = World()
            let report = try store.load(into: world)
            #expect(RecoveryProof(records: records, published: UInt64(records.count)).findings(in: world) == [])
            #expect(report.sequence == UInt64(records.count))
            let committer = store.startCommitter(events: probe.events)
            let more = script.play(40)
            records += more
            committer.submit(more)
            #expect(probe.waitForDurable(UInt64(records.count)))
            volume.endProcess()
            committer.stop()
        }
        let proof = RecoveryProof(records: records, published: UInt64(records.count))
        #expect(proof.findings(path: volume.database, options: options) == [])
    }

    @Test func aNumberIsNeverGivenOutTwice() throws {
        let volume = FaultVolume()
        let world = World()
        let probe = CommitterProbe()
        let committer = try StoredWorld(path: volume.database, options: volume.options).startCommitter(
            events: probe.events)
        world.beginTurn(at: WallInstant(milliseconds: 1), seed: 1)
        let lasting = world.create()
        let passing = world.create()
        let first = try #require(world.endTurn())
        world.beginTurn(at: WallInstant(milliseconds: 2), seed: 1)
        world.destroy(passing)
        let second = try #require(world.endTurn())
        committer.submit([first, second])
        committer.stop()
        let (recovered, _) = try load(volume.database, volume.options)
        recovered.beginTurn(at: WallInstant(milliseconds: 3), seed: 1)
        #expect(recovered.create().id.number > passing.id.number)
        #expect(recovered[lasting.id] != nil)
    }

    @Test func statisticsCount() throws {
        let directory = try TemporaryDirectory()
        let probe = CommitterProbe()
        var options = directory.options
        options.largestGroup = 10
        let committer = try StoredWorld(path: directory.database, options: options).startCommitter(events: probe.events)
        var script = WorldScript(seed: 3)
        committer.submit(script.play(25))
        probe.waitForDurable(25)
        let running = committer.statistics()
        #expect(running.turns == 25 && running.commits == 3 && running.largestGroup == 10)
        #expect(running.groups.reduce(0, +) == 3 && running.commitTime >= running.slowestCommit)
        #expect(running.databaseBytes > 0 && running.logBytes > 0 && running.slowestCommit > .zero)
        committer.stop()
        let stopped = committer.statistics()
        #expect(stopped.tail == 0 && stopped.folded == 25 && stopped.logBytes == 0 && stopped.queued == 0)
    }

    @Test func transactionsAreCountedBySizeAndTime() {
        var statistics = CommitterStatistics()
        for (turns, milliseconds) in [(1, 2), (3, 7), (4, 1), (2048, 3), (2049, 4)] {
            statistics.record(turns: turns, took: .milliseconds(milliseconds))
        }
        #expect(CommitterStatistics.groupBounds == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048])
        #expect(statistics.groups == [1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1])
        #expect(statistics.commits == 5 && statistics.turns == 4105 && statistics.largestGroup == 2049)
        #expect(statistics.lastCommit == .milliseconds(4) && statistics.slowestCommit == .milliseconds(7))
        #expect(statistics.commitTime == .milliseconds(17))
    }

    @Test func theTailIsBoundedEvenWithoutAnIdleMoment() throws {
        let volume = FaultVolume()
        var options = volume.options
        options.foldDelay = .seconds(3_600)
        options.foldSlice = 4
        options.tailLimit = 30
        options.largestGroup = 10
        let probe = CommitterProbe()
        let committer = try StoredWorld(path: volume.database, options: options).startCommitter(events: probe.events)
        var script = WorldScript(seed: 4)
        committer.submit(script.play(500))
        probe.waitForDurable(500)
        volume.endProcess()
        committer.stop()
        let (world, report) = try load(volume.database, options)
        // The last group is published before what it makes too much is folded.
        #expect(report.replayed <= options.tailLimit + options.largestGroup)
        #expect(world.snapshot() == script.world.snapshot())
    }

    @Test func aGapInTheNumbersIsRefused() throws {
        let volume = FaultVolume()
        let probe = CommitterProbe()
        let committer = try StoredWorld(path: volume.database, options: volume.options).startCommitter(
            events: probe.events)
        var script = WorldScript(seed: 3)
        let records = script.play(3)
        committer.submit([records[0], records[2]])
        #expect(probe.wait { !$0.fatal.isEmpty }.fatal.count == 1)
        committer.stop()
        #expect(committer.durable == 0)
    }
}
