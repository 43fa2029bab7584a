import Basics
import Testing
import WorldModel

/// Words apart from their sentence, as they are kept beside it.
@Suite struct UtteranceTests {
    private static let text = StyledText("Ada says, \"") + StyledText("hi there", .speech) + StyledText("\"")

    private func utterance(_ words: String = "hi there", _ kind: Utterance.Kind = .say) -> Utterance {
        Utterance(
            id: "t7-1", kind: kind, speaker: Utterance.Person(number: ThingID(3), name: "Ada"),
            words: StyledText(words, .speech))
    }

    @Test func theWordsAreFoundInTheSentence() {
        #expect(Utterance.spoken(in: Self.text) == StyledText("hi there", .speech))
        #expect(Utterance.spoken(in: "It rains.").isEmpty)
    }

    @Test(arguments: Utterance.Kind.allCases) func whatIsStoredComesBack(_ kind: Utterance.Kind) {
        var some = utterance("hi \"there\"", kind)
        some.isGesture = true
        some.waits = true
        some.addressees = [
            Utterance.Person(number: ThingID(1 << 62), name: "Ben"), Utterance.Person(number: ThingID(5), name: ""),
        ]
        some.post = Utterance.Post(channel: ThingID(8), name: "chat", number: 12)
        #expect(Utterance(some.value(beside: Self.text), beside: Self.text) == some)
        #expect(Utterance(utterance().value(beside: Self.text), beside: Self.text) == utterance())
    }

    @Test func wordsThatTheSentenceHasAreNotKeptTwice() {
        func size(_ utterance: Utterance) -> Int {
            var writer = ByteWriter(reserving: 100)
            utterance.value(beside: Self.text).encode(into: &writer)
            return writer.bytes.count
        }
        #expect(size(utterance()) < size(utterance("hi")))
    }

    @Test(arguments: [
        Value.bool(false), .text("x"), .list([]), .list([.int(1)]), .map([:]),
        .list([
            .text("a"), .text("sing"), .list([.int(1), .text("Ada")]), .bool(false), .bool(false), .bool(false),
            .list([]),
            .list([]), .int(1),
        ]),
        .list([
            .text("a"), .text("say"), .list([.int(-1), .text("Ada")]), .bool(false), .bool(false), .bool(false),
            .list([]),
            .list([]), .int(1),
        ]),
    ])
    func anotherFormIsNone(_ value: Value) { #expect(Utterance(value, beside: Self.text) == nil) }

    @Test func recordsAndKeptEventsTakeItAlong() throws {
        let record = TurnRecord(
            sequence: 9, time: WallInstant(milliseconds: 12), changes: [],
            tellings: [
                Telling(recipients: [ThingID(3)], category: "speech", text: Self.text, utterance: utterance()),
                Telling(recipients: [ThingID(4)], category: "ambience", text: "It rains."),
            ])
        #expect(try TurnRecord(decoding: record.encoded()) == record)
        var kept = KeptEvents()
        kept.append(
            KeptEvent(time: WallInstant(milliseconds: 1), category: "speech", text: Self.text, utterance: utterance()))
        kept.append(KeptEvent(time: WallInstant(milliseconds: 2), category: "ambience", text: "It rains."))
        #expect(KeptEvents(kept.value) == kept)
    }

    /// As the version before utterances wrote it: form 2, with tellings of text alone.
    @Test func tellingsOfTheOldFormAreRead() throws {
        var writer = ByteWriter(reserving: 64)
        writer.byte(2)
        writer.varint(9)
        writer.signed(12)
        writer.varint(0)
        writer.varint(1)
        writer.varint(1)
        writer.varint(3)
        writer.string("speech")
        Value.styled(Self.text).encode(into: &writer)
        writer.fixed32(CRC32.of(writer.bytes))
        let record = try TurnRecord(decoding: writer.bytes)
        #expect(record.tellings == [Telling(recipients: [ThingID(3)], category: "speech", text: Self.text)])
    }
}
