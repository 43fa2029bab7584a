import Basics
import FramingWire
import Testing

@Suite struct LineFramerTests {
    struct Case: CustomTestStringConvertible {
        var input: String
        var outcomes: [Outcome]
        var delimiter = LineDelimiter.anyNewline
        var limit = 4
        var keeps = false
        var overflow = LineFramer.Overflow.skip

        var testDescription: String { "\(input.debugDescription) by \(delimiter) limit \(limit)" }
    }

    private static func custom(_ text: String) -> LineDelimiter {
        LineDelimiterOctets(octets(text)).map { .custom($0) } ?? .lineFeed
    }

    static let cases = [
        Case(input: "", outcomes: []),
        Case(input: "\n\r\n", outcomes: ["", ""]),
        Case(input: "a\nbc\r\nd", outcomes: ["a", "bc", .rest(1)]),
        Case(input: "a\rb\r\r\n", outcomes: ["a\rb\r"]),
        Case(input: "abcd\nabcd\r\n", outcomes: ["abcd", "abcd"]),
        Case(input: "abcde\nx\n", outcomes: [.tooLong, "x"]),
        Case(input: "abcde\r\nx\n", outcomes: [.tooLong, "x"]),
        Case(input: "abcdefghijkl\r\n\nabcdefghijkl\nx\n", outcomes: [.tooLong, "", .tooLong, "x"]),
        Case(input: "a\r\nb\n", outcomes: ["a\r\n", "b\n"], keeps: true),
        Case(input: "a\r\nb\n", outcomes: ["a\r", "b"], delimiter: .lineFeed),
        Case(input: "abcd\r\nz\n", outcomes: [.tooLong, "z"], delimiter: .lineFeed),
        Case(input: "\n", outcomes: [""], delimiter: .lineFeed, limit: 0),
        Case(input: "a\n\n", outcomes: [.tooLong, ""], delimiter: .lineFeed, limit: 0),
        Case(input: "a\nb\r\r\nc\r\n", outcomes: ["a\nb\r", "c"], delimiter: .carriageReturnLineFeed),
        Case(input: "\nabc\r\nd", outcomes: ["\nabc", .rest(1)], delimiter: .carriageReturnLineFeed),
        Case(input: "abcde\r\nf\r\n", outcomes: [.tooLong, "f"], delimiter: .carriageReturnLineFeed),
        Case(input: "abcd\r\rx\r\nf\r\n", outcomes: [.tooLong, "f"], delimiter: .carriageReturnLineFeed),
        Case(input: "xaab-aaabaab", outcomes: ["x", "-a", ""], delimiter: custom("aab")),
        Case(input: "0123456789aaaaabz", outcomes: [.tooLong, .rest(1)], delimiter: custom("aab")),
        Case(input: "abababab", outcomes: ["", "b", .rest(1)], delimiter: custom("aba")),
        Case(input: "ab\nabcdef\nx\n", outcomes: ["ab", .failure("a line is longer than 4 octets")], overflow: .fail),
        Case(
            input: "abcd\r\nabcdef\r\n", outcomes: ["abcd", .failure("a line is longer than 4 octets")], overflow: .fail
        ),
    ]

    private func run(_ pieces: [[UInt8]], _ test: Case) -> [Outcome] {
        var framer = LineFramer(test.delimiter, limit: test.limit, keepsDelimiter: test.keeps, overflow: test.overflow)
        var outcomes: [Outcome] = []
        do {
            for piece in pieces {
                framer.receive(piece.span)
                while let event = try framer.next() {
                    switch event {
                    case .line(let line): outcomes.append(.frame(text(line)))
                    case .tooLong: outcomes.append(.tooLong)
                    }
                }
                #expect(framer.bufferedCount < test.limit + test.delimiter.octets.count)
            }
        } catch {
            framer.receive("later\n".utf8Span.span)
            #expect(throws: error) { _ = try framer.next() }
            #expect(framer.bufferedCount == 0)
            return outcomes + [.failure("\(error)")]
        }
        return framer.bufferedCount > 0 ? outcomes + [.rest(framer.bufferedCount)] : outcomes
    }

    private func runInPlace(_ pieces: [[UInt8]], _ test: Case) -> [Outcome] {
        var framer = LineFramer(test.delimiter, limit: test.limit, keepsDelimiter: test.keeps, overflow: test.overflow)
        var outcomes: [Outcome] = []
        do {
            for piece in pieces {
                framer.receive(piece.span)
                while try framer.withNext({ line in
                    if let line = copy line { outcomes.append(.frame(text(line))) } else { outcomes.append(.tooLong) }
                }) {}
            }
        } catch {
            return outcomes + [.failure("\(error)")]
        }
        return framer.bufferedCount > 0 ? outcomes + [.rest(framer.bufferedCount)] : outcomes
    }

    @Test(arguments: cases)
    func givesTheSameLinesHoweverTheInputIsCut(test: Case) {
        for pieces in cuts(of: octets(test.input)) {
            #expect(run(pieces, test) == test.outcomes, "\(pieces)")
            #expect(runInPlace(pieces, test) == test.outcomes, "\(pieces)")
        }
    }

    @Test func aDelimiterHasOctetsButNotMany() {
        #expect(LineDelimiterOctets([]) == nil)
        #expect(LineDelimiterOctets([UInt8](repeating: 0, count: 16)) != nil)
        #expect(LineDelimiterOctets([UInt8](repeating: 0, count: 17)) == nil)
    }

    @Test func handsOverExactlyTheRestForARawBody() throws {
        let input = octets("BODY 7\r\nli\r\nne\nNEXT\r\n")
        for pieces in cuts(of: input) {
            var framer = LineFramer()
            var lines: [String] = []
            var body: [UInt8] = []
            var missing = 0
            for piece in pieces {
                framer.receive(piece.span)
                while true {
                    if missing > 0 {
                        let raw = framer.takeRaw(atMost: missing)
                        body += raw
                        missing -= raw.count
                        if raw.isEmpty { break }
                    } else if case .line(let line) = try framer.next() {
                        lines.append(text(line))
                        if lines.count == 1 { missing = 7 }
                    } else {
                        break
                    }
                }
            }
            #expect(text(body) == "li\r\nne\n" && lines == ["BODY 7", "NEXT"])
        }
    }

    @Test func rawTakesPartOfALineThatWasLookedAt() throws {
        var framer = LineFramer(.lineFeed)
        framer.receive("abc".utf8Span.span)
        #expect(try framer.next() == nil)
        #expect(framer.takeRaw(atMost: 2) == octets("ab"))
        framer.receive("d\ne".utf8Span.span)
        #expect(try framer.next() == .line(octets("cd")))
        #expect(framer.takeRemaining() == octets("e") && framer.bufferedCount == 0)
        #expect(framer.takeRaw(atMost: -1).isEmpty)
    }

    @Test func rawAfterALineThatIsTooLongBeginsAtAFixedPlace() throws {
        for pieces in cuts(of: octets("0123456789")) {
            var framer = LineFramer(.carriageReturnLineFeed, limit: 4)
            var raw: [UInt8] = []
            var isRaw = false
            for piece in pieces {
                framer.receive(piece.span)
                if !isRaw { isRaw = try framer.next() == .tooLong }
                if isRaw { raw += framer.takeRemaining() }
            }
            #expect(text(raw) == "56789")
        }
    }

    @Test(arguments: [LineDelimiter.lineFeed, .carriageReturnLineFeed, .anyNewline, custom("aab")])
    func examinesEachOctetOnce(delimiter: LineDelimiter) throws {
        let size = 1 << 20
        var framer = LineFramer(delimiter, limit: size)
        let octet: [UInt8] = [0x61]
        var events = 0
        for _ in 0..<size {
            framer.receive(octet.span)
            if try framer.next() != nil { events += 1 }
        }
        #expect(events == 0)
        framer.receive(delimiter.octets.span)
        #expect(try framer.next() == .line([UInt8](repeating: 0x61, count: size)))
        #expect(framer.examinedCount == size + delimiter.octets.count)
    }

    @Test func manyLinesInOnePieceCostNoMoreThanTheirOctets() throws {
        var framer = LineFramer()
        let input = [UInt8](repeating: 0x0A, count: 200_000)
        framer.receive(input.span)
        var count = 0
        while try framer.next() != nil { count += 1 }
        #expect(count == input.count && framer.examinedCount == input.count)
    }

    @Test func skippingKeepsNothing() throws {
        var framer = LineFramer(.carriageReturnLineFeed, limit: 100)
        let piece = [UInt8](repeating: 0x78, count: 10_000)
        var complaints = 0
        for _ in 0..<100 {
            framer.receive(piece.span)
            while let event = try framer.next() { complaints += event == .tooLong ? 1 : 100 }
            #expect(framer.bufferedCount <= 1)
        }
        framer.receive("\r\nok\r\n".utf8Span.span)
        #expect(complaints == 1)
        #expect(try framer.next() == .line(octets("ok")))
        #expect(framer.examinedCount == 1_000_006)
    }

    @Test(arguments: [LineDelimiter.lineFeed, .carriageReturnLineFeed, .anyNewline, custom("aab"), custom("aba")])
    func readsBackWhatWasEncoded(delimiter: LineDelimiter) throws {
        var random = SeededGenerator(seed: 7)
        let encoder = LineEncoder(delimiter, limit: 12)
        let alphabet: [UInt8] = [0x0A, 0x0D, 0x61, 0x62, 0x63]
        for round in 0..<100 {
            var stream: [UInt8] = []
            var sent: [Outcome] = []
            for _ in 0..<6 {
                let count = Int.random(in: 0...14, using: &random)
                let line = (0..<count).map { _ in alphabet[Int.random(in: 0..<5, using: &random)] }
                do throws(LineEncodingFailure) {
                    try encoder.append(line, to: &stream)
                    sent.append(.frame(text(line)))
                } catch {
                    #expect(error == .containsDelimiter || line.count > 12)
                }
            }
            for pieces in cuts(of: stream, seed: UInt64(round)).prefix(3) {
                #expect(run(pieces, Case(input: "", outcomes: [], delimiter: delimiter, limit: 12)) == sent)
            }
        }
    }

    @Test func refusesToEncodeWhatWouldArriveAsTwoLines() throws {
        #expect(throws: LineEncodingFailure.containsDelimiter) { try LineEncoder().encode(octets("a\nQUIT")) }
        #expect(throws: LineEncodingFailure.containsDelimiter) {
            try LineEncoder(Self.custom("aba")).encode(octets("ab"))
        }
        #expect(throws: LineEncodingFailure.tooLong(limit: 2)) { try LineEncoder(limit: 2).encode(octets("abc")) }
        #expect(try LineEncoder(.carriageReturnLineFeed).encode(octets("a\nb\r")) == octets("a\nb\r\r\n"))
    }

    /// A plain model: find the first delimiter in all that is left.
    private func model(_ input: [UInt8], _ test: Case) -> [Outcome] {
        var outcomes: [Outcome] = []
        var rest = input[...]
        let wanted = test.delimiter == .anyNewline ? [0x0A] : test.delimiter.octets
        while true {
            let place = rest.indices.first { rest[$0...].starts(with: wanted) }
            guard let place else { break }
            var line = rest[..<place]
            if test.delimiter == .anyNewline, line.last == 0x0D { line = line.dropLast() }
            outcomes.append(line.count > test.limit ? .tooLong : .frame(text(Array(line))))
            rest = rest[(place + wanted.count)...]
        }
        return outcomes
    }

    @Test(arguments: [LineDelimiter.lineFeed, .carriageReturnLineFeed, .anyNewline, custom("aab"), custom("aba")])
    func agreesWithAPlainModelOnNoise(delimiter: LineDelimiter) {
        var random = SeededGenerator(seed: 99)
        let alphabet: [UInt8] = [0x0A, 0x0D, 0x61, 0x62, 0x0D]
        for round in 0..<150 {
            let count = Int.random(in: 0...120, using: &random)
            var noise = (0..<count).map { _ in alphabet[Int.random(in: 0..<5, using: &random)] }
            noise += delimiter.octets
            let test = Case(
                input: "", outcomes: [], delimiter: delimiter, limit: Int.random(in: 0...9, using: &random))
            let expected = model(noise, test)
            for pieces in cuts(of: noise, seed: UInt64(round)).suffix(6) {
                let outcomes = run(pieces, test).filter { if case .rest = $0 { false } else { true } }
                #expect(Array(outcomes.prefix(expected.count)) == expected)
                #expect(outcomes.count <= expected.count + 1)
            }
        }
    }
}
