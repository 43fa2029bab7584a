import Basics
import Testing
import WorldModel
import WorldTesting
import WorldVerbs

/// Whatever is typed, nothing traps, the world stays sound, and what is refused has not happened.
@Suite struct SoupTests {
    private static let words: [String] =
        VerbTable.standard.verbs.flatMap { [$0.name] + $0.aliases + $0.phrases }
        + Direction.allCases.map(\.rawValue)
        + [
            "lamp", "brass", "oil", "chest", "box", "ring", "coin", "coins", "table", "letter", "key", "door", "case",
            "ruby", "hat", "hats", "boots", "keeper", "cat", "ada", "ben", "cy", "tapestry", "stairs", "bottle",
        ]
        + [
            "in", "into", "on", "from", "out", "of", "off", "with", "to", "about", "at", "all", "except", "but", "and",
            ",",
            "it", "them", "him", "her", "me", "here", "the", "a", "my", "second", "2", "2.lamp", "0", "-1", "two", "3.",
            ".", "...", "'", ":", ";", "\"", "?", "9999999999999999999999", "é", "🙂", "ﬀ", "a\u{301}", "\u{200B}",
            "then", "then", ";", "box.", "lamp,", "carefully", "quietly", "last", "2nd", "first", "my", "his", "can't",
            "see",
            "#7", "hug", "$*", "ada's", "one",
            "as", "up", "down", "x", "1", "color", "width", "on|off", "search",
            "\(Int.min)", "\(Int.max)",
        ]

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func anyLineIsSurvived(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let stage = House.make()
        let recovered = World()
        try recovered.restore(stage.world.snapshot(), nextID: stage.world.nextID, sequence: stage.world.sequence)
        for _ in 0..<500 {
            let player = try #require(stage.players.randomElement(using: &random))
            let count = Int.random(in: 0...12, using: &random)
            var line = (0..<count).compactMap { _ in Self.words.randomElement(using: &random) }.joined(separator: " ")
            if Int.random(in: 0..<20, using: &random) == 0 { line = noise(&random) }
            let outcome = stage.play(line, by: player)
            #expect(stage.failures == [], "seed \(seed), \(player.name): \(line)")
            if !stage.failures.isEmpty { return }
            if let record = outcome.record { try recovered.replay(try TurnRecord(decoding: record.encoded())) }
            // A line of a text that is being written needs no answer.
            #expect(
                !line.cleaned.contains { $0 != " " } || !outcome.deliveries.isEmpty || !outcome.requests.isEmpty
                    || player[.isEditing])
        }
        // What was played is what is found after a crash.
        #expect(recovered.snapshot() == stage.world.snapshot())
        for thing in stage.world.things.values {
            #expect(recovered[thing.id]?.contents.map(\.id) == thing.contents.map(\.id))
        }
    }

    private func noise(_ random: inout SeededGenerator) -> String {
        let length = Int.random(in: 0...200, using: &random)
        let octets = (0..<length).map { _ in UInt8.random(in: 0x20...0xFF, using: &random) }
        return String(decoding: octets, as: UTF8.self)
    }

    @Test(arguments: [" ", "and ", ", ", "a ", "all ", "2.", "get lamp and ", "give 2 coins to ", "é", "\u{301}"])
    func longLinesAreSurvived(_ piece: String) throws {
        let stage = House.make()
        let ada = try #require(stage.player(named: "Ada"))
        let rest = String(repeating: piece, count: 2048 / piece.utf8.count)
        for verb in ["", "get ", "say ", "look at ", "put ", "tell ", "ask ", "help ", "go "] {
            _ = stage.play(verb + rest, by: ada)
        }
        #expect(stage.failures == [])
    }
}
