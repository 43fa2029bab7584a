import FoundationEssentials
import GRDB
import WorldModel

/// What some turns told those who may not have read it, on its way from the log into the property `told`.
///
/// Only those who have the property already, or get it in these turns, are kept anything for: whoever has a reader needs no
/// more than the log.
struct UnreadFolding {
    /// The stored name of the property.
    static let name = "\(CoreProperty.told)"

    private var records: [TurnRecord] = []
    /// What the turns set the property to, and how many of `records` came before.
    private var settings: [ThingID: (value: Value?, place: Int)] = [:]
    private var forgotten: Set<ThingID> = []

    /// Adds what a turn told, behind what it set.
    mutating func add(_ record: TurnRecord) {
        if !record.tellings.isEmpty { records.append(record) }
    }

    /// A turn has set the property, or removed it.
    mutating func set(_ value: Value?, on id: ThingID) { settings[id] = (value, records.count) }

    /// A turn has ended a thing.
    mutating func forget(_ id: ThingID) {
        settings[id] = nil
        forgotten.insert(id)
    }

    /// What the property of each thing is to be that it has to change for.
    ///
    /// - Complexity: O(*n*) in the recipients, with one look into the database for each different one.
    func sum(_ db: Database) throws -> [ThingID: KeptEvents] {
        var kept: [ThingID: KeptEvents?] = [:]
        var changed: Set<ThingID> = []
        for (place, record) in records.enumerated() {
            for telling in record.tellings {
                let event = KeptEvent(
                    time: record.time, category: telling.category, text: telling.text, utterance: telling.utterance)
                for id in telling.recipients where place >= settings[id]?.place ?? 0 {
                    if kept.index(forKey: id) == nil { kept.updateValue(try beginning(of: id, db), forKey: id) }
                    guard case .some(.some(var events)) = kept[id] else { continue }
                    // The dictionary must not hold a second reference while it grows.
                    kept.updateValue(.some(KeptEvents()), forKey: id)
                    events.append(event)
                    kept.updateValue(events, forKey: id)
                    changed.insert(id)
                }
            }
        }
        return kept.compactMapValues { $0 }.filter { changed.contains($0.key) }
    }

    /// What the property was before; nil when there is none.
    private func beginning(of id: ThingID, _ db: Database) throws -> KeptEvents? {
        if forgotten.contains(id) { return nil }
        if let setting = settings[id] { return setting.value.flatMap { KeptEvents($0) } }
        let data = try Data.fetchOne(
            db.cachedStatement(sql: "SELECT value FROM property WHERE thing = ? AND name = ?"),
            arguments: [Int64(bitPattern: id.number), Self.name])
        guard let data else { return nil }
        return try KeptEvents(StoreReader.value([UInt8](data), name: Self.name, of: id))
    }
}
