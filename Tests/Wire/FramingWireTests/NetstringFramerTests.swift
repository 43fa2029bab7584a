import Basics
import FramingWire
import Testing

@Suite struct NetstringFramerTests {
    struct Case: CustomTestStringConvertible {
        var input: String
        var outcomes: [Outcome]
        var limit = 12

        var testDescription: String { "\(input) limit \(limit)" }
    }

    static let cases = [
        Case(input: "", outcomes: []),
        Case(input: "0:,12:hello world!,", outcomes: ["", "hello world!"]),
        Case(input: "3:a,b,3:a", outcomes: ["a,b", .rest(1)]),
        Case(input: "1:", outcomes: []),
        Case(input: "00:,", outcomes: [.failure("a netstring's length has a leading zero")]),
        Case(input: "1:a,01:a,", outcomes: ["a", .failure("a netstring's length has a leading zero")]),
        Case(input: "13", outcomes: [.failure("a netstring is longer than 12 octets")]),
        Case(input: "99999999999999999999999999:", outcomes: [.failure("a netstring is longer than 12 octets")]),
        Case(
            input: "99999999999999999999999999:", outcomes: [.failure("a netstring is longer than \(Int.max) octets")],
            limit: .max),
        Case(input: ":,", outcomes: [.failure("a netstring's length contains octet 58")]),
        Case(input: "+1:a,", outcomes: [.failure("a netstring's length contains octet 43")]),
        Case(input: "1 :a,", outcomes: [.failure("a netstring's length contains octet 32")]),
        Case(input: "2:abc", outcomes: [.failure("a netstring is followed by octet 99 instead of a comma")]),
        Case(input: "0:,1:", outcomes: [""], limit: 1),
        Case(input: "0:,1:", outcomes: ["", .failure("a netstring is longer than 0 octets")], limit: 0),
    ]

    private func run(_ pieces: [[UInt8]], _ limit: Int, inPlace: Bool = false) -> [Outcome] {
        var framer = NetstringFramer(limit: limit)
        var outcomes: [Outcome] = []
        do {
            for piece in pieces {
                framer.receive(piece.span)
                if inPlace {
                    while try framer.withNext({ outcomes.append(.frame(text($0))) }) {}
                } else {
                    while let string = try framer.next() { outcomes.append(.frame(text(string))) }
                }
                #expect(framer.bufferedCount <= limit)
            }
        } catch {
            framer.receive("1:a,".utf8Span.span)
            #expect(throws: (any Error).self) { _ = try framer.next() }
            #expect(framer.bufferedCount == 0)
            return outcomes + [.failure("\(error)")]
        }
        return framer.bufferedCount > 0 ? outcomes + [.rest(framer.bufferedCount)] : outcomes
    }

    @Test(arguments: cases)
    func givesTheSameStringsHoweverTheInputIsCut(test: Case) {
        for pieces in cuts(of: octets(test.input)) {
            #expect(run(pieces, test.limit) == test.outcomes, "\(pieces)")
            #expect(run(pieces, test.limit, inPlace: true) == test.outcomes, "\(pieces)")
        }
    }

    @Test func readsBackWhatWasEncoded() throws {
        var random = SeededGenerator(seed: 5)
        for round in 0..<100 {
            var stream: [UInt8] = []
            var sent: [Outcome] = []
            for _ in 0..<8 {
                let count = Int.random(in: 0...120, using: &random)
                let string = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
                try NetstringFramer.append(string, limit: 120, to: &stream)
                sent.append(.frame(text(string)))
            }
            for pieces in cuts(of: stream, seed: UInt64(round)) { #expect(run(pieces, 120) == sent) }
        }
        #expect(try NetstringFramer.encode([]) == octets("0:,"))
        #expect(throws: NetstringFailure.tooLong(limit: 1)) { try NetstringFramer.encode([1, 2], limit: 1) }
    }

    @Test func noiseGivesTheSameResultHoweverCutAndNeverTraps() {
        var random = SeededGenerator(seed: 23)
        let alphabet = octets("0123,::,,")
        for round in 0..<500 {
            let noise = (0..<40).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }
            let whole = run([noise], 15)
            for pieces in cuts(of: noise, seed: UInt64(round)) { #expect(run(pieces, 15) == whole) }
        }
    }
}
