import Basics
import GRDB
import WorldModel

/// The tables of a world database and the checksums of their rows.
///
/// ```text
///   turn      sequence · body            append-only; body = TurnRecord.encoded(), which ends in its own CRC
///   thing     id · crc                   folded
///   property  thing, name · value · crc  folded; value = Value.encode
///   meta      id = 1 · folded · next_id · created (ms since 1970) · crc      one row
/// ```
///
/// `folded` is the last turn the folded tables contain; `turn` holds exactly those after it. SQLite integers
/// are signed, so 64-bit numbers are stored by bit pattern.
enum StoreLayout {
    /// `MUDW`, in the database header's application id.
    static let applicationID = 0x4D55_4457
    static let version = 1

    static let schema = """
        CREATE TABLE turn(sequence INTEGER PRIMARY KEY, body BLOB NOT NULL);
        CREATE TABLE thing(id INTEGER PRIMARY KEY, crc INTEGER NOT NULL);
        CREATE TABLE property(
            thing INTEGER NOT NULL, name TEXT NOT NULL, value BLOB NOT NULL, crc INTEGER NOT NULL,
            PRIMARY KEY(thing, name)) WITHOUT ROWID;
        CREATE TABLE meta(
            id INTEGER PRIMARY KEY CHECK(id = 1), folded INTEGER NOT NULL, next_id INTEGER NOT NULL,
            created INTEGER NOT NULL, crc INTEGER NOT NULL);
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        """

    /// Creates the tables in one transaction, so that a crash leaves either all or nothing.
    static func create(in db: Database, at time: WallInstant) throws {
        try db.inTransaction(.immediate) {
            try db.execute(sql: schema)
            let meta = StoreMeta(folded: 0, nextID: 1, created: time)
            try db.execute(
                sql: "INSERT INTO meta(id, folded, next_id, created, crc) VALUES (1, ?, ?, ?, ?)",
                arguments: [
                    Int64(bitPattern: meta.folded), Int64(bitPattern: meta.nextID), meta.created.milliseconds,
                    Int64(meta.checksum),
                ])
            return .commit
        }
    }

    enum Found {
        case empty
        case world
    }

    /// Tells what a database is, without changing it.
    static func inspect(_ db: Database, path: String) throws -> Found {
        let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        if application == 0, version == 0, tables == 0 { return .empty }
        guard application == applicationID else {
            throw StoreFailure.notAWorld(path: path, reason: "its application id is \(application)")
        }
        guard version <= Self.version else {
            throw StoreFailure.newerVersion(path: path, version: version, known: Self.version)
        }
        guard version == Self.version else {
            throw StoreFailure.damaged(path: path, reason: "its layout version is \(version)")
        }
        return .world
    }

    /// What SQLite itself finds wrong; empty when all is well.
    static func integrity(of db: Database, thorough: Bool) throws -> [String] {
        let pragma = thorough ? "PRAGMA integrity_check(20)" : "PRAGMA quick_check(1)"
        // SQLite breaks a finding into lines; ours are sentences.
        return try String.fetchAll(db, sql: pragma).filter { $0 != "ok" }
            .map { $0.split(separator: "\n").joined(separator: " ") }
    }

    static func checksum(ofThing id: ThingID) -> UInt32 {
        var writer = ByteWriter(reserving: 10)
        writer.varint(id.number)
        return CRC32.of(writer.bytes)
    }

    static func checksum(of name: String, on id: ThingID, value: [UInt8]) -> UInt32 {
        var writer = ByteWriter(reserving: 48)
        writer.varint(id.number)
        writer.string(name)
        var sum = CRC32()
        sum.add(writer.bytes)
        sum.add(value)
        return sum.value
    }
}

/// The one row of `meta`.
struct StoreMeta {
    /// The last turn the folded tables contain.
    var folded: UInt64
    var nextID: UInt64
    var created: WallInstant

    var checksum: UInt32 {
        var writer = ByteWriter(reserving: 32)
        writer.varint(folded)
        writer.varint(nextID)
        writer.signed(created.milliseconds)
        return CRC32.of(writer.bytes)
    }

    init(folded: UInt64, nextID: UInt64, created: WallInstant) {
        self.folded = folded
        self.nextID = nextID
        self.created = created
    }

    init(_ db: Database) throws {
        let rows = try Row.fetchAll(db, sql: "SELECT folded, next_id, created, crc FROM meta")
        guard rows.count == 1, let row = rows.first else { throw WorldDamage("its meta table is not one row") }
        guard let folded = Int64.fromDatabaseValue(row[0]), let nextID = Int64.fromDatabaseValue(row[1]),
            let created = Int64.fromDatabaseValue(row[2]), let crc = Int64.fromDatabaseValue(row[3])
        else { throw WorldDamage("its meta row does not hold numbers") }
        self.folded = UInt64(bitPattern: folded)
        self.nextID = UInt64(bitPattern: nextID)
        self.created = WallInstant(milliseconds: created)
        guard crc == Int64(checksum) else { throw WorldDamage("the checksum of its meta row is wrong") }
    }

    func save(_ db: Database) throws {
        try db.cachedStatement(sql: "UPDATE meta SET folded = ?, next_id = ?, crc = ? WHERE id = 1").execute(
            arguments: [Int64(bitPattern: folded), Int64(bitPattern: nextID), Int64(checksum)])
    }
}
