import Basics
import FramingWire
import Glibc
import Testing

/// Inputs made at random from the seed of each round; `FUZZ_ROUNDS` sets how many rounds a long run makes.
///
/// For every input and every way of cutting it: nothing traps, the outcomes are the same, no more waits than the limit
/// allows, and each octet is looked at and moved a bounded number of times.
@Suite struct FramerFuzzTests {
    static let rounds = getenv("FUZZ_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 2_000

    /// What a framer did with one way of cutting its input.
    private struct Run {
        var outcomes: [Outcome] = []
        var mostBuffered = 0
        var steps = 0
    }

    private func check(
        _ input: [UInt8], seed: UInt64, bound: Int, stepsPerOctet: Int, _ run: ([[UInt8]]) -> Run
    ) -> [Outcome] {
        let whole = run([input])
        for pieces in cuts(of: input, seed: seed) {
            let cut = run(pieces)
            #expect(cut.outcomes == whole.outcomes, "seed \(seed), pieces \(pieces.map(\.count))")
            #expect(cut.mostBuffered <= bound, "seed \(seed)")
            #expect(cut.steps <= stepsPerOctet * input.count, "seed \(seed), pieces \(pieces.map(\.count))")
        }
        return whole.outcomes
    }

    // MARK: Lines

    private static let delimiters: [LineDelimiter] =
        [.lineFeed, .carriageReturnLineFeed, .anyNewline]
        + ["aab", "aba", "\r\r\n", "a"].compactMap { LineDelimiterOctets(octets($0)).map { .custom($0) } }

    private func lines(
        _ pieces: [[UInt8]], _ delimiter: LineDelimiter, _ limit: Int, _ overflow: LineFramer.Overflow
    ) -> Run {
        var framer = LineFramer(delimiter, limit: limit, overflow: overflow)
        var run = Run()
        do {
            for piece in pieces {
                framer.receive(piece.span)
                while let event = try framer.next() {
                    if case .line(let line) = event { run.outcomes.append(.frame(text(line))) }
                    if event == .tooLong { run.outcomes.append(.tooLong) }
                }
                run.mostBuffered = max(run.mostBuffered, framer.bufferedCount)
            }
        } catch {
            run.outcomes.append(.failure("\(error)"))
        }
        run.steps = framer.examinedCount + framer.movedCount
        return run
    }

    @Test func linesOfAllKinds() {
        for seed in 0..<UInt64(Self.rounds) {
            var random = SeededGenerator(seed: seed)
            guard let delimiter = Self.delimiters.randomElement(using: &random) else { return }
            let limit = Int.random(in: 0...20, using: &random)
            let overflow: LineFramer.Overflow = Bool.random(using: &random) ? .skip : .fail
            let input = Self.noise(["\r", "\n", "a", "b", "aab", "\r\n", "xyz", "\0", "ÿ"], upTo: 60, using: &random)
            let outcomes = check(input, seed: seed, bound: limit + 16, stepsPerOctet: 4) {
                lines($0, delimiter, limit, overflow)
            }
            if delimiter == .lineFeed { #expect(outcomes == simpleLines(input, limit, overflow), "seed \(seed)") }
        }
    }

    /// What lines ended by LF alone are, by a program too simple to be wrong.
    private func simpleLines(_ input: [UInt8], _ limit: Int, _ overflow: LineFramer.Overflow) -> [Outcome] {
        var outcomes: [Outcome] = []
        let parts = input.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let isEnded = index < parts.count - 1
            if part.count > limit {
                if overflow == .fail { return outcomes + [.failure("a line is longer than \(limit) octets")] }
                outcomes.append(.tooLong)
            } else if isEnded {
                outcomes.append(.frame(text(Array(part))))
            }
        }
        return outcomes
    }

    // MARK: Length prefixes

    private static let prefixes: [LengthPrefix] = [
        .oneByte, .twoBytes(.bigEndian), .twoBytes(.littleEndian), .fourBytes(.bigEndian), .fourBytes(.littleEndian),
        .varint,
    ]

    private func frames(_ pieces: [[UInt8]], _ prefix: LengthPrefix, _ limit: Int) -> Run {
        var framer = LengthPrefixedFramer(prefix, limit: limit)
        var run = Run()
        do {
            for piece in pieces {
                framer.receive(piece.span)
                while let frame = try framer.next() { run.outcomes.append(.frame(text(frame))) }
                run.mostBuffered = max(run.mostBuffered, framer.bufferedCount)
            }
        } catch {
            run.outcomes.append(.failure("\(error)"))
        }
        run.steps = framer.movedCount
        return run
    }

    @Test func framesWithEveryPrefix() throws {
        for seed in 0..<UInt64(Self.rounds) {
            var random = SeededGenerator(seed: seed)
            guard let prefix = Self.prefixes.randomElement(using: &random) else { return }
            let limit = Int.random(in: 0...300, using: &random)
            var sent: [Outcome] = []
            var input: [UInt8] = []
            for _ in 0..<Int.random(in: 0...5, using: &random) {
                let frame = Self.someOctets(upTo: min(limit, 255), using: &random)
                sent.append(.frame(text(frame)))
                try LengthPrefixedFramer.append(frame, prefix: prefix, limit: limit, to: &input)
            }
            let isDamaged = Self.damage(&input, using: &random)
            let outcomes = check(input, seed: seed, bound: limit + 10, stepsPerOctet: 2) { frames($0, prefix, limit) }
            if !isDamaged { #expect(outcomes == sent, "seed \(seed)") }
        }
    }

    // MARK: Netstrings

    private func strings(_ pieces: [[UInt8]], _ limit: Int) -> Run {
        var framer = NetstringFramer(limit: limit)
        var run = Run()
        do {
            for piece in pieces {
                framer.receive(piece.span)
                while let string = try framer.next() { run.outcomes.append(.frame(text(string))) }
                run.mostBuffered = max(run.mostBuffered, framer.bufferedCount)
            }
        } catch {
            run.outcomes.append(.failure("\(error)"))
        }
        run.steps = framer.movedCount
        return run
    }

    @Test func netstringsWholeAndDamaged() throws {
        for seed in 0..<UInt64(Self.rounds) {
            var random = SeededGenerator(seed: seed)
            let limit = Int.random(in: 0...200, using: &random)
            var sent: [Outcome] = []
            var input: [UInt8] = []
            for _ in 0..<Int.random(in: 0...5, using: &random) {
                let string = Self.someOctets(upTo: limit, using: &random)
                sent.append(.frame(text(string)))
                try NetstringFramer.append(string, limit: limit, to: &input)
            }
            let isDamaged = Self.damage(&input, using: &random)
            let outcomes = check(input, seed: seed, bound: limit + 1, stepsPerOctet: 2) { strings($0, limit) }
            if !isDamaged { #expect(outcomes == sent, "seed \(seed)") }
            let noise = Self.noise(["0", "1", "9", ":", ",", "12:", "a", "-"], upTo: 20, using: &random)
            _ = check(noise, seed: seed, bound: limit + 1, stepsPerOctet: 2) { strings($0, limit) }
        }
    }

    // MARK: Inputs

    private static func someOctets(upTo count: Int, using random: inout SeededGenerator) -> [UInt8] {
        (0..<Int.random(in: 0...max(0, count), using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    private static func noise(
        _ words: [String], upTo count: Int, using random: inout SeededGenerator
    ) -> [UInt8] {
        (0..<Int.random(in: 0...count, using: &random))
            .flatMap { _ in octets(words.randomElement(using: &random) ?? "") }
    }

    /// Changes, drops, doubles or inserts an octet a few times, in half of the rounds.
    private static func damage(_ input: inout [UInt8], using random: inout SeededGenerator) -> Bool {
        guard !input.isEmpty, Bool.random(using: &random) else { return false }
        for _ in 0..<Int.random(in: 1...4, using: &random) where !input.isEmpty {
            let place = Int.random(in: 0..<input.count, using: &random)
            switch Int.random(in: 0...3, using: &random) {
            case 0: input[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
            case 1: input.remove(at: place)
            case 2: input.insert(input[place], at: place)
            default: input.insert(UInt8.random(in: 0...255, using: &random), at: place)
            }
        }
        return true
    }
}
