import Basics
import CredentialCore
import FileAccessTesting
import Logging
import MetricsCore
import ReactorTesting
import TerminalWire
import Testing
import WorldLanguage
import WorldModel
import WorldVerbs

@testable import AdminGateway
@testable import GatewayCore
@testable import ReactorCore
@testable import WorldStore

/// A client that looks at nothing.
private final class BlindDoor: SessionDoor {
    let name: String
    let source = "127.0.0.1"
    var bufferedByteCount = 0

    init(_ name: String) { self.name = name }

    func send(_ bytes: borrowing [UInt8]) {}
    func appendPromptMark(to bytes: inout [UInt8]) {}
    func appendEcho(hidden: Bool, to bytes: inout [UInt8]) {}
    func pauseInput() {}
    func resumeInput() {}
    func close() {}
    func abort() {}
}

/// A game whose numbers are known: time stands still, no pass is made unasked, and nothing is written any more.
private final class NumberedStage {
    let folder: TemporaryFolder
    let test: TestReactor
    let game: Game
    let committer: Committer
    let authority: GameAuthority
    private var doors: [BlindDoor] = []

    init() throws {
        folder = try TemporaryFolder()
        test = try TestReactor()
        let path = folder.path + "/world.sqlite"
        var options = StoreOptions()
        options.ballastBytes = 0
        let host = WorldHost(
            store: try StoredWorld(path: path, options: options), world: Self.makeWorld(), reactor: test.reactor,
            settings: GameSettings(), log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            wallTime: { WallInstant(milliseconds: 1_795_412_460_000) }, onFatal: { Issue.record("\($0)") })
        host.committer.stop()
        game = host.game
        committer = host.committer
        authority = GameAuthority(
            game: host.game,
            surroundings: .init(
                version: "9.9", processID: 7, reactor: "manual", doors: [], committer: host.committer, database: path,
                reloadWorld: { .succeeded("") }, reload: { .succeeded("") }, log: { _ in "" }, stop: {}))
    }

    private static func makeWorld() -> World {
        let world = World()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let root = world.create(.world)
        world.set(.title, to: "The Test House", on: root)
        let hall = world.create(.place)
        world.set(.name, to: "Hall", on: hall)
        world.set(.startPlace, to: hall, on: root)
        _ = world.endTurn()
        return world
    }

    /// Three of five who came in by telnet play, and nobody of two who came in by the web.
    func fillDoors() throws {
        for (number, name) in ["telnet", "telnet", "telnet", "telnet", "telnet", "web", "web"].enumerated() {
            let door = BlindDoor(name)
            let session = try #require(game.makeSession(door: door, profile: TerminalProfile()))
            test.settle()
            if number < 3 { session.lineReceived("guest") }
            test.settle()
            game.archiveReached(game.world.sequence)
            test.settle()
            doors.append(door)
        }
        doors[0].bufferedByteCount = 100
        doors[6].bufferedByteCount = 9
        for (name, first) in [("telnet", UInt64(101)), ("web", 105)] {
            let traffic = game.traffic(of: name)
            traffic.admitted = first
            traffic.refused = first + 1
            traffic.received = first + 2
            traffic.sent = first + 3
        }
    }

    /// Sixty of some two hundred turns wait for a disk that takes nothing.
    func playTurns() throws {
        for _ in 0..<200 {
            _ = try game.administer { turn in
                _ = turn.world.create()
                _ = turn.world.create()
            }
        }
        test.settle()
        game.archiveReached(game.world.sequence - 60)
        game.archiveStalled("the disk is full")
        test.settle()
        game.measurements.commands = 110
        game.measurements.slowReaders = 111
        game.measurements.turnTimes = DurationHistogram()
        game.measurements.turnTimes.record(.milliseconds(1_250), times: 13)
    }

    /// Gives the loop work of every kind, each another number of times.
    func busyLoop() {
        let (reactor, time) = (test.reactor, test.time)
        for milliseconds in [250, 500] {
            reactor.callLater(.zero) { time.advance(by: .milliseconds(milliseconds)) }
            test.settle()
        }
        for _ in 0..<601 {
            test.poller.makeReady(reactor.mailbox.wakeDescriptor, .read)
            test.settle()
        }
        for _ in 0..<701 { reactor.callLater(.zero) {} }
        for _ in 0..<801 { reactor.mailbox.callFromThread { _ in } }
        for _ in 0..<901 { reactor.spawn {} }
        test.settle()
        for _ in 0..<5_000 { reactor.runOnePass(waitingAtMost: .zero) }
        for _ in 0..<1_001 { reactor.callLater(.seconds(86_400)) {} }
        reactor.formerStalls = 501
    }

    /// Tells of a past that the closed disk has not had.
    func recordCommits() throws {
        var statistics = CommitterStatistics()
        statistics.commits = 1_401
        statistics.turns = 1_402
        statistics.largestGroup = 1_403
        statistics.lastCommit = .milliseconds(1_404)
        statistics.slowestCommit = .milliseconds(1_405)
        statistics.commitTime = .seconds(1_406)
        statistics.tail = 1_407
        statistics.groups[0] = 1_500
        statistics.groups[1] = 20
        statistics.groups[12] = 3
        let told = statistics
        committer.shared.withLock { $0.statistics = told }
        try folder.write([UInt8](repeating: 0, count: 2_409), to: "world.sqlite-wal")
    }
}

@Suite struct GameMetricsTests {
    private func samples(_ page: PrometheusPage) throws -> [String: Double] {
        var found: [String: Double] = [:]
        for line in page.text.split(separator: "\n") where !line.hasPrefix("#") {
            let space = try #require(line.lastIndex(of: " "))
            let name = String(line[..<space])
            #expect(found[name] == nil, "\(name) stands there twice")
            let value = try #require(Double(line[line.index(after: space)...]))
            found[name] = value
        }
        return found
    }

    /// No two have the same value, so that none can stand in another's place, and there is none that is not looked at.
    @Test func everySampleHasItsOwnValue() throws {
        let stage = try NumberedStage()
        let (game, reactor) = (stage.game, stage.test.reactor)
        stage.test.advance(by: .milliseconds(33_250))
        try stage.fillDoors()
        try stage.playTurns()
        stage.busyLoop()
        try stage.recordCommits()
        // Passwords that nobody hashes, work for which there is no thread left, and calls before the next pass.
        game.desk.runOnWorker = { _, _ in }
        for _ in 0..<7 { game.desk.hash("correct horse") { _ in } }
        let (begun, released) = (Monitor(0), Monitor(false))
        defer { released.signal { $0 = true } }
        var finished = 0
        for _ in 0..<(41 + ThreadPool.defaultThreadCount) {
            let work = reactor.deferToThread {
                begun.signal { $0 += 1 }
                _ = released.wait(upTo: nil) { $0 ? true : nil }
            }
            work.whenDone { _ in finished += 1 }
        }
        let haveBegun = begun.wait(upTo: .seconds(60)) { $0 == ThreadPool.defaultThreadCount ? true : nil }
        try #require(haveBegun == true)
        for _ in 0..<37 { reactor.mailbox.callFromThread { _ in } }

        var found = try samples(stage.authority.metricsPage())
        let second = Duration.seconds(1)
        var expected: [String: Double] = [
            "mudd_loop_mailbox_calls": 37, "mudd_worker_jobs_waiting": 41, "mudd_credential_jobs_waiting": 7,
            "mudd_loop_stalls_total": 501, #"mudd_door_connections{door="telnet"}"#: 5,
            #"mudd_door_connections{door="web"}"#: 2, #"mudd_door_players{door="telnet"}"#: 3,
            #"mudd_door_players{door="web"}"#: 0, #"mudd_door_admitted_total{door="telnet"}"#: 101,
            #"mudd_door_refused_total{door="telnet"}"#: 102, #"mudd_door_received_bytes_total{door="telnet"}"#: 103,
            #"mudd_door_sent_bytes_total{door="telnet"}"#: 104, #"mudd_door_admitted_total{door="web"}"#: 105,
            #"mudd_door_refused_total{door="web"}"#: 106, #"mudd_door_received_bytes_total{door="web"}"#: 107,
            #"mudd_door_sent_bytes_total{door="web"}"#: 108, "mudd_output_waiting_bytes": 109,
            "mudd_commands_total": 110, "mudd_slow_readers_total": 111, "mudd_turn_seconds_count": 13,
            "mudd_turns_waiting": 60, "mudd_read_only": 1, "mudd_commits_total": 1_401,
            "mudd_committed_turns_total": 1_402, "mudd_commit_largest_group": 1_403,
            "mudd_commit_group_turns_count": 1_523, "mudd_commit_seconds_sum": 1_406,
            "mudd_store_unfolded_turns": 1_407, "mudd_store_wal_bytes": 2_409,
        ]
        let counters = reactor.counters
        expected["mudd_loop_passes_total"] = Double(counters.passes)
        expected[#"mudd_loop_calls_total{kind="handler"}"#] = Double(counters.handlerCalls)
        expected[#"mudd_loop_calls_total{kind="delayed"}"#] = Double(counters.delayedCalls)
        expected[#"mudd_loop_calls_total{kind="mailbox"}"#] = Double(counters.mailboxCalls)
        expected[#"mudd_loop_calls_total{kind="task"}"#] = Double(counters.taskPieces)
        expected["mudd_loop_pass_seconds_sum"] = Duration.milliseconds(750) / second
        expected["mudd_loop_pass_longest_seconds"] = Duration.milliseconds(500) / second
        expected["mudd_loop_delayed_calls"] = Double(reactor.delayedCallCount)
        expected["mudd_uptime_seconds"] = Duration.seconds(34) / second
        expected["mudd_things"] = Double(game.world.things.count)
        expected["mudd_turns_total"] = Double(game.world.sequence)
        expected["mudd_turn_seconds_sum"] = Duration.milliseconds(16_250) / second
        expected["mudd_commit_last_seconds"] = Duration.milliseconds(1_404) / second
        expected["mudd_commit_slowest_seconds"] = Duration.milliseconds(1_405) / second
        expected["mudd_store_database_bytes"] = Double(stage.committer.statistics().databaseBytes)
        #expect(Set(expected.values).count == expected.count, "two values are the same: \(expected)")
        #expect(counters.handlerCalls >= 601 && counters.delayedCalls >= 701 && counters.taskPieces >= 901)

        // What is told twice.
        expected["mudd_loop_pass_seconds_count"] = Double(counters.passes)
        expected[#"mudd_loop_pass_seconds_bucket{le="+Inf"}"#] = Double(counters.passes)
        expected[#"mudd_turn_seconds_bucket{le="+Inf"}"#] = 13
        expected["mudd_commit_seconds_count"] = 1_401
        expected["mudd_commit_group_turns_sum"] = 1_402
        expected[#"mudd_commit_group_turns_bucket{le="1"}"#] = 1_500
        for bound in CommitterStatistics.groupBounds.dropFirst() {
            expected["mudd_commit_group_turns_bucket{le=\"\(bound)\"}"] = 1_520
        }
        expected[#"mudd_commit_group_turns_bucket{le="+Inf"}"#] = 1_523
        expected[#"mudd_info{version="9.9"}"#] = 1
        expected["mudd_metrics_refused_total"] = 0
        // The process's own cannot be foretold, and how durations are put into classes is proven elsewhere.
        let (processors, memory) = (found["process_cpu_seconds_total"], found["process_resident_memory_bytes"])
        #expect((processors ?? 0) > 0 && (memory ?? 0) > 1_000_000)
        found = found.filter { name, _ in
            let isBounded = name.contains("_seconds_bucket{") && !name.contains("+Inf")
            return !name.hasPrefix("process_") && !isBounded
        }
        #expect(Set(found.keys) == Set(expected.keys))
        for (name, value) in expected { #expect(found[name] == value, "\(name)") }
        #expect(stage.authority.complaints == ["The world cannot be changed at present, because the disk is full."])

        released.signal { $0 = true }
        let isFinished = stage.test.run { finished == 41 + ThreadPool.defaultThreadCount }
        #expect(isFinished)
    }
}
