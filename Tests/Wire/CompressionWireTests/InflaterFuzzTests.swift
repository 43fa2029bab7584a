import Basics
import CompressionWire
import Glibc
import Testing

/// Streams damaged at random from the seed of each round; `FUZZ_ROUNDS` sets how many rounds a long run makes.
///
/// For every one: nothing traps, the number of steps is bounded, and what is not damaged comes out whole.
@Suite struct InflaterFuzzTests {
    static let rounds = getenv("FUZZ_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 400

    @Test(arguments: [CompressionFormat.zlib, .gzip, .raw]) func damagedStreams(format: CompressionFormat) throws {
        for seed in 0..<UInt64(Self.rounds) {
            var random = SeededGenerator(seed: seed)
            let text = InflaterTests.text(lines: Int.random(in: 0...20, using: &random), seed: seed)
            var stream = try InflaterTests.deflated(text, format, level: Int.random(in: 1...9, using: &random))
            let isDamaged = Self.damage(&stream, using: &random)
            var pieces: [[UInt8]] = []
            var rest = stream[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...min(rest.count, 60), using: &random)
                pieces.append(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            let (whole, cut) = (try InflaterTests.read([stream], format), try InflaterTests.read(pieces, format))
            for reading in [whole, cut] {
                #expect(reading.steps <= stream.count + reading.output.count / 4096 + 2, "seed \(seed)")
                #expect(reading.rest.count <= stream.count, "seed \(seed)")
                if !isDamaged { #expect(reading.output == text && reading.isEnded, "seed \(seed)") }
            }
            #expect(whole.failure == cut.failure && whole.isEnded == cut.isEnded, "seed \(seed)")
        }
    }

    @Test func noise() throws {
        for seed in 0..<UInt64(Self.rounds) {
            var random = SeededGenerator(seed: seed)
            let noise = (0..<Int.random(in: 0...300, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            for format in [CompressionFormat.zlib, .gzip, .raw] {
                let reading = try InflaterTests.read([noise], format)
                #expect(reading.steps <= 16, "seed \(seed)")
            }
        }
    }

    /// Changes, drops, doubles or adds an octet a few times, in half of the rounds.
    private static func damage(_ stream: inout [UInt8], using random: inout SeededGenerator) -> Bool {
        guard !stream.isEmpty, Bool.random(using: &random) else { return false }
        for _ in 0..<Int.random(in: 1...4, using: &random) where !stream.isEmpty {
            let place = Int.random(in: 0..<stream.count, using: &random)
            switch Int.random(in: 0...3, using: &random) {
            case 0: stream[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
            case 1: stream.remove(at: place)
            case 2: stream.insert(stream[place], at: place)
            default: stream.insert(UInt8.random(in: 0...255, using: &random), at: place)
            }
        }
        return true
    }
}
