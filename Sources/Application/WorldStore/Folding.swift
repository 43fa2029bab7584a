import Basics
import FoundationEssentials
import GRDB
import WorldModel

/// The sum of some turns: what to do to the folded tables so that they contain those turns.
///
/// Of several changes to one property only the last counts. What the turns told is added to the property `told` of those that
/// have it; see ``UnreadFolding``.
struct Folding {
    private(set) var last: UInt64
    private(set) var count = 0
    private var nextID: UInt64
    private var destroyed: Set<ThingID> = []
    private var created: Set<ThingID> = []
    private var properties: [ThingID: [String: Value?]] = [:]
    private var unread = UnreadFolding()

    init(after meta: StoreMeta) {
        last = meta.folded
        nextID = meta.nextID
    }

    mutating func add(_ record: TurnRecord) throws {
        guard record.sequence == last + 1 else {
            throw WorldDamage("turn \(record.sequence) follows turn \(last): the log has a gap")
        }
        last = record.sequence
        count += 1
        for change in record.changes {
            switch change {
            case .create(let id):
                created.insert(id)
                nextID = max(nextID, id.number &+ 1)
            case .destroy(let id):
                properties[id] = nil
                unread.forget(id)
                if created.remove(id) == nil { destroyed.insert(id) }
            case .set(let id, let name, let value):
                properties[id, default: [:]].updateValue(value, forKey: name)
                if name == UnreadFolding.name { unread.set(value, on: id) }
            }
        }
        unread.add(record)
    }

    /// Writes the sum, deletes the turns from the log and moves `meta` on; the caller holds a transaction.
    mutating func apply(to db: Database, meta: inout StoreMeta) throws {
        try destroyThings(db)
        let insert = try db.cachedStatement(sql: "INSERT INTO thing(id, crc) VALUES (?, ?)")
        for id in created.sorted() {
            try insert.execute(arguments: [Int64(bitPattern: id.number), Int64(StoreLayout.checksum(ofThing: id))])
        }
        for (id, told) in try unread.sum(db) {
            properties[id, default: [:]].updateValue(told.value, forKey: UnreadFolding.name)
        }
        try writeProperties(db)
        try db.cachedStatement(sql: "DELETE FROM turn WHERE sequence <= ?").execute(
            arguments: [Int64(bitPattern: last)])
        var next = meta
        next.folded = last
        next.nextID = nextID
        try next.save(db)
        meta = next
    }

    private func destroyThings(_ db: Database) throws {
        let deleteProperties = try db.cachedStatement(sql: "DELETE FROM property WHERE thing = ?")
        let deleteThing = try db.cachedStatement(sql: "DELETE FROM thing WHERE id = ?")
        for id in destroyed.sorted() {
            try deleteProperties.execute(arguments: [Int64(bitPattern: id.number)])
            try deleteThing.execute(arguments: [Int64(bitPattern: id.number)])
        }
    }

    private func writeProperties(_ db: Database) throws {
        let delete = try db.cachedStatement(sql: "DELETE FROM property WHERE thing = ? AND name = ?")
        let upsert = try db.cachedStatement(
            sql: """
                INSERT INTO property(thing, name, value, crc) VALUES (?, ?, ?, ?)
                ON CONFLICT(thing, name) DO UPDATE SET value = excluded.value, crc = excluded.crc
                """)
        for (id, changes) in properties.sorted(by: { $0.key < $1.key }) {
            let number = Int64(bitPattern: id.number)
            for (name, value) in changes {
                guard let value else {
                    try delete.execute(arguments: [number, name])
                    continue
                }
                var writer = ByteWriter(reserving: 32)
                value.encode(into: &writer)
                let crc = StoreLayout.checksum(of: name, on: id, value: writer.bytes)
                try upsert.execute(arguments: [number, name, Data(writer.bytes), Int64(crc)])
            }
        }
    }
}
