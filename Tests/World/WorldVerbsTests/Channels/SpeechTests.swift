import Basics
import Testing
import WorldLanguage
import WorldModel
import WorldTesting
import WorldVerbs

/// The words apart from the sentence, on their way to doors that show talk in their own way.
@Suite struct SpeechTests {
    private let stage = House.make()
    private let ada: Thing
    private let ben: Thing

    init() throws {
        ada = try #require(stage.player(named: "Ada"))
        ben = try #require(stage.player(named: "Ben"))
    }

    /// What everybody is told apart from sentences, by the names of the readers.
    private func utterances(_ line: String, by actor: Thing) -> [(reader: String, utterance: Utterance)] {
        stage.play(line, by: actor).deliveries.flatMap { delivery in
            delivery.utterance.map { utterance in delivery.recipients.map { ($0.name, utterance) } } ?? []
        }.sorted { $0.0 < $1.0 }
    }

    @Test(arguments: [
        ("say hello \"you\"", Utterance.Kind.say, "hello \"you\"", false), ("shout hey", .shout, "hey", false),
        ("emote waves at @ben", .emote, "waves at Ben.", true), (":'s hat falls", .emote, "'s hat falls.", true),
        ("smile ben", .emote, "smiles at Ben.", true), ("chat one, two", .channel, "one, two", false),
        ("chat :sings", .channel, "sings.", true),
    ])
    func everybodyHereHasTheSameWords(_ line: String, _ kind: Utterance.Kind, _ words: String, _ isGesture: Bool) {
        let told = utterances(line, by: ada)
        #expect(told.map(\.reader) == ["Ada", "Ben", "Cy"])
        for (_, utterance) in told {
            #expect(utterance.kind == kind && utterance.words.plain == words && utterance.isGesture == isGesture)
            #expect(utterance.speaker == Utterance.Person(number: ada.id, name: "Ada"))
            #expect(utterance.id == told[0].utterance.id, "it is one, in however many sentences")
        }
    }

    @Test func aTellIsForTwoAndKnowsForWhom() {
        for (line, kind) in [("tell ben psst", Utterance.Kind.tell), ("whisper ben psst", .whisper)] {
            let told = utterances(line, by: ada)
            #expect(told.map(\.reader) == ["Ada", "Ben"])
            #expect(told.allSatisfy { $0.utterance.kind == kind && $0.utterance.words.plain == "psst" })
            #expect(told.allSatisfy { $0.utterance.addressees == [Utterance.Person(number: ben.id, name: "Ben")] })
            #expect(told.allSatisfy { !$0.utterance.waits })
        }
        let several = utterances("tell ben, cy psst", by: ada)
        #expect(several.map(\.reader) == ["Ada", "Ben", "Cy"] && Set(several.map(\.utterance.addressees.count)) == [2])
    }

    @Test func whatIsLeftForTheAbsentSaysSo() {
        stage.absent.insert(ben.id)
        let told = utterances("tell ben psst", by: ada)
        #expect(told.map(\.reader) == ["Ada"] && told[0].utterance.waits)
        stage.absent.remove(ben.id)
        var events: [KeptEvent] = []
        _ = stage.turn(by: ben) { turn in events = stage.interpreter.takeWaitingTells(turn) }
        #expect(events.first?.utterance?.words.plain == "psst" && events.first?.utterance?.speaker.name == "Ada")
    }

    @Test func whoIsAwayIsSaidToBe() {
        _ = stage.play("away Making tea", by: ben)
        let outcome = stage.play("tell ben psst", by: ada)
        #expect(stage.reading(of: outcome, by: ada).contains("Ada: Ben is away: Making tea"))
        #expect(stage.reading(of: stage.play("back", by: ben), by: ben) == ["Ben: You are back."])
        #expect(stage.reading(of: stage.play("tell ben psst", by: ada), by: ada).count == 2)
        #expect(stage.failures == [])
    }

    @Test func inTheDarkNobodyIsNamed() throws {
        let hall = try #require(ada.place)
        stage.change { $0.set(.isDark, to: true, on: hall) }
        let told = utterances("say boo", by: ada)
        #expect(told.first { $0.reader == "Ben" }?.utterance.speaker.name == "")
        #expect(told.first { $0.reader == "Ada" }?.utterance.speaker.name == "Ada")
        #expect(utterances("tell ben boo", by: ada).allSatisfy { $0.utterance.speaker.name == "Ada" })
        #expect(utterances("emote waves", by: ada).allSatisfy { $0.reader == "Ada" })
    }

    @Test func whatIsNobodysWordsIsApart() {
        for line in ["look", "get brass lamp", "inventory", "tell nobodyatall x", "who"] {
            #expect(utterances(line, by: ada).isEmpty)
        }
    }
}
