package import Basics
import FoundationEssentials
import GRDB
import WorldModel

/// What was read when a world was loaded.
package struct LoadReport: Hashable, Sendable {
    package var things = 0
    package var properties = 0
    /// Turns replayed from the log.
    package var replayed = 0
    /// The last turn the folded tables contain.
    package var folded: UInt64 = 0
    /// The last turn of all.
    package var sequence: UInt64 = 0
    package var created = WallInstant(milliseconds: 0)
}

/// Reads a stored world: the folded tables, then the log's tail; every checksum and number is verified.
struct StoreReader {
    let db: Database

    /// - Note: After a failure `world` holds some of the stored world and must be dropped.
    func load(into world: World) throws -> LoadReport {
        let meta = try StoreMeta(db)
        let things = try storedThings()
        guard things.allSatisfy({ $0.id.number < meta.nextID }) else {
            throw WorldDamage("it holds a thing whose number was never given out")
        }
        var report = LoadReport(
            things: things.count, properties: things.reduce(0) { $0 + $1.properties.count }, folded: meta.folded,
            created: meta.created)
        try world.restore(things, nextID: meta.nextID, sequence: meta.folded)
        try eachTurn { record in
            try world.replay(record)
            report.replayed += 1
        }
        report.sequence = world.sequence
        return report
    }

    private func storedThings() throws -> [StoredThing] {
        var things: [StoredThing] = []
        let rows = try Row.fetchCursor(db, sql: "SELECT id, crc FROM thing ORDER BY id")
        while let row = try rows.next() {
            guard let number = Int64.fromDatabaseValue(row[0]), let crc = Int64.fromDatabaseValue(row[1]) else {
                throw WorldDamage("a thing's row does not hold numbers")
            }
            let id = ThingID(UInt64(bitPattern: number))
            guard crc == Int64(StoreLayout.checksum(ofThing: id)) else {
                throw WorldDamage("the checksum of thing \(id) is wrong")
            }
            // Room for what most things have, so that it need not grow.
            things.append(StoredThing(id: id, properties: Dictionary(minimumCapacity: 6)))
        }
        try readProperties(into: &things)
        return things
    }

    /// Both tables are in the order of thing numbers, so one pass joins them.
    private func readProperties(into things: inout [StoredThing]) throws {
        var index = 0
        let rows = try Row.fetchCursor(db, sql: "SELECT thing, name, value, crc FROM property ORDER BY thing, name")
        while let row = try rows.next() {
            guard let number = Int64.fromDatabaseValue(row[0]), let name = String.fromDatabaseValue(row[1]),
                let data = Data.fromDatabaseValue(row[2]), let crc = Int64.fromDatabaseValue(row[3])
            else { throw WorldDamage("a property's row holds values of another kind") }
            let id = ThingID(UInt64(bitPattern: number))
            let bytes = [UInt8](data)
            guard crc == Int64(StoreLayout.checksum(of: name, on: id, value: bytes)) else {
                throw WorldDamage("the checksum of a property of \(id) is wrong")
            }
            while index < things.count, Int64(bitPattern: things[index].id.number) < number { index += 1 }
            guard index < things.count, things[index].id == id else {
                throw WorldDamage("there is a property of \(id), which is not there")
            }
            let value = try Self.value(bytes, name: name, of: id)
            guard things[index].properties.updateValue(value, forKey: name) == nil else {
                throw WorldDamage("a property of \(id) is stored twice")
            }
        }
    }

    static func value(_ bytes: [UInt8], name: String, of id: ThingID) throws -> Value {
        var reader = ByteReader(bytes)
        guard let value = try? Value(from: &reader), reader.isAtEnd else {
            throw WorldDamage("the property \(name) of \(id) cannot be decoded")
        }
        return value
    }

    /// Every turn of the log, in order; that they follow each other is for the caller to check.
    func eachTurn(after sequence: UInt64 = 0, limit: Int = -1, _ body: (TurnRecord) throws -> Void) throws {
        let statement = try db.cachedStatement(
            sql: "SELECT sequence, body FROM turn WHERE sequence > ? ORDER BY sequence LIMIT ?")
        let rows = try Row.fetchCursor(statement, arguments: [Int64(bitPattern: sequence), limit])
        while let row = try rows.next() {
            guard let number = Int64.fromDatabaseValue(row[0]), let data = Data.fromDatabaseValue(row[1]),
                let record = try? TurnRecord(decoding: [UInt8](data))
            else { throw WorldDamage("a turn of the log cannot be decoded or its checksum is wrong") }
            guard record.sequence == UInt64(bitPattern: number) else {
                throw WorldDamage("turn \(record.sequence) is stored as turn \(number)")
            }
            try body(record)
        }
    }
}
