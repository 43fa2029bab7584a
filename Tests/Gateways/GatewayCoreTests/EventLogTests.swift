import Basics
import Testing
import WorldLanguage
import WorldModel

@testable import GatewayCore

@Suite struct EventLogTests {
    private func add(
        _ text: String, to log: inout EventLog, at milliseconds: Int64 = 5, as category: MessageCategory = .speech,
        isKept: Bool = true
    ) {
        log.append(
            StyledText(text), category, after: 3, at: WallInstant(milliseconds: milliseconds), isKept: isKept)
    }

    private func texts(_ log: EventLog, after number: UInt64 = 0) -> [String] {
        log.events(after: number).map(\.text.plain)
    }

    @Test func whatNoDoorWantsIsForgotten() {
        var log = EventLog()
        for number in 1...5 { add("\(number)", to: &log) }
        log.noteDelivered(upTo: 3)
        #expect(texts(log) == ["1", "2", "3", "4", "5"] && !log.isDelivered, "another door may want it")
        log.forget(upTo: 3)
        #expect(texts(log) == ["4", "5"] && log.missingCount(after: 3) == 0)
        log.noteDelivered(upTo: 2)
        log.forget(upTo: 2)
        #expect(texts(log) == ["4", "5"] && log.delivered == 3)
        log.noteDelivered(upTo: 99)
        #expect(log.isDelivered && log.delivered == 5)
        log.forget(upTo: 5)
        #expect(log.isEmpty && log.events.capacity == 0)
        add("6", to: &log)
        #expect(log.events.first?.number == 6 && log.missingCount(after: 5) == 0 && !log.isDelivered)
    }

    @Test func itIsReadFromAnyEventOn() {
        var log = EventLog()
        for number in 1...5 { add("\(number)", to: &log) }
        log.forget(upTo: 2)
        #expect(texts(log, after: 0) == ["3", "4", "5"] && log.missingCount(after: 0) == 2)
        #expect(texts(log, after: 2) == ["3", "4", "5"] && log.missingCount(after: 2) == 0)
        #expect(texts(log, after: 4) == ["5"] && log.missingCount(after: 4) == 0)
        for number: UInt64 in [5, 6, .max] {
            #expect(texts(log, after: number).isEmpty && log.missingCount(after: number) == 0)
        }
    }

    @Test func whatOneCanLookAtAgainIsNotInIt() {
        var log = EventLog()
        let time = WallInstant(milliseconds: 0)
        for category in MessageCategory.allCases {
            let number = log.append("x", category, after: 0, at: time, isKept: true)
            #expect((number == nil) == (category == .sight || category == .reference))
        }
        #expect(log.events.count == MessageCategory.allCases.count - 2 && Int(log.last) == log.events.count)
        var stored = KeptEvents()
        for category in ["speech", "sight", "unheard of"] {
            stored.append(KeptEvent(time: time, category: category, text: "x"))
        }
        #expect(EventLog(stored).events.map(\.category) == [.speech, .system], "an earlier version has stored it")
    }

    @Test func whatWasToldApartComesInItsPlaceInTime() {
        var log = EventLog()
        for time: Int64 in [10, 20, 20, 30] { add("\(time)", to: &log, at: time) }
        let others = [5, 20, 25, 40].map {
            KeptEvent(time: WallInstant(milliseconds: $0), category: "tell", text: StyledText("told \($0)"))
        }
        log.merge(others, after: 1)
        #expect(texts(log) == ["10", "told 5", "20", "20", "told 20", "told 25", "30", "told 40"])
        #expect(log.events.map(\.number) == Array(1...8) && log.last == 8)
        #expect(log.events.map(\.isKept).allSatisfy { $0 })
        var lost = KeptEvents()
        lost.miss(7)
        var other = EventLog(lost)
        other.merge(others, after: 0)
        #expect(other.missingCount(after: 0) == 7 && other.last == 11 && texts(other, after: 8).count == 3)
        other.noteDelivered(upTo: 11)
        other.forget(upTo: 11)
        #expect(other.isEmpty && other.isDelivered)
    }

    @Test func theOldestGoAndAreCounted() {
        var log = EventLog()
        for number in 1...5000 { add("\(number)", to: &log) }
        #expect(log.events.count <= KeptEvents.capacity && log.events.count > KeptEvents.capacity / 2)
        #expect(log.missingCount(after: 0) + log.events.count == 5000 && texts(log).last == "5000")
        #expect(log.missingCount(after: 5000) == 0)
        add(String(repeating: "x", count: KeptEvents.byteCapacity), to: &log)
        #expect(log.isEmpty && log.missingCount(after: 5000) == 1)
    }

    @Test func aStoreKeepsWhatItMayAndGivesItBack() throws {
        var log = EventLog()
        add("kept", to: &log)
        add("looked at", to: &log, isKept: false)
        add("kept too", to: &log)
        let stored = KeptEvents(log.kept.value)
        #expect(stored == log.kept)
        let again = EventLog(try #require(stored))
        #expect(texts(again) == ["kept", "kept too"] && again.events.map(\.category) == [.speech, .speech])
        var lost = KeptEvents()
        lost.miss(7)
        #expect(EventLog(lost).missingCount(after: 0) == 7 && EventLog(lost).kept == lost)
        log.noteDelivered(upTo: 1)
        #expect(log.kept.events.map(\.text.plain) == ["kept too"], "what some door has delivered is not kept")
    }

    @Test func anEventIsTakenWithItsLastOctet() {
        var receipts = Receipts()
        for event in 1...3 { receipts.expect(UInt64(event), at: event * 10) }
        receipts.note(taken: 9)
        #expect(receipts.last == 0)
        receipts.note(taken: 20)
        #expect(receipts.last == 2 && !receipts.isEmpty)
        receipts.note(taken: -5)
        #expect(receipts.last == 2)
        receipts.note(taken: 30)
        #expect(receipts.last == 3 && receipts.newest == 3 && receipts.isEmpty)
        receipts = Receipts(after: 7)
        #expect(receipts.last == 7 && receipts.newest == 7)
        receipts.expect(9, at: 40)
        #expect(receipts.last == 7 && receipts.newest == 9)
    }
}
