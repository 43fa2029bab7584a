import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

@Suite struct ChannelHistoryTests {
    /// Ten messages, a second after the other.
    private func made() throws -> (stage: Stage, chat: Channel, ada: Thing) {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        for number in 1...10 {
            stage.time = WallInstant(milliseconds: Int64(number) * 1000)
            _ = stage.play("chat \(number)", by: ada)
        }
        return (stage, try #require(Channel(named: "chat", in: stage.world)), ada)
    }

    @Test(arguments: [
        (ChannelHistoryRange.latest(after: nil), 3, [8, 9, 10]), (.latest(after: .number(8)), 9, [9, 10]),
        (.latest(after: .time(8500)), 1, [10]), (.before(.number(4)), 2, [2, 3]), (.before(.time(1000)), 5, []),
        (.after(.number(4)), 2, [5, 6]), (.after(.time(9999)), 5, [10]), (.around(.number(5)), 3, [4, 5, 6]),
        (.around(.number(1)), 4, [1, 2, 3, 4]), (.around(.number(10)), 4, [7, 8, 9, 10]),
        (.around(.time(5500)), 2, [5, 6]),
        (.between(.number(2), .number(6)), 9, [3, 4, 5]), (.between(.number(2), .number(9)), 2, [3, 4]),
        (.between(.number(9), .number(2)), 2, [7, 8]), (.between(.time(2000), .time(4000)), 9, [3]),
        (.latest(after: nil), 0, []), (.before(.number(.max)), -3, []), (.around(.number(.min)), .max, Array(1...10)),
    ])
    func ranges(_ range: ChannelHistoryRange, _ limit: Int, _ numbers: [Int]) throws {
        let (_, chat, ada) = try made()
        #expect(chat.history(range, atMost: limit, for: ada).map(\.number) == numbers)
    }

    @Test func aMessageIsKnownByTheSameNameLiveAndLater() throws {
        let (stage, chat, ada) = try made()
        let outcome = stage.play("chat :waves", by: ada)
        let live = try #require(outcome.deliveries.first?.utterance)
        let kept = try #require(chat.history(for: ada).last)
        #expect(live.id == chat.id(of: kept) && live.post?.number == 11 && live.isGesture)
        #expect(live.words.plain == "waves." && kept.words == "waves.")
    }

    @Test func whomOneIgnoresIsNotInIt() throws {
        let (stage, chat, _) = try made()
        let ben = try #require(stage.player(named: "Ben"))
        _ = stage.play("chat mine", by: ben)
        _ = stage.play("ignore ada", by: ben)
        #expect(chat.history(.after(.number(0)), atMost: 50, for: ben).map(\.text) == ["mine"])
    }

    @Test func readMarksGoForwardAlone() throws {
        let (stage, _, ada) = try made()
        func set(_ time: Int, _ name: String = "#chat") -> Int? {
            var answer: Int?
            _ = stage.turn(by: ada) { turn in answer = try ReadMark.set(time, of: name, turn) }
            return answer
        }
        #expect(ReadMark.time(of: "#chat", for: ada, stage.world) == nil)
        #expect(set(1000) == 1000 && set(500) == 1000 && set(2000, "#CHAT") == 2000)
        #expect(ReadMark.time(of: "#Chat", for: ada, stage.world) == 2000)
        for number in 1...(ReadMark.most + 5) { #expect(set(3000 + number, "n\(number)") != nil) }
        #expect(ReadMark.time(of: "#chat", for: ada, stage.world) == nil, "the oldest makes room")
        #expect(set(1, "") == nil && set(1, String(repeating: "x", count: 65)) == nil)
        let later = try Stage(StageState(stage))
        let reader = try #require(later.player(named: "Ada"))
        #expect(ReadMark.time(of: "n50", for: reader, later.world) == 3050)
        #expect(stage.failures == [])
    }
}
