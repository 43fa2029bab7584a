import Basics
import Foundation
import Glibc
import Testing
import WorldModel
import WorldStoreTesting

@testable import WorldStore

@Suite struct LogScanTests {
    /// A log of many small transactions, as a killed server leaves it, and where its last transaction begins.
    private func log() throws -> (database: [UInt8], log: [UInt8]) {
        let volume = FaultVolume()
        var options = volume.options
        options.foldDelay = .seconds(3_600)
        let probe = CommitterProbe()
        let committer = try StoredWorld(path: volume.database, options: options).startCommitter(events: probe.events)
        var script = WorldScript(seed: 6)
        for record in script.play(30) {
            committer.submit([record])
            #expect(probe.waitForDurable(record.sequence))
        }
        let database = try #require(volume.content(of: volume.database))
        let log = try #require(volume.content(of: volume.database + "-wal"))
        volume.endProcess()
        committer.stop()
        return (database, log)
    }

    private let frame = 24 + 4_096

    @Test func aSoundLogIsSound() throws {
        let (_, log) = try log()
        #expect(log.count > 32 + 10 * frame)
        #expect(LogScan.damage(in: log) == nil)
        #expect(LogScan.damage(in: []) == nil)
        #expect(LogScan.damage(in: [UInt8](repeating: 0, count: 10_000)) == nil)
    }

    /// However a power cut shortens a log, it is no damage.
    @Test func aShortenedLogIsSound() throws {
        let (_, log) = try log()
        for length in stride(from: 0, to: log.count, by: 509) {
            #expect(LogScan.damage(in: Array(log.prefix(length))) == nil, "length \(length)")
        }
    }

    @Test func everyFlippedBitBeforeTheLastTransactionIsFound() throws {
        let (_, log) = try log()
        var generator = SeededGenerator(seed: 12)
        // The last turns take two frames each at most.
        let end = log.count - 4 * frame
        for _ in 0..<crashPoints(400) {
            var bytes = log
            let offset = Int.random(in: 0..<end, using: &generator)
            bytes[offset] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            #expect(LogScan.damage(in: bytes) != nil, "offset \(offset)")
        }
    }

    @Test func aDamagedLogIsRefusedAndLeftAlone() throws {
        let (database, sound) = try log()
        let directory = try TemporaryDirectory()
        var log = sound
        log[32 + 3 * frame + 100] ^= 4
        let files = [directory.database, directory.database + "-wal"].map { URL(fileURLWithPath: $0) }
        try Data(database).write(to: files[0])
        try Data(log).write(to: files[1])
        let expected = StoreFailure.damaged(
            path: directory.database, reason: "frame 3 of the write-ahead log is damaged")
        #expect(throws: expected) { try StoredWorld(path: directory.database, options: directory.options) }
        #expect(checkStore(at: directory.database).problems.contains(expected.description))
        #expect(try Data(contentsOf: files[0]) == Data(database) && Data(contentsOf: files[1]) == Data(log))
        try Data(sound).write(to: files[1])
        let world = World()
        _ = try StoredWorld(path: directory.database, options: directory.options).load(into: world)
        #expect(world.sequence == 30)
    }

    @Test(arguments: ["", "-wal", "-shm", "-journal"], [S_IFIFO, S_IFSOCK])
    func whatIsNoFileIsNotWaitedFor(suffix: String, kind: mode_t) throws {
        let directory = try TemporaryDirectory()
        // Also where a link leads to.
        let (place, pipe) = (directory.database + suffix, directory.path + "/pipe")
        try #require(mknod(pipe, kind | 0o600, 0) == 0 && symlink(pipe, place) == 0)
        let expected = StoreFailure.damaged(
            path: directory.database, reason: "world.db\(suffix) is no regular file")
        #expect(throws: expected) { try StoredWorld(path: directory.database, options: directory.options) }
        #expect(checkStore(at: directory.database).problems == [expected.description])
    }

    @Test func aLinkInThePlaceOfTheLockIsRefusedAndWhatItLeadsToKept() throws {
        let directory = try TemporaryDirectory()
        let file = URL(fileURLWithPath: directory.path + "/precious")
        try Data("mine".utf8).write(to: file)
        let lock = directory.path + "/lock"
        try #require(symlink(file.path, lock) == 0)
        #expect(throws: StoreFailure.unreadable(path: lock, reason: "this is a symbolic link")) {
            try StoredWorld(path: directory.database, options: directory.options)
        }
        #expect(try Data(contentsOf: file) == Data("mine".utf8))
        try #require(unlink(lock) == 0 && mkfifo(lock, 0o600) == 0)
        #expect(throws: StoreFailure.unreadable(path: lock, reason: "this is no regular file")) {
            try StoredWorld(path: directory.database, options: directory.options)
        }
    }
}
