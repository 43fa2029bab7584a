import CompressionWire
import Testing

@Suite struct DeflaterTests {
    @Test func oneForAConnectionCostsNoMoreThan64KiB() throws {
        let small = try Deflater()
        #expect(small.allocatedOctets <= CompressionLimits.deflaterOctets)
        #expect(CompressionLimits.deflaterOctets == 64 * 1024)
        let memory = DeflaterMemory.small
        let formula = (1 << (memory.windowBits + 2)) + (1 << (memory.memoryLevel + 9))
        #expect((formula...formula + 8192).contains(small.allocatedOctets))
        #expect(try Deflater(memory: .standard).allocatedOctets > 256 * 1024)
    }

    @Test func whatIsFlushedCanBeReadAtOnce() throws {
        var deflater = try Deflater()
        var inflater = try Inflater()
        var read: [UInt8] = []
        for round in 0..<200 {
            let line = Array("\(round): You see nothing special.\r\n".utf8)
            var stream: [UInt8] = []
            deflater.compress(line, into: &stream)
            deflater.flush(into: &stream)
            read = []
            _ = try inflater.inflate(stream, into: &read)
            #expect(read == line)
        }
    }

    @Test func flushingNothingTwiceSendsNothing() throws {
        var deflater = try Deflater()
        var stream: [UInt8] = []
        deflater.compress(Array("a".utf8), into: &stream)
        deflater.flush(into: &stream)
        let count = stream.count
        deflater.flush(into: &stream)
        #expect(stream.count == count)
    }

    @Test func afterTheEndThereIsNothing() throws {
        var deflater = try Deflater()
        var stream: [UInt8] = []
        deflater.finish(into: &stream)
        #expect(deflater.isFinished && !stream.isEmpty)
        let count = stream.count
        deflater.compress(Array("more".utf8), into: &stream)
        deflater.flush(into: &stream)
        deflater.finish(into: &stream)
        #expect(stream.count == count)
    }

    @Test(arguments: [-5, 0, 1, 9, 100, Int.max]) func anyLevelIsTaken(level: Int) throws {
        let text = InflaterTests.text(lines: 50)
        #expect(try InflaterTests.read([try InflaterTests.deflated(text, level: level)]).output == text)
    }

    @Test func aWriteOfManyMegabytesIsTakenWhole() throws {
        let text = InflaterTests.text(lines: 60_000)
        #expect(text.count > 2 << 20)
        #expect(try InflaterTests.read([try InflaterTests.deflated(text)]).output == text)
    }
}
