import Basics
import SFTPWire
import Testing

@Suite("SFTP from the server")
struct SFTPClientWireTests {
    static let replies: [SFTPReply] = [
        .status(.ok), .status(SFTPStatus(.failure, "不行", language: "zh")), .handle([1, 2, 3]),
        .data(octets("contents")), .data([]),
        .names([]),
        .names([SFTPName(octets("a"), longName: octets("-rw a"), attributes: .file(size: 1)), SFTPName([0xFF])]),
        .attributes(.directory()), .attributes(SFTPAttributes()), .extended([1, 2, 3]),
    ]

    private static func run(_ pieces: [[UInt8]]) -> (events: [SFTPClientWire.Event], failure: SFTPFailure?) {
        var wire = SFTPClientWire()
        var events: [SFTPClientWire.Event] = []
        do throws(SFTPFailure) {
            for piece in pieces {
                wire.receive(piece.span)
                while let event = try wire.next() { events.append(event) }
            }
        } catch {
            return (events, error)
        }
        return (events, nil)
    }

    @Test("Every reply is read as it was written, however it is cut")
    func roundTrip() {
        var session = SFTPServerWire.helloReply()
        let offered = Dictionary(uniqueKeysWithValues: SFTPExtension.offered.map { ($0.name, $0.version) })
        var expected = [SFTPClientWire.Event.hello(extensions: offered)]
        for (index, reply) in Self.replies.enumerated() {
            session += reply.packet(id: UInt32(index))
            expected.append(.reply(id: UInt32(index), reply))
        }
        for pieces in cuts(of: session) {
            let (events, failure) = Self.run(pieces)
            #expect(failure == nil)
            #expect(events == expected)
        }
    }

    @Test("A status may be only its code, as early servers send it")
    func bareStatus() {
        let packet: [UInt8] = [0, 0, 0, 9, 101, 0, 0, 0, 8, 0, 0, 0, 2]
        #expect(
            Self.run([SFTPServerWire.helloReply(), packet]).events.last
                == .reply(id: 8, .status(SFTPStatus(.noSuchFile, ""))))
    }

    @Test(
        "A session that cannot go on ends",
        arguments: [
            ([0, 0, 0, 5, 2, 0, 0, 0, 6], .version(6)), ([0, 0, 0, 5, 101, 0, 0, 0, 3], .unexpectedHello),
            (SFTPServerWire.helloReply() + SFTPServerWire.helloReply(), .unexpectedHello),
            (SFTPServerWire.helloReply() + [0, 0, 0, 5, 99, 0, 0, 0, 3], .malformedPacket),
            (SFTPServerWire.helloReply() + [0, 0, 0, 9, 104, 0, 0, 0, 3, 255, 255, 255, 255], .malformedPacket),
            ([0, 4, 0, 1], .packetLength(262_145, limit: 262_144)),
        ] as [([UInt8], SFTPFailure)])
    func failures(octets: [UInt8], failure: SFTPFailure) {
        for pieces in cuts(of: octets) { #expect(Self.run(pieces).failure == failure) }
    }

    @Test("No octets trap", arguments: 0..<20 as Range<UInt64>)
    func fuzz(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            var packet = Self.replies[Int.random(in: 0..<Self.replies.count, using: &random)].packet(id: 1)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                packet[Int.random(in: 4..<packet.count, using: &random)] = UInt8.random(
                    in: .min ... .max, using: &random)
            }
            let (events, failure) = Self.run([SFTPServerWire.helloReply(), packet])
            #expect(events.count == 2 || failure != nil)
        }
    }
}
