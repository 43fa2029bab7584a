import Basics
import Foundation
import GRDB
import Testing
import WorldModel
import WorldStore
import WorldStoreTesting

@Suite struct DamageTests {
    /// A closed database whose log holds turns that are not folded, and its world.
    private func database(in directory: TemporaryDirectory, tail: Int) throws -> (Data, World) {
        var script = WorldScript(seed: 21)
        var options = directory.options
        let probe = CommitterProbe()
        let folded = try StoredWorld(path: directory.database, options: options).startCommitter(events: probe.events)
        folded.submit(script.play(120))
        folded.stop()
        // The tail is put there as the committer does, and checkpointed by closing.
        options.locksDirectory = false
        try DatabaseQueue(path: directory.database).inDatabase { db in
            for record in script.play(tail) {
                try db.execute(
                    sql: "INSERT INTO turn VALUES (?, ?)",
                    arguments: [Int64(record.sequence), Data(record.encoded())])
            }
        }
        return (try Data(contentsOf: URL(fileURLWithPath: directory.database)), script.world)
    }

    private func open(_ path: String, _ options: StoreOptions) -> Result<World, StoreFailure> {
        let world = World()
        do throws(StoreFailure) {
            let store = try StoredWorld(path: path, options: options)
            _ = try store.load(into: world)
            try store.close()
            return .success(world)
        } catch {
            return .failure(error)
        }
    }

    @Test func everyFlippedBitIsFoundOrHarmless() throws {
        let directory = try TemporaryDirectory()
        let (sound, world) = try database(in: directory, tail: 60)
        let expected = world.snapshot()
        var generator = SeededGenerator(seed: 4)
        var found = 0
        for _ in 0..<crashPoints(300) {
            var bytes = sound
            let offset = Int.random(in: 0..<bytes.count, using: &generator)
            bytes[offset] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            try bytes.write(to: URL(fileURLWithPath: directory.database))
            switch open(directory.database, directory.options) {
            case .success(let loaded):
                #expect(loaded.snapshot() == expected, "offset \(offset)")
                #expect(loaded.sequence == world.sequence && loaded.nextID >= world.nextID, "offset \(offset)")
            case .failure(let failure):
                found += 1
                #expect(failure.description.hasSuffix("."))
            }
            for file in ["-wal", "-shm", "-journal"] { unlink(directory.database + file) }
        }
        #expect(found > 0)
    }

    @Test(arguments: [1, 100, 4_096, 20_000, 40_000]) func aTruncatedFileIsRefusedAndLeftAlone(length: Int) throws {
        let directory = try TemporaryDirectory()
        let (sound, _) = try database(in: directory, tail: 60)
        let cut = sound.prefix(length)
        try #require(cut.count < sound.count)
        try cut.write(to: URL(fileURLWithPath: directory.database))
        guard case .failure(let failure) = open(directory.database, directory.options) else {
            Issue.record("a truncated database was opened")
            return
        }
        switch failure {
        case .damaged, .notADatabase: break
        default: Issue.record("\(failure)")
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: directory.database)) == cut)
        #expect(!checkStore(at: directory.database).problems.isEmpty)
    }

    @Test func aLogWithoutItsDatabaseIsNotTakenForANewWorld() throws {
        let directory = try TemporaryDirectory()
        try Data(repeating: 1, count: 5_000).write(to: URL(fileURLWithPath: directory.database + "-wal"))
        guard case .failure(.damaged) = open(directory.database, directory.options) else {
            Issue.record("a new world was made")
            return
        }
        #expect(FileManager.default.fileExists(atPath: directory.database + "-wal"))
    }

    @Test func anEmptiedDatabaseIsNotTakenForANewWorld() throws {
        let directory = try TemporaryDirectory()
        try Data().write(to: URL(fileURLWithPath: directory.database))
        guard case .success = open(directory.database, directory.options) else {
            Issue.record("what a crash at the very first start leaves was refused")
            return
        }
        try Data().write(to: URL(fileURLWithPath: directory.database))
        try Data(count: 1).write(to: URL(fileURLWithPath: directory.path + "/ballast"))
        guard case .failure(.damaged(_, let reason)) = open(directory.database, directory.options) else {
            Issue.record("a new world was made")
            return
        }
        #expect(reason.contains("empty"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: directory.database)).isEmpty)
    }

    @Test func whatIsNotADatabaseIsLeftAlone() throws {
        let directory = try TemporaryDirectory()
        let text = Data(String(repeating: "This is a diary, not a database.\n", count: 100).utf8)
        try text.write(to: URL(fileURLWithPath: directory.database))
        #expect(open(directory.database, directory.options).failure == .notADatabase(path: directory.database))
        #expect(try Data(contentsOf: URL(fileURLWithPath: directory.database)) == text)
    }

    @Test func anotherProgramsDatabaseIsLeftAlone() throws {
        let directory = try TemporaryDirectory()
        try DatabaseQueue(path: directory.database).write { try $0.execute(sql: "CREATE TABLE bookmark(url TEXT)") }
        let before = try Data(contentsOf: URL(fileURLWithPath: directory.database))
        guard case .failure(.notAWorld) = open(directory.database, directory.options) else {
            Issue.record("another program's database was opened")
            return
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: directory.database)) == before)
    }

    @Test func aNewerLayoutIsRefused() throws {
        let directory = try TemporaryDirectory()
        _ = try database(in: directory, tail: 1)
        try DatabaseQueue(path: directory.database).inDatabase { try $0.execute(sql: "PRAGMA user_version = 7") }
        let before = try Data(contentsOf: URL(fileURLWithPath: directory.database))
        let expected = StoreFailure.newerVersion(path: directory.database, version: 7, known: 1)
        #expect(open(directory.database, directory.options).failure == expected)
        #expect(expected.description.contains("newer version"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: directory.database)) == before)
    }

    /// What SQL may do to a database behind the store's back; each must be noticed.
    @Test(arguments: [
        "DELETE FROM turn WHERE sequence = (SELECT min(sequence) FROM turn)",
        "DELETE FROM turn WHERE sequence = (SELECT min(sequence) + 3 FROM turn)",
        "UPDATE turn SET sequence = sequence + 1000",
        "UPDATE turn SET body = x'00' WHERE sequence = (SELECT max(sequence) FROM turn)",
        "DELETE FROM thing WHERE id = 1",
        "UPDATE thing SET id = 9999999 WHERE id = 1",
        "UPDATE property SET value = x'01' WHERE thing = 1 AND name = 'coins'",
        "UPDATE property SET name = 'bronze' WHERE thing = 1 AND name = 'coins'",
        "UPDATE meta SET next_id = 1",
        "UPDATE meta SET folded = folded - 1",
        "DELETE FROM meta",
        "DROP TABLE property",
    ]) func aChangeFromOutsideIsNoticed(sql: String) throws {
        let directory = try TemporaryDirectory()
        _ = try database(in: directory, tail: 10)
        #expect(checkStore(at: directory.database).problems == [])
        try DatabaseQueue(path: directory.database).inDatabase { try $0.execute(sql: sql) }
        guard case .failure(.damaged) = open(directory.database, directory.options) else {
            Issue.record("not noticed")
            return
        }
        #expect(checkStore(at: directory.database).problems.count >= 1)
    }
}

extension Result {
    fileprivate var failure: Failure? {
        guard case .failure(let failure) = self else { return nil }
        return failure
    }
}
