import Basics
import CompressionWire
import Testing

/// Streams that arrive whole, in pieces, damaged, too large and with something behind them.
@Suite struct InflaterTests {
    static func text(lines: Int, seed: UInt64 = 1) -> [UInt8] {
        var random = SeededGenerator(seed: seed)
        let words = ["lamp", "hall", "You", "take", "the", "brass", "north", "says", "hello", "a plain", "\u{1B}[36m"]
        var octets: [UInt8] = []
        for _ in 0..<lines {
            for _ in 0..<8 { octets += Array((words.randomElement(using: &random) ?? "").utf8) + [0x20] }
            octets += [UInt8.random(in: 0x21...0x7E, using: &random), 13, 10]
        }
        return octets
    }

    static func deflated(_ octets: [UInt8], _ format: CompressionFormat = .zlib, level: Int = 6) throws -> [UInt8] {
        var deflater = try Deflater(format: format, level: level)
        var output: [UInt8] = []
        deflater.compress(octets, into: &output)
        deflater.finish(into: &output)
        return output
    }

    /// What a stream in pieces became, and what of the pieces was no part of it.
    struct Reading: Equatable {
        var output: [UInt8] = []
        var rest: [UInt8] = []
        var isEnded = false
        var failure: CompressionFailure?
        var steps = 0
        var mostOfStep = 0
    }

    static func read(_ pieces: [[UInt8]], _ format: CompressionFormat = .zlib) throws -> Reading {
        var inflater = try Inflater(format: format)
        var reading = Reading()
        for piece in pieces {
            var taken = 0
            do {
                while true {
                    let before = reading.output.count
                    let step = try inflater.inflate(Array(piece[taken...]), into: &reading.output)
                    reading.steps += 1
                    reading.mostOfStep = max(reading.mostOfStep, step.produced)
                    #expect(reading.output.count - before == step.produced)
                    taken += step.consumed
                    if step.outcome != .filled { break }
                }
            } catch {
                reading.failure = error
                break
            }
            reading.rest += piece[taken...]
        }
        reading.isEnded = inflater.isEnded
        return reading
    }

    private static func pieces(_ octets: [UInt8], of size: Int) -> [[UInt8]] {
        stride(from: 0, to: octets.count, by: size).map { Array(octets[$0..<min($0 + size, octets.count)]) }
    }

    @Test(arguments: [CompressionFormat.zlib, .gzip, .raw]) func whatWasDeflatedComesBack(format: CompressionFormat)
        throws
    {
        let text = Self.text(lines: 2000)
        let stream = try Self.deflated(text, format)
        #expect(stream.count < text.count / 2)
        for size in [1, 2, 3, 7, 100, 4096, stream.count] {
            let reading = try Self.read(Self.pieces(stream, of: size), format)
            #expect(reading.output == text)
            #expect(reading.isEnded && reading.rest.isEmpty && reading.failure == nil)
        }
    }

    @Test func aStreamCutAtEachPlaceIsTheSame() throws {
        let text = Self.text(lines: 4)
        let stream = try Self.deflated(text)
        for place in 0...stream.count {
            let reading = try Self.read([Array(stream[..<place]), Array(stream[place...])])
            #expect(reading.output == text && reading.isEnded && reading.rest.isEmpty, "cut at \(place)")
        }
    }

    @Test func aStepMakesNoMoreThan64KiB() throws {
        let text = Self.text(lines: 20_000)
        let reading = try Self.read([try Self.deflated(text)])
        #expect(reading.output == text)
        #expect(reading.mostOfStep == 64 * 1024)
        #expect(reading.steps == text.count / (64 * 1024) + 1)
    }

    @Test func whatIsBehindTheEndIsLeftAlone() throws {
        let stream = try Self.deflated(Array("look\r\n".utf8))
        let garbage = Array("plain again\r\n".utf8)
        for size in [1, 5, 1000] {
            let reading = try Self.read(Self.pieces(stream + garbage, of: size))
            #expect(reading.output == Array("look\r\n".utf8))
            #expect(reading.isEnded && reading.rest == garbage)
            #expect(reading.steps <= stream.count + garbage.count)
        }
    }

    /// The most that the format can do: a thousand zeros for each octet.
    @Test(arguments: [1, 100, 1 << 20]) func zerosAreCutOffAt100To1(size: Int) throws {
        var deflater = try Deflater(level: 9, memory: .standard)
        var bomb: [UInt8] = []
        deflater.compress([UInt8](repeating: 0, count: 16 << 20), into: &bomb)
        deflater.finish(into: &bomb)
        #expect((16 << 20) / bomb.count > 1000)
        let reading = try Self.read(Self.pieces(bomb, of: size))
        #expect(reading.failure == .bomb)
        #expect(reading.output.count <= 2 * 64 * 1024)
    }

    @Test func aFewEqualLinesAreNoBomb() throws {
        let reading = try Self.read([try Self.deflated([UInt8](repeating: 0x61, count: 64 * 1024))])
        #expect(reading.failure == nil && reading.output.count == 64 * 1024)
    }

    @Test func aFailureStays() throws {
        var inflater = try Inflater()
        var output: [UInt8] = []
        for octets in [Array("GET / HTTP/1.1".utf8), try Self.deflated([1]), []] {
            do throws(CompressionFailure) {
                _ = try inflater.inflate(octets, into: &output)
                Issue.record("it goes on")
            } catch {
                #expect(error == .damaged)
            }
        }
        #expect(output.isEmpty)
    }

    @Test func aStreamWithoutItsEndGivesWhatThereWas() throws {
        let text = Self.text(lines: 100)
        var deflater = try Deflater()
        var stream: [UInt8] = []
        deflater.compress(text, into: &stream)
        deflater.flush(into: &stream)
        let reading = try Self.read([stream])
        #expect(reading.output == text && !reading.isEnded && reading.failure == nil)
        let less = try Self.read([Array(stream.prefix(stream.count / 2))])
        #expect(text.starts(with: less.output) && !less.isEnded && less.failure == nil)
    }

    @Test func theWindowIsAllItHolds() throws {
        var inflater = try Inflater()
        var output: [UInt8] = []
        _ = try inflater.inflate(try Self.deflated(Self.text(lines: 500)), into: &output)
        #expect(inflater.allocatedOctets <= 42 * 1024)
    }
}
