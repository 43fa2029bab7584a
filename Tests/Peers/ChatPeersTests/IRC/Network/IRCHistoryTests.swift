import Basics
import IRCWire
import Testing

@testable import ChatPeers

struct IRCHistoryTests {
    /// Lines 1 to `count`, a second apart; each third one is an event.
    private func history(
        _ count: UInt64, limit: Int = 100,
        _ budget: IRCHistoryBudget = IRCHistoryBudget(octets: 1 << 30, octetsEach: 1 << 30),
        text: IRCParameter = "x", client: IRCTags = IRCTags()
    ) -> IRCHistory {
        let history = IRCHistory(limit: limit, budget: budget)
        guard count > 0 else { return history }
        for number in 1...count {
            let tags = IRCLine.Tags(time: WallInstant(milliseconds: Int64(number) * 1000), client: client)
            history.add(
                IRCHistory.Entry(
                    id: IRCMessageID(number: number), line: IRCLine(.wallops(text), from: nil, tags: tags),
                    isMessage: number % 3 != 0))
        }
        return history
    }

    private func numbers(_ entries: [IRCHistory.Entry]) -> [UInt64] { entries.map(\.id.number) }
    private func id(_ number: UInt64) -> IRCHistory.Place { .message(IRCMessageID(number: number)) }

    @Test func sidesOfAPlace() {
        let history = history(9)
        #expect(numbers(history.before(id(5), 3, events: true)) == [2, 3, 4])
        #expect(numbers(history.before(id(5), 3, events: false)) == [1, 2, 4])
        #expect(numbers(history.after(id(5), 3, events: true)) == [6, 7, 8])
        #expect(numbers(history.after(id(5), 3, events: false)) == [7, 8])
        #expect(numbers(history.latest(after: nil, 2, events: false)) == [7, 8])
        #expect(numbers(history.latest(after: id(8), 5, events: true)) == [9])
        #expect(numbers(history.around(id(5), 4, events: true)) == [3, 4, 5, 6])
        #expect(numbers(history.around(id(1), 4, events: true)) == [1, 2, 3, 4])
        #expect(numbers(history.between(id(2), id(6), 2, events: true)) == [3, 4])
        #expect(numbers(history.between(id(6), id(2), 2, events: true)) == [4, 5])
        #expect(numbers(history.between(id(4), id(4), 9, events: true)).isEmpty)
        #expect(numbers(history.between(id(4), id(5), 9, events: true)).isEmpty)
    }

    @Test func timesBetweenLinesArePlaces() {
        let place = IRCHistory.Place.time(WallInstant(milliseconds: 4500))
        #expect(numbers(history(9).before(place, 2, events: true)) == [3, 4])
        #expect(numbers(history(9).after(place, 2, events: true)) == [5, 6])
    }

    @Test func nothingIsFoundInNothing() {
        let empty = history(0)
        #expect(empty.latest(after: nil, 5, events: true).isEmpty && empty.around(id(3), 5, events: true).isEmpty)
        #expect(history(5, limit: 0).latest(after: nil, 5, events: true).isEmpty)
    }

    @Test func theOldestAreForgotten() {
        let history = history(1000, limit: 10)
        #expect(numbers(history.latest(after: nil, 100, events: true)) == Array(991...1000))
        #expect(numbers(history.before(id(993), 100, events: true)) == [991, 992])
        #expect(numbers(history.after(id(5), 2, events: true)) == [991, 992])
    }

    @Test func aPlaceTakesNoMoreOctetsThanItsBudget() {
        let budget = IRCHistoryBudget(octets: 1 << 30, octetsEach: 64 << 10)
        let text = IRCParameter(cleaning: String(repeating: "x", count: 400))
        let history = history(1000, limit: 1000, budget, text: text)
        #expect(history.octetCount <= 64 << 10 && history.octetCount > 32 << 10)
        #expect(budget.spent == history.octetCount && history.last?.id.number == 1000)
    }

    @Test func allPlacesTogetherTakeNoMoreThanTwiceTheirBudget() {
        let budget = IRCHistoryBudget(octets: 256 << 10, octetsEach: 64 << 10)
        var histories = (0..<100).map { _ in history(500, limit: 1000, budget) }
        #expect(budget.spent == histories.reduce(0) { $0 + $1.octetCount } && budget.spent <= 512 << 10)
        #expect(histories.allSatisfy { !$0.isEmpty })
        histories = []
        #expect(budget.spent == 0 && budget.share == 64 << 10)
    }

    @Test func longTagsOfClientsAreNotKept() {
        let short: IRCTags = ["+draft/reply": "0123456789ABC"]
        let long: IRCTags = ["+a": String(repeating: "x", count: 4000)]
        #expect(history(1, client: short).last?.line.tags.client == short)
        #expect(history(1, client: long).last?.line.tags.client.isEmpty ?? false)
    }

    /// Many lines of so many octets would be more than a client can be sent at once.
    @Test func oneRequestGetsSoManyOctets() {
        let text = IRCParameter(cleaning: String(repeating: "x", count: 4000))
        let history = history(500, limit: 500, text: text, client: ["+a": String(repeating: "x", count: 500)])
        let latest = numbers(history.latest(after: nil, 500, events: true))
        #expect(latest.last == 500 && latest.count < 450 && latest.count > 50)
        #expect(numbers(history.after(id(5), 500, events: true)).first == 6)
    }
}

struct IRCMessageIDTests {
    @Test(arguments: [0, 1, 31, 32, 1_700_000_000_000 << 20, UInt64.max])
    func idsAreReadAsTheyAreWritten(number: UInt64) {
        let id = IRCMessageID(number: number)
        #expect(id.text.utf8.count == 13 && IRCMessageID(id.text) == id)
    }

    @Test func textsSortAsNumbersDo() {
        #expect(IRCMessageID(number: 31).text < IRCMessageID(number: 32).text)
    }

    @Test(arguments: ["", "1", "000000000000i", "ZZZZZZZZZZZZZ", "00000000000000", "0000000000 00"])
    func othersAreNone(text: String) {
        #expect(IRCMessageID(text) == nil)
    }
}
