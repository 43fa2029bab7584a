import Basics
import CompressionWire
import Glibc
import ReactorTesting
import ShellPeers
import TelnetWire
import Testing
import Transports

/// Streams of commands, marks of compression, deflated pieces and noise, made from the seed of each round;
/// `FUZZ_ROUNDS` sets how many rounds a long run makes.
///
/// For every one: nothing traps, the connection goes on or ends with a reason, and pieces of any size give the same lines.
@Suite struct TelnetConnectionFuzzTests {
    private static let rounds = getenv("FUZZ_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 300

    private struct Run {
        var lines: [String]
        var hasFailed: Bool
    }

    @Test(arguments: [TelnetRole.server, .client]) func streamsOfAllKinds(role: TelnetRole) throws {
        for seed in 0..<UInt64(Self.rounds) {
            let stream = try Self.stream(seed: seed)
            let whole = try Self.run(stream, role, pieceSize: stream.count)
            for size in [1, 2, 5, 64] {
                let cut = try Self.run(stream, role, pieceSize: size)
                #expect(cut.hasFailed == whole.hasFailed, "seed \(seed), pieces of \(size)")
                // What stood in the same piece as damage is not read.
                if !whole.hasFailed { #expect(cut.lines == whole.lines, "seed \(seed), pieces of \(size)") }
            }
        }
    }

    private static func run(_ stream: [UInt8], _ role: TelnetRole, pieceSize: Int) throws -> Run {
        let (test, handler, pool) = (try TestReactor(), NotingHandler(), CompressorPool(limit: 1))
        let transport = MemoryTransport(reactor: test.reactor)
        let settings = TelnetSettings(
            role: role, policy: role == .server ? .server : .client, compressors: pool,
            inflatedOctetsPerSecond: CompressionLimits.inflatedOctetsPerSecond, trace: { _ in })
        transport.connect(TelnetConnection(settings, handler: handler, on: test.reactor))
        transport.deliver(stream, inPiecesOf: max(1, pieceSize))
        let failed = transport.isClosing
        transport.loseFromPeer()
        test.settle()
        #expect(pool.inUse == 0)
        #expect(handler.reason != nil)
        return Run(lines: handler.lines, hasFailed: failed)
    }

    private static func stream(seed: UInt64) throws -> [UInt8] {
        var random = SeededGenerator(seed: seed)
        var stream: [UInt8] = []
        let options: [UInt8] = [0, 1, 3, 24, 25, 31, 39, 42, 69, 70, 86, 87, 201, 77]
        for _ in 0..<Int.random(in: 1...25, using: &random) {
            let option = options.randomElement(using: &random) ?? 0
            switch Int.random(in: 0...6, using: &random) {
            case 0, 1: stream += [255, UInt8.random(in: 251...254, using: &random), option]
            case 2: stream += [255, 253, 87, 255, 251, 86, 255, 250, option == 86 ? 86 : 87, 255, 240]
            case 3: stream += [255, 250, option] + noise(20, &random) + [255, 240]
            case 4: stream += Array("say \(Int.random(in: 0...99, using: &random))\r\n".utf8)
            case 5: stream += noise(30, &random)
            default:
                var deflater = try Deflater()
                deflater.compress(Array("say deflated\r\n".utf8) + noise(30, &random), into: &stream)
                if Bool.random(using: &random) { deflater.finish(into: &stream) } else { deflater.flush(into: &stream) }
            }
        }
        return stream
    }

    private static func noise(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
        (0..<Int.random(in: 0...count, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
}
