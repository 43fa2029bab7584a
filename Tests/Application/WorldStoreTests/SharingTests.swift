import Foundation
import GRDB
import Glibc
import Testing
import WorldModel
import WorldStore
import WorldStoreTesting

/// What others may do while a server has the database open: look, copy, and otherwise keep out.
@Suite struct SharingTests {
    @Test func aSecondServerIsKeptOut() throws {
        let directory = try TemporaryDirectory()
        let probe = CommitterProbe()
        let committer = try StoredWorld(path: directory.database, options: directory.options)
            .startCommitter(events: probe.events)
        let expected = StoreFailure.locked(path: directory.database, pid: Int(getpid()))
        #expect(throws: expected) { try StoredWorld(path: directory.database, options: directory.options) }
        #expect(expected.description.contains("in use by process \(getpid())"))
        committer.stop()
        try StoredWorld(path: directory.database, options: directory.options).close()
    }

    @Test func anUnwritableDirectoryIsSaidClearly() {
        var options = StoreOptions()
        options.ballastBytes = 0
        #expect(throws: StoreFailure.unreadable(path: "/nowhere/lock", reason: "No such file or directory")) {
            try StoredWorld(path: "/nowhere/world.db", options: options)
        }
        options.locksDirectory = false
        #expect(throws: StoreFailure.self) { try StoredWorld(path: "/nowhere/world.db", options: options) }
    }

    @Test func lookingChangesNothing() throws {
        let directory = try TemporaryDirectory()
        var options = directory.options
        options.foldDelay = .seconds(3_600)
        let probe = CommitterProbe()
        let committer = try StoredWorld(path: directory.database, options: options).startCommitter(events: probe.events)
        var script = WorldScript(seed: 2)
        committer.submit(script.play(50))
        #expect(probe.waitForDurable(50))
        let files = ["", "-wal"].map { URL(fileURLWithPath: directory.database + $0) }
        let before = try files.map { try Data(contentsOf: $0) }
        #expect(checkStore(at: directory.database).problems == [])
        #expect(try files.map { try Data(contentsOf: $0) } == before)
        // The same for what a killed server leaves behind.
        let left = try TemporaryDirectory()
        let copies = ["", "-wal"].map { URL(fileURLWithPath: left.database + $0) }
        for (copy, content) in zip(copies, before) { try content.write(to: copy) }
        #expect(checkStore(at: left.database).problems == [])
        #expect(try copies.map { try Data(contentsOf: $0) } == before)
        committer.stop()
    }

    /// Whatever characters the path holds, no side file is left beside a database that nobody has open.
    @Test func lookingAtAStoppedWorldLeavesNothingBehind() throws {
        let directory = try TemporaryDirectory()
        let folder = URL(fileURLWithPath: directory.database).deletingLastPathComponent()
            .appendingPathComponent("Dätä 100%?#&=")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let database = folder.appendingPathComponent("world.db").path
        let probe = CommitterProbe()
        let committer = try StoredWorld(path: database, options: StoreOptions()).startCommitter(events: probe.events)
        var script = WorldScript(seed: 4)
        committer.submit(script.play(20))
        #expect(probe.waitForDurable(20))
        committer.stop()
        let before = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let found = checkStore(at: database)
        #expect(found.problems == [] && found.turns == 20)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == before)
    }

    @Test func aBackupIsWholeWhileTurnsAreWritten() throws {
        let directory = try TemporaryDirectory()
        let probe = CommitterProbe()
        let committer = try StoredWorld(path: directory.database, options: directory.options)
            .startCommitter(events: probe.events)
        var script = WorldScript(seed: 8)
        let records = script.play(3_000)
        committer.submit(Array(records[..<1_000]))
        #expect(probe.waitForDurable(1_000))
        let done = Monitor<[Result<BackupReport, StoreFailure>]>([])
        let target = directory.path + "/copy.db"
        committer.backup(to: target) { result in done.signal { $0.append(result) } }
        for start in stride(from: 1_000, to: 3_000, by: 10) { committer.submit(Array(records[start..<(start + 10)])) }
        let report = try #require(try done.wait(upTo: .seconds(30)) { $0.first }?.get())
        #expect(report.sequence >= 1_000 && report.bytes > 0)
        #expect(probe.waitForDurable(3_000))
        committer.stop()
        #expect(!FileManager.default.fileExists(atPath: target + ".partial"))
        #expect(checkStore(at: target).problems == [])
        let proof = RecoveryProof(records: records, published: report.sequence)
        var options = directory.options
        options.locksDirectory = false
        #expect(proof.findings(path: target, options: options) == [])
        let original = RecoveryProof(records: records, published: 3_000)
        #expect(original.findings(path: directory.database, options: options) == [])
    }

    @Test func aBackupNeverReplacesUnasked() throws {
        let directory = try TemporaryDirectory()
        let probe = CommitterProbe()
        let committer = try StoredWorld(path: directory.database, options: directory.options)
            .startCommitter(events: probe.events)
        var script = WorldScript(seed: 8)
        committer.submit(script.play(20))
        #expect(probe.waitForDurable(20))
        let target = directory.path + "/copy.db"
        try Data().write(to: URL(fileURLWithPath: target))
        #expect(backup(committer, to: target, replacing: false) == .failure(.exists(path: target)))
        #expect(try Data(contentsOf: URL(fileURLWithPath: target)) == Data())
        guard case .success(let report) = backup(committer, to: target, replacing: true) else {
            Issue.record("the backup failed")
            return
        }
        #expect(report.sequence == 20 && checkStore(at: target).problems == [])
        guard case .failure = backup(committer, to: directory.path + "/missing/copy.db", replacing: false) else {
            Issue.record("a backup into nowhere succeeded")
            return
        }
        committer.stop()
        #expect(backup(committer, to: target, replacing: true) == .failure(.closed(path: directory.database)))
    }

    @Test func aBackupReplacesNothingButABackup() throws {
        let directory = try TemporaryDirectory()
        let probe = CommitterProbe()
        let committer = try StoredWorld(path: directory.database, options: directory.options)
            .startCommitter(events: probe.events)
        var script = WorldScript(seed: 8)
        let records = script.play(30)
        committer.submit(Array(records[..<20]))
        #expect(probe.waitForDurable(20))
        let text = directory.path + "/notes.txt"
        try Data("mine".utf8).write(to: URL(fileURLWithPath: text))
        let pipe = directory.path + "/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        let (link, alias) = (directory.path + "/link.db", directory.path + "/alias.db")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: directory.database)
        try FileManager.default.linkItem(atPath: directory.database, toPath: alias)
        let names = [
            directory.database, directory.database + "-wal", directory.database + "-shm",
            directory.database + "-journal",
            directory.path + "/lock", text, pipe, link, alias, directory.path,
        ]
        for name in names {
            guard case .failure(.cannotCreate) = backup(committer, to: name, replacing: true) else {
                Issue.record("\(name) was replaced")
                continue
            }
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: text)) == Data("mine".utf8))
        committer.submit(Array(records[20...]))
        #expect(probe.waitForDurable(30))
        committer.stop()
        #expect(checkStore(at: directory.database).problems == [])
    }

    /// A turn written to a file that the next start will not find must not be told to anybody.
    @Test(arguments: ["", "-wal", "lock"])
    func aFileTakenAwayStopsTheCommitter(_ which: String) throws {
        let directory = try TemporaryDirectory()
        let probe = CommitterProbe()
        let committer = try StoredWorld(path: directory.database, options: directory.options)
            .startCommitter(events: probe.events)
        var script = WorldScript(seed: 8)
        let records = script.play(20)
        committer.submit(Array(records[..<10]))
        #expect(probe.waitForDurable(10))
        let path = which == "lock" ? directory.path + "/lock" : directory.database + which
        try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
        committer.submit(Array(records[10...]))
        let heard = probe.wait { !$0.fatal.isEmpty }
        #expect(heard.durable.last == 10 && heard.durableAfterFatal == 0)
        #expect(heard.fatal.first?.contains("removed or replaced") == true)
        committer.stop()
    }

    private func backup(
        _ committer: Committer, to target: String, replacing: Bool
    ) -> Result<BackupReport, StoreFailure> {
        let done = Monitor<[Result<BackupReport, StoreFailure>]>([])
        committer.backup(to: target, replacing: replacing) { result in done.signal { $0.append(result) } }
        return done.wait(upTo: .seconds(30)) { $0.first } ?? .failure(.closed(path: "the backup never ended"))
    }
}
