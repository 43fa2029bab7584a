import Basics
import FramingWire
import Testing

@Suite struct LengthPrefixedFramerTests {
    struct Case: CustomTestStringConvertible {
        var input: [UInt8]
        var prefix: LengthPrefix
        var outcomes: [Outcome]
        var limit = 300

        var testDescription: String { "\(prefix) \(input.prefix(12)) limit \(limit)" }
    }

    private static func malformed(_ before: Outcome...) -> [Outcome] {
        before + [.failure("a frame's length is malformed")]
    }

    private static func tooLong(_ length: UInt64, _ limit: Int = 300) -> [Outcome] {
        [.failure("a frame of \(length) octets is longer than \(limit)")]
    }

    static let cases = [
        Case(input: [], prefix: .oneByte, outcomes: []),
        Case(input: [0, 1, 65, 2, 66, 67, 3, 1], prefix: .oneByte, outcomes: ["", "A", "BC", .rest(1)]),
        Case(input: [0, 1, 65, 0, 0], prefix: .twoBytes(.bigEndian), outcomes: ["A", ""]),
        Case(input: [1, 0, 65, 0, 0, 9], prefix: .twoBytes(.littleEndian), outcomes: ["A", "", .rest(1)]),
        Case(input: [0, 0, 0, 2, 65, 66], prefix: .fourBytes(.bigEndian), outcomes: ["AB"]),
        Case(input: [2, 0, 0, 0, 65, 66], prefix: .fourBytes(.littleEndian), outcomes: ["AB"]),
        Case(input: [255, 255, 255, 255], prefix: .fourBytes(.bigEndian), outcomes: tooLong(4_294_967_295)),
        Case(input: [1, 45, 0], prefix: .twoBytes(.bigEndian), outcomes: tooLong(301)),
        Case(input: [5, 0], prefix: .oneByte, outcomes: tooLong(5, 4), limit: 4),
        Case(input: [0, 1, 65, 0x82, 0x00], prefix: .varint, outcomes: malformed("", "A")),
        Case(
            input: [0xAC, 0x02] + [UInt8](repeating: 66, count: 300), prefix: .varint,
            outcomes: [.frame(String(repeating: "B", count: 300))]),
        Case(input: [0xAD, 0x02, 65], prefix: .varint, outcomes: tooLong(301)),
        Case(input: [UInt8](repeating: 0xFF, count: 9) + [1], prefix: .varint, outcomes: tooLong(.max)),
        Case(input: [UInt8](repeating: 0xFF, count: 9) + [2], prefix: .varint, outcomes: malformed()),
        Case(input: [UInt8](repeating: 0x80, count: 40), prefix: .varint, outcomes: malformed()),
    ]

    private func run(_ pieces: [[UInt8]], _ prefix: LengthPrefix, _ limit: Int, inPlace: Bool = false) -> [Outcome] {
        var framer = LengthPrefixedFramer(prefix, limit: limit)
        var outcomes: [Outcome] = []
        do {
            for piece in pieces {
                framer.receive(piece.span)
                if inPlace {
                    while try framer.withNext({ outcomes.append(.frame(text($0))) }) {}
                } else {
                    while let frame = try framer.next() { outcomes.append(.frame(text(frame))) }
                }
                #expect(framer.bufferedCount < limit + 10)
            }
        } catch {
            framer.receive([0, 0, 0, 0].span)
            #expect(throws: (any Error).self) { _ = try framer.next() }
            #expect(framer.bufferedCount == 0)
            return outcomes + [.failure("\(error)")]
        }
        return framer.bufferedCount > 0 ? outcomes + [.rest(framer.bufferedCount)] : outcomes
    }

    @Test(arguments: cases)
    func givesTheSameFramesHoweverTheInputIsCut(test: Case) {
        for pieces in cuts(of: test.input) {
            #expect(run(pieces, test.prefix, test.limit) == test.outcomes, "\(pieces)")
            #expect(run(pieces, test.prefix, test.limit, inPlace: true) == test.outcomes, "\(pieces)")
        }
    }

    static let prefixes: [LengthPrefix] = [
        .oneByte, .twoBytes(.bigEndian), .twoBytes(.littleEndian), .fourBytes(.bigEndian),
        .fourBytes(.littleEndian), .varint,
    ]

    @Test(arguments: prefixes)
    func readsBackWhatWasEncoded(prefix: LengthPrefix) throws {
        var random = SeededGenerator(seed: 3)
        for round in 0..<30 {
            var stream: [UInt8] = []
            var sent: [Outcome] = []
            for _ in 0..<8 {
                let count = Int.random(in: 0...200, using: &random)
                let frame = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
                try LengthPrefixedFramer.append(frame, prefix: prefix, limit: 200, to: &stream)
                sent.append(.frame(text(frame)))
            }
            for pieces in cuts(of: stream, seed: UInt64(round)) { #expect(run(pieces, prefix, 200) == sent) }
        }
    }

    @Test(arguments: prefixes)
    func noiseGivesTheSameResultHoweverCutAndNeverTraps(prefix: LengthPrefix) {
        var random = SeededGenerator(seed: 11)
        for round in 0..<60 {
            let highest: UInt8 = round % 2 == 0 ? 255 : 3
            let noise = (0..<60).map { _ in UInt8.random(in: 0...highest, using: &random) }
            let whole = run([noise], prefix, 40)
            for pieces in cuts(of: noise, seed: UInt64(round)) { #expect(run(pieces, prefix, 40) == whole) }
        }
    }

    @Test func refusesToEncodeWhatCannotBeToldOrIsTooLong() throws {
        let long = [UInt8](repeating: 1, count: 256)
        #expect(throws: LengthPrefixFailure.tooLong(length: 256, limit: 255)) {
            try LengthPrefixedFramer.encode(long, prefix: .oneByte)
        }
        #expect(throws: LengthPrefixFailure.tooLong(length: 256, limit: 9)) {
            try LengthPrefixedFramer.encode(long, prefix: .varint, limit: 9)
        }
        #expect(try LengthPrefixedFramer.encode(Array(long.prefix(255)), prefix: .oneByte).count == 256)
        #expect(try LengthPrefixedFramer.encode(long, prefix: .varint).prefix(2) == [0x80, 0x02])
    }

    @Test func handsOverTheRest() throws {
        var framer = LengthPrefixedFramer(.oneByte)
        framer.receive([1, 65, 5, 66].span)
        #expect(try framer.next() == [65])
        #expect(try framer.next() == nil)
        #expect(framer.takeRemaining() == [66])
        framer.receive([1, 67].span)
        #expect(try framer.next() == [67])
    }
}
