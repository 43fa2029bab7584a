import Basics
import Glibc
import JSONWire
import Testing

/// Texts made at random from the seed of each round; `FUZZ_ROUNDS` sets how many rounds a long run makes.
///
/// Nothing traps; what was written reads as it was; what reads at all writes as something that reads the same.
@Suite struct JSONFuzzTests {
    static let rounds = getenv("FUZZ_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 3_000

    private static let pieces: [String] = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "d800", "\\udc00", "0", "-", "1", ".", "e", "E+", "9999999999",
        "true", "null", "fals", " ", "\n", "\"a\"", "\"a\":", "é", "\u{1F600}", "\0", "\u{1F}",
    ]

    @Test func valuesSurvive() throws {
        for seed in 0..<UInt64(Self.rounds) {
            var random = SeededGenerator(seed: seed)
            let value = Self.someValue(depth: 5, using: &random)
            let octets = value.encoded
            #expect(try JSONReader.read(octets) == value, "seed \(seed)")
            for count in 0..<octets.count where octets[0] == UInt8(ascii: "{") || octets[0] == UInt8(ascii: "[") {
                #expect(throws: JSONFailure.self, "seed \(seed)") { try JSONReader.read(Array(octets[..<count])) }
            }
        }
    }

    @Test func noise() {
        for seed in 0..<UInt64(Self.rounds) {
            var random = SeededGenerator(seed: seed)
            var octets: [UInt8] = []
            for _ in 0..<Int.random(in: 0...40, using: &random) {
                octets += (Self.pieces.randomElement(using: &random) ?? "").utf8
            }
            check(octets, seed: seed)
            check((0..<20).map { _ in UInt8.random(in: 0...255, using: &random) }, seed: seed)
        }
    }

    @Test func damagedTexts() {
        for seed in 0..<UInt64(Self.rounds) {
            var random = SeededGenerator(seed: seed)
            var octets = Self.someValue(depth: 4, using: &random).encoded
            for _ in 0..<Int.random(in: 1...4, using: &random) where !octets.isEmpty {
                let place = Int.random(in: 0..<octets.count, using: &random)
                switch Int.random(in: 0...3, using: &random) {
                case 0: octets[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
                case 1: octets.remove(at: place)
                case 2: octets.insert(octets[place], at: place)
                default: octets.insert(UInt8.random(in: 0...255, using: &random), at: place)
                }
            }
            check(octets, seed: seed)
        }
    }

    private func check(_ octets: [UInt8], seed: UInt64) {
        let limits = JSONLimits(octets: 300, depth: 6, members: 40)
        do throws(JSONFailure) {
            let value = try JSONReader.read(octets, limits: limits)
            let again = try JSONReader.read(value.encoded, limits: .message)
            #expect(again == value, "seed \(seed)")
        } catch {
            #expect((0...octets.count).contains(error.position), "seed \(seed)")
        }
    }

    private static func someValue(depth: Int, using random: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0...(depth > 0 ? 8 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .integer(Int64(bitPattern: random.next()) >> Int64.random(in: 0...63, using: &random))
        case 3:
            let value = Double(bitPattern: random.next())
            return value.isFinite ? .number(value) : .null
        case 4, 5: return .string(someText(using: &random))
        case 6, 7:
            return .array(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in someValue(depth: depth - 1, using: &random) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                object[someText(using: &random)] = someValue(depth: depth - 1, using: &random)
            }
            return .object(object)
        }
    }

    private static func someText(using random: inout SeededGenerator) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            let value = UInt32.random(in: 0...0x10FFFF, using: &random) >> UInt32.random(in: 0...16, using: &random)
            if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
        }
        return text
    }
}
