import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

/// Words of those on other networks: shown as theirs, ignored, banned and remembered like anybody's.
@Suite struct ChannelBridgeTests {
    private let stage = House.make()
    private let ada: Thing
    private let ben: Thing
    private let chat: Channel
    private let bridge: Thing

    init() throws {
        ada = try #require(stage.player(named: "Ada"))
        ben = try #require(stage.player(named: "Ben"))
        chat = try #require(Channel(named: "chat", in: stage.world))
        var made: Thing?
        _ = stage.turn(by: ada) { turn in made = try Channel.bridge(to: "Libera", turn) }
        bridge = try #require(made)
        stage.roles[ada.id] = .admin
        stage.roles[bridge.id] = .guest
    }

    private func relay(_ text: String, by name: String = "zed", isGesture: Bool = false) -> Outcome {
        stage.turn(by: bridge) { turn in try chat.relay(text, isGesture: isGesture, by: name, turn) }
    }

    /// What one of all reads.
    private func read(_ outcome: Outcome, _ reader: Thing) -> [String] {
        stage.reading(of: outcome, by: reader).filter { $0.hasPrefix(reader.name) }
    }

    @Test func itIsReadAsTheirsFromThere() throws {
        let outcome = relay("hello")
        #expect(read(outcome, ada) == ["Ada: [chat] zed@Libera: hello"])
        #expect(read(relay("waves", isGesture: true), ben) == ["Ben: [chat] zed@Libera waves."])
        let utterance = try #require(outcome.deliveries.first?.utterance)
        #expect(utterance.speaker == Utterance.Person(number: bridge.id, name: "zed@Libera"))
        #expect(utterance.id == chat.history(for: ada).first.map { chat.id(of: $0) })
        #expect(stage.failures == [])
    }

    @Test func thereIsOneForEachNetwork() throws {
        var names: [ThingID] = []
        _ = stage.turn(by: ada) { turn in
            for name in ["libera", "LIBERA", "OFTC"] { names.append(try Channel.bridge(to: name, turn).id) }
        }
        #expect(names.first == bridge.id && names[1] == bridge.id && names[2] != bridge.id)
        for name in ["", "a b", "a@b", String(repeating: "x", count: Channel.longestNetwork + 1)] {
            let outcome = stage.turn(by: ada) { _ = try Channel.bridge(to: name, $0) }
            #expect(outcome.objection != nil)
        }
        let later = try Stage(StageState(stage))
        _ = later.turn(by: try #require(later.player(named: "Ada"))) { turn in
            let found = try Channel.bridge(to: "Libera", turn)
            #expect(found.id == bridge.id)
        }
    }

    @Test func whoIgnoresThemReadsNothing() {
        _ = stage.play("ignore zed@libera", by: ben)
        #expect(read(relay("hello"), ben).isEmpty)
        #expect(read(relay("hello", by: "amy"), ben) == ["Ben: [chat] amy@Libera: hello"])
        #expect(chat.history(for: ben).map(\.name) == ["amy@Libera"] && chat.history(for: ada).count == 2)
        #expect(read(stage.play("ignore", by: ben), ben) == ["Ben: You ignore zed@libera."])
        _ = stage.play("unignore zed@libera", by: ben)
        #expect(read(relay("hello"), ben).count == 1)
        _ = stage.play("ignore *@libera", by: ben)
        #expect(read(relay("hello", by: "amy"), ben).isEmpty)
    }

    @Test func moderatorsHaveTheLastWord() {
        #expect(stage.play("channel chat ban zed@libera", by: ada).objection == nil)
        #expect(relay("hello").refusal == .banned && relay("hello", by: "amy").refusal == nil)
        #expect(stage.play("channel chat ban *@libera 1h", by: ada).objection == nil)
        #expect(relay("hello", by: "amy").refusal == .banned && chat.isJoined(by: ben))
        #expect(stage.play("channel chat unban *@libera", by: ada).objection == nil)
        #expect(stage.play("channel chat slow 30", by: ada).objection == nil)
        #expect(relay("hello", by: "amy").refusal == .tooSoon, "all of one network wait together")
    }

    @Test func hostileLinesAreRefused() {
        #expect(relay("").refusal == .nothingSaid && relay(String(repeating: "x", count: 601)).refusal == .tooLong)
        #expect(
            relay("x", by: String(repeating: "n", count: 70)).refusal == .tooLong
                && relay("x", by: "a b").refusal == .tooLong)
        #expect(stage.turn(by: ben) { try chat.relay("x", by: "y", $0) }.refusal == .needsRole)
    }
}
