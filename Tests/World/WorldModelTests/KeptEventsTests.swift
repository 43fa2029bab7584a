import Basics
import Testing
import WorldModel

/// What is kept for those who could not read it, in records, properties and recovery.
@Suite struct KeptEventsTests {
    private func event(_ text: String) -> KeptEvent {
        KeptEvent(time: WallInstant(milliseconds: 12), category: "speech", text: StyledText(text, .speech))
    }

    private func kept(_ range: ClosedRange<Int>) -> KeptEvents {
        var kept = KeptEvents()
        for number in range { kept.append(event("\(number)")) }
        return kept
    }

    @Test func theOldestGoAndAreCounted() {
        let many = kept(1...(KeptEvents.capacity * 3))
        #expect(many.events.count <= KeptEvents.capacity && many.events.count > KeptEvents.capacity / 2)
        #expect(many.missing + many.events.count == KeptEvents.capacity * 3)
        var large = KeptEvents()
        large.append(event(String(repeating: "x", count: KeptEvents.byteCapacity)))
        #expect(large.events.isEmpty && large.missing == 1)
    }

    @Test func aListGoesBehindAnother() {
        var sum = kept(1...3)
        sum.append(kept(4...5))
        #expect(sum.events.map(\.text.plain) == ["1", "2", "3", "4", "5"] && sum.missing == 0)
        var gap = KeptEvents()
        gap.miss(2)
        gap.append(event("8"))
        sum.append(gap)
        #expect(sum.events.map(\.text.plain) == ["8"] && sum.missing == 7)
    }

    @Test func whatIsStoredComesBackAndWhatIsStrangeIsLeftOut() {
        var some = kept(1...3)
        some.miss(4)
        #expect(KeptEvents(some.value) == some)
        #expect(KeptEvents(.text("x")) == nil && KeptEvents(.list([])) == nil)
        let odd = Value.list([
            .int(-3), .int(1), .list([.int(1)]), event("ok").asList, .list([.bool(true), .int(2), .int(3)]),
        ])
        var most = KeptEvents()
        most.miss(.max)
        most.miss(1)
        #expect(most.missing == .max)
        #expect(KeptEvents(odd)?.events == [event("ok")] && KeptEvents(odd)?.missing == 0)
        #expect(KeptEvents(.list([.int(.max)])) != nil)
    }

    /// As every version before tellings wrote it.
    @Test func aRecordOfTheOldFormIsReadAndWrittenAsItWas() throws {
        let octets: [UInt8] = [
            1, 7, 24, 2, 0, 3, 2, 3, 4, 110, 97, 109, 101, 3, 4, 108, 97, 109, 112, 41, 175, 174, 156,
        ]
        let record = try TurnRecord(decoding: octets)
        #expect(record.sequence == 7 && record.time == WallInstant(milliseconds: 12) && record.tellings.isEmpty)
        #expect(record.changes == [.create(ThingID(3)), .set(ThingID(3), name: "name", .text("lamp"))])
        #expect(record.encoded() == octets)
    }

    @Test func everyFlippedBitOfATellingIsDetected() throws {
        let record = TurnRecord(
            sequence: 9, time: WallInstant(milliseconds: 12), changes: [.create(ThingID(3))],
            tellings: [
                Telling(
                    recipients: [ThingID(3), ThingID(900)], category: "speech", text: StyledText("Hello.", .speech)),
                Telling(recipients: [], category: "", text: StyledText()),
            ])
        let bytes = record.encoded()
        #expect(try TurnRecord(decoding: bytes) == record)
        for index in bytes.indices {
            for bit in 0..<8 {
                var flipped = bytes
                flipped[index] ^= 1 << UInt8(bit)
                #expect(throws: ByteFailure.self) { try TurnRecord(decoding: flipped) }
            }
            #expect(throws: ByteFailure.self) { try TurnRecord(decoding: Array(bytes.prefix(index))) }
        }
    }

    @Test func recoveryFindsWhatTheTailTold() throws {
        let world = World()
        world.beginTurn(at: WallInstant(milliseconds: 0), seed: 1)
        let (ada, ben) = (world.create([.persona, .player]), world.create([.persona, .player]))
        let first = try #require(world.endTurn())
        func telling(_ text: String, _ sequence: UInt64, _ changes: [Change] = []) -> TurnRecord {
            TurnRecord(
                sequence: sequence, time: WallInstant(milliseconds: 12), changes: changes,
                tellings: [
                    Telling(
                        recipients: [ada.id, ben.id, ThingID(99)], category: "speech", text: StyledText(text, .speech))
                ])
        }
        let recovered = World()
        try recovered.replay(first)
        try recovered.replay(telling("1", 2))
        try recovered.replay(telling("2", 3, [.set(ben.id, name: "told", kept(1...1).value)]))
        let told = recovered.takeTold()
        #expect(told[ada.id] == kept(1...2))
        var second = KeptEvents()
        second.append(event("2"))
        #expect(told[ben.id] == second, "what came before is in the property")
        #expect(told[ThingID(99)] == nil && recovered.takeTold().isEmpty && recovered.sequence == 3)
    }

    @Test func aTurnThatOnlyTellsHasANumber() {
        let world = World()
        let record = world.makeRecord(at: WallInstant(milliseconds: 5))
        #expect(record.sequence == 1 && world.sequence == 1 && record.changes.isEmpty)
    }
}

extension KeptEvent {
    fileprivate var asList: Value { .list([.int(time.milliseconds), .text(category), .styled(text)]) }
}
