import Basics
import CharacterEncodings
import Glibc
import Testing

/// From octets to UTF-8 and back.
@Suite struct CharacterCodingTests {
    private static func table(_ encoding: CharacterEncoding) throws -> CharacterTable {
        try #require(CharacterTable.load(encoding))
    }

    private static func decode(_ pieces: [[UInt8]], _ encoding: CharacterEncoding) throws -> String {
        var decoder = CharacterDecoder(try table(encoding))
        var text: [UInt8] = []
        for piece in pieces { decoder.decode(piece, into: &text) }
        decoder.finish(into: &text)
        return try #require(String(validating: text, as: UTF8.self))
    }

    private static func encode(_ pieces: [[UInt8]], _ encoding: CharacterEncoding) throws -> [UInt8] {
        var encoder = CharacterEncoder(try table(encoding)) { $0 == "\u{2014}" ? "--" : "?" }
        var octets: [UInt8] = []
        for piece in pieces { encoder.encode(piece, into: &octets) }
        return octets
    }

    private static let samples: [(CharacterEncoding, String, [UInt8])] = [
        (.latin1, "caf\u{E9} \u{FF}", [0x63, 0x61, 0x66, 0xE9, 0x20, 0xFF]),
        (.cp437, "\u{2554}\u{2550}\u{2557} \u{A0}", [0xC9, 0xCD, 0xBB, 0x20, 0xFF]),
        (.gbk, "\u{4F60}\u{597D}, \u{8336}!", [0xC4, 0xE3, 0xBA, 0xC3, 0x2C, 0x20, 0xB2, 0xE8, 0x21]),
        (.big5, "\u{4F60}\u{597D}, \u{8336}!", [0xA7, 0x41, 0xA6, 0x6E, 0x2C, 0x20, 0xAF, 0xF9, 0x21]),
    ]

    @Test(arguments: samples.indices) func textGoesBothWaysHoweverItIsCut(index: Int) throws {
        let (encoding, text, octets) = Self.samples[index]
        let utf8 = Array(text.utf8)
        for place in 0...octets.count {
            #expect(try Self.decode([Array(octets[..<place]), Array(octets[place...])], encoding) == text)
        }
        for place in 0...utf8.count {
            #expect(try Self.encode([Array(utf8[..<place]), Array(utf8[place...])], encoding) == octets)
        }
        #expect(try Self.decode(octets.map { [$0] }, encoding) == text)
        #expect(try Self.encode(utf8.map { [$0] }, encoding) == octets)
    }

    @Test func aLetterAndItsMarkAreOne() throws {
        #expect(try Self.encode([Array("cafe\u{301} e".utf8)], .latin1) == [0x63, 0x61, 0x66, 0xE9, 0x20, 0x65])
    }

    @Test func whatIsMissingIsSpelled() throws {
        #expect(try Self.encode([Array("a\u{2014}b \u{1F9ED}\u{4F60}".utf8)], .latin1) == Array("a--b ??".utf8))
        #expect(try Self.encode([[0x61, 0xC3, 0x28, 0xFE, 0x62]], .latin1) == Array("a?(?b".utf8))
    }

    @Test func controlsAndColoursStay() throws {
        let line = Array("\u{1B}[1;36mHall\u{1B}[0m\r\n".utf8)
        for (encoding, _, _) in Self.samples { #expect(try Self.encode([line], encoding) == line) }
    }

    @Test func halfACharacterNeverSwallowsALineEnd() throws {
        #expect(try Self.decode([[0xC4, 0x0D, 0x0A, 0x61]], .gbk) == "\u{FFFD}\r\na")
        #expect(try Self.decode([[0xC4, 0x1B, 0x5B]], .big5) == "\u{FFFD}\u{1B}[")
        #expect(try Self.decode([[0xC4]], .gbk) == "\u{FFFD}")
        #expect(try Self.decode([[0xC4, 0xFF, 0x61]], .gbk) == "\u{FFFD}a")
    }

    /// Telnet doubles the octet 255; in an encoding of pairs it is nobody's half.
    @Test func noPairHoldsTheOctet255() throws {
        for encoding in [CharacterEncoding.gbk, .big5] {
            let all = (UInt32(0x80)...0xFFFF).compactMap { Unicode.Scalar($0) }.flatMap { Array($0.utf8) }
            #expect(try !Self.encode([all], encoding).contains(0xFF))
        }
    }

    @Test(arguments: CharacterEncoding.all) func everyCharacterOfATableComesBack(encoding: CharacterEncoding) throws {
        let table = try Self.table(encoding)
        var known = 0
        // Of the ideographs every eleventh, which is enough of them.
        for value in Array(UInt32(0x80)..<0x2700) + Array(stride(from: UInt32(0x2700), through: 0xFFFF, by: 11)) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            var octets: [UInt8] = []
            var encoder = CharacterEncoder(table) { _ in "" }
            encoder.encode(Array(String(scalar).utf8), into: &octets)
            if octets.isEmpty { continue }
            known += 1
            // As text: some characters are the same as others by definition, such as the sign for Angstroem.
            let text = String(decoding: CharacterDecoder.text(of: octets, in: table), as: UTF8.self)
            #expect(text == String(scalar), "U+\(value)")
        }
        #expect(known >= (encoding == .ascii ? 0 : 100))
    }

    /// Noise from the seed of each round; `FUZZ_ROUNDS` sets how many rounds a long run makes.
    @Test(arguments: CharacterEncoding.all) func noiseIsTextHoweverItIsCut(encoding: CharacterEncoding) throws {
        let rounds = getenv("FUZZ_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 100
        for seed in 0..<UInt64(rounds) {
            var random = SeededGenerator(seed: seed)
            let noise = (0..<Int.random(in: 0...80, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let whole = try Self.decode([noise], encoding)
            #expect(try Self.decode(noise.map { [$0] }, encoding) == whole, "seed \(seed)")
            #expect(whole.utf8.count <= noise.count * 3, "seed \(seed)")
            _ = try Self.encode([noise], encoding)
        }
    }
}
