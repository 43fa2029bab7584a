import Basics
import Testing
import WorldModel
import WorldStore
import WorldStoreTesting

/// What turns told is folded for those whose property `told` says that they may not have read it.
@Suite struct UnreadTests {
    private let ada = ThingID(1)
    private let ben = ThingID(2)

    private func telling(_ sequence: UInt64, _ changes: [Change] = [], told text: String? = nil) -> TurnRecord {
        let text = StyledText(text ?? "\(sequence)", .speech)
        return TurnRecord(
            sequence: sequence, time: WallInstant(milliseconds: 12), changes: changes,
            tellings: [Telling(recipients: [ada, ben], category: "speech", text: text)])
    }

    private var beginning: TurnRecord {
        TurnRecord(
            sequence: 1, time: WallInstant(milliseconds: 12),
            changes: [ada, ben].flatMap { id in
                [
                    Change.create(id),
                    .set(id, name: "faculties", .list([.text("persona"), .text("player")])),
                ]
            })
    }

    /// Ada is away from the third turn on, and reads again from the seventh on; Ben reads all the time.
    private var records: [TurnRecord] {
        [
            beginning, telling(2), telling(3, [.set(ada, name: "told", KeptEvents().value)]), telling(4), telling(5),
            telling(6), telling(7, [.set(ada, name: "told", nil)]), telling(8),
        ]
    }

    private func run(_ records: [TurnRecord], _ volume: FaultVolume, slice: Int) throws -> World {
        var options = volume.busyOptions
        options.foldSlice = slice
        options.tailLimit = slice
        let heard = try #require(Session(path: volume.database, options: options, records: records).run())
        #expect(heard.fatal.isEmpty)
        let world = World()
        let store = try StoredWorld(path: volume.database, options: options)
        _ = try store.load(into: world)
        try store.close()
        return world
    }

    @Test(arguments: [1, 2, 3, 100]) func onlyThoseWhoAreAwayAreKeptAnything(slice: Int) throws {
        for count in 1...records.count {
            let volume = FaultVolume()
            let world = try run(Array(records.prefix(count)), volume, slice: slice)
            let told = world[ada]?[.told].events.map(\.text.plain) ?? []
            let expected = (3...6).contains(count) ? (3...count).map(String.init) : []
            #expect(told == expected, "\(count) turns")
            #expect((world[ada]?.value(of: PropertyKey(.told)) != nil) == (3...6).contains(count))
            #expect(world[ben]?.value(of: PropertyKey(.told)) == nil)
            #expect(world.takeTold().isEmpty && checkStore(at: volume.database).problems.isEmpty)
        }
    }

    /// Killed before anything was folded, or while it was: the property and the tail together hold each event once.
    @Test(arguments: UInt64(1)...40) func aPowerCutKeepsWhatWasPublished(change: UInt64) throws {
        let volume = FaultVolume()
        volume.cutPower(atChange: change * 3, seed: change)
        let records = Array(records.prefix(6))
        let heard = Session(path: volume.database, options: volume.busyOptions, records: records, group: 1)
            .run { !volume.hasPower }
        if !volume.hasPower { volume.powerOn() }
        let world = World()
        let store = try StoredWorld(path: volume.database, options: volume.busyOptions)
        _ = try store.load(into: world)
        try store.close()
        #expect(world.sequence >= heard?.durable.last ?? 0)
        guard world.sequence >= 3 else { return }
        var told = world[ada]?[.told] ?? KeptEvents()
        if let tail = world.takeTold()[ada] { told.append(tail) }
        #expect(told.events.map(\.text.plain) == (3...world.sequence).map(String.init))
    }

    @Test func whoEndsIsKeptNothing() throws {
        let records = [
            beginning, telling(2, [.set(ada, name: "told", KeptEvents().value)]), telling(3),
            telling(4, [.set(ada, name: "told", nil), .set(ada, name: "faculties", nil), .destroy(ada)]), telling(5),
        ]
        let volume = FaultVolume()
        let world = try run(records, volume, slice: 100)
        #expect(world[ada] == nil && checkStore(at: volume.database).problems.isEmpty)
    }
}
