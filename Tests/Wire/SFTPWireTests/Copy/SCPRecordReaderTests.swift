import Basics
import SFTPWire
import Testing

@Suite("What scp says")
struct SCPRecordReaderTests {
    private static let records: [SCPRecord] = [
        .times(SFTPAttributes.Times(access: 7, modification: 1_700_000_000)),
        .directory(name: octets("d e"), permissions: 0o755),
        .file(name: octets("a b.txt"), permissions: 0o644, size: 5), .data(octets("hello")), .fileEnd,
        .file(name: octets("empty"), permissions: 0, size: 0), .fileEnd, .directoryEnd,
        .complaint("scp: no such file", isFatal: false),
        .file(name: octets("x"), permissions: 0o7777, size: 3), .data([0, 1, 2]),
        .complaint("scp: it broke", isFatal: true),
    ]

    private static var stream: [UInt8] {
        records.flatMap { record -> [UInt8] in
            if case .complaint(let text, let isFatal) = record {
                return SCPAnswer.failed(String(text.dropFirst(5)), isFatal: isFatal).octets
            }
            return record.octets
        }
    }

    /// The records, with the octets of one file put together.
    private static func run(_ pieces: [[UInt8]]) -> (records: [SCPRecord], failure: SCPFailure?) {
        var reader = SCPRecordReader()
        var records: [SCPRecord] = []
        do throws(SCPFailure) {
            for piece in pieces {
                reader.receive(piece.span)
                while let record = try reader.next() {
                    if case .data(let more) = record, case .data(let before) = records.last {
                        records[records.count - 1] = .data(before + more)
                    } else {
                        records.append(record)
                    }
                }
            }
        } catch {
            return (records, error)
        }
        return (records, nil)
    }

    @Test("Records are read as they were written, however they are cut")
    func roundTrip() {
        for pieces in cuts(of: Self.stream) {
            let (records, failure) = Self.run(pieces)
            #expect(failure == nil && records == Self.records)
        }
    }

    @Test("Records look as other programs write them")
    func form() {
        #expect(SCPRecord.file(name: octets("f"), permissions: 0o100600, size: 12).octets == octets("C0600 12 f\n"))
        #expect(SCPRecord.times(SFTPAttributes.Times(access: 2, modification: 1)).octets == octets("T1 0 2 0\n"))
        #expect(SCPAnswer.failed("a\nb", isFatal: false).octets == [1] + octets("scp: a b\n"))
    }

    @Test(
        "What is none of these ends it",
        arguments: [
            "X\n", "\n", "C\n", "C0644\n", "C0644 12\n", "C644 -1 x\n", "C99999 1 x\n", "C0688 1 x\n", "C0644 +1 x\n",
            "C0644 18446744073709551616 x\n", "T1 0 2\n", "T1 0 x 0\n", "E \n", "C0644 1 x\nab",
            String(repeating: "C", count: 2049),
        ])
    func malformed(text: String) {
        for pieces in cuts(of: octets(text)) { #expect(Self.run(pieces).failure != nil, "\(pieces)") }
    }

    @Test("Answers are read as they were written, however they are cut")
    func answers() {
        let answers: [SCPAnswer] = [.ready, .failed("no", isFatal: false), .ready, .failed("never", isFatal: true)]
        for pieces in cuts(of: answers.flatMap(\.octets)) {
            var reader = SCPAnswerReader()
            var read: [SCPAnswer] = []
            for piece in pieces {
                reader.receive(piece.span)
                while let answer = try? reader.next() { read.append(answer) }
            }
            #expect(read == [.ready, .failed("scp: no", isFatal: false), .ready, .failed("scp: never", isFatal: true)])
        }
        var reader = SCPAnswerReader()
        reader.receive(octets("x").span)
        #expect(throws: SCPFailure.malformed) { _ = try reader.next() }
    }

    @Test("No octets trap", arguments: 0..<20 as Range<UInt64>)
    func fuzz(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<150 {
            var stream = Self.stream
            for _ in 0..<3 {
                stream[Int.random(in: 0..<stream.count, using: &random)] = UInt8.random(
                    in: .min ... .max, using: &random)
            }
            let whole = Self.run([stream])
            let drip = Self.run(stream.map { [$0] })
            #expect(whole.records == drip.records && whole.failure == drip.failure)
        }
    }
}
