import Basics
import Testing
import WorldLanguage
import WorldModel

@testable import GatewayCore

@Suite struct EventLogTests {
    private func add(_ text: String, to log: inout EventLog, isKept: Bool = true) {
        log.append(StyledText(text), .speech, after: 3, at: WallInstant(milliseconds: 5), isKept: isKept)
    }

    private func texts(_ log: EventLog) -> [String] { log.events.map(\.text.plain) }

    @Test func whatIsDeliveredIsForgotten() {
        var log = EventLog()
        for number in 1...5 { add("\(number)", to: &log) }
        log.noteDelivered(upTo: 3)
        #expect(texts(log) == ["4", "5"] && log.missingCount == 0)
        log.noteDelivered(upTo: 2)
        #expect(texts(log) == ["4", "5"] && log.delivered == 3)
        log.noteDelivered(upTo: 5)
        #expect(log.isEmpty && log.events.capacity == 0)
        add("6", to: &log)
        #expect(log.events.first?.number == 6 && log.missingCount == 0)
    }

    @Test func theOldestGoAndAreCounted() {
        var log = EventLog()
        for number in 1...5000 { add("\(number)", to: &log) }
        #expect(log.events.count <= KeptEvents.capacity && log.events.count > KeptEvents.capacity / 2)
        #expect(log.missingCount + log.events.count == 5000 && texts(log).last == "5000")
        log.noteDelivered(upTo: 5000)
        #expect(log.missingCount == 0)
        add(String(repeating: "x", count: KeptEvents.byteCapacity), to: &log)
        #expect(log.isEmpty && log.missingCount == 1)
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
        #expect(EventLog(lost).missingCount == 7)
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
        #expect(receipts.last == 3 && receipts.isEmpty)
    }
}
