import Basics
import SFTPWire
import Testing

@Suite("SFTP from the client")
struct SFTPServerWireTests {
    private static let attributes: SFTPAttributes = {
        var attributes = SFTPAttributes.file(size: 77, modified: WallInstant(milliseconds: 1_700_000_000_000))
        attributes.extended = [SFTPAttributes.Extension(name: "a@b", data: [1, 2])]
        return attributes
    }()

    static let requests: [SFTPRequest] = [
        .open(path: octets("/a"), [.write, .create, .truncate], attributes), .close(handle: [1]),
        .read(handle: [1, 2], at: 1 << 40, count: .max), .write(handle: [3], at: 5, data: octets("text")),
        .linkAttributes(path: octets("l")), .attributes(path: []), .handleAttributes(handle: [9]),
        .setAttributes(path: octets("/s"), attributes), .setHandleAttributes(handle: [4], SFTPAttributes()),
        .openDirectory(path: octets("/")), .readDirectory(handle: [5]), .remove(path: octets("r")),
        .makeDirectory(path: octets("m"), SFTPAttributes()), .removeDirectory(path: octets("d")),
        .realPath(octets(".")),
        .rename(path: octets("x"), newPath: octets("y")), .readLink(path: octets("k")),
        .makeLink(target: octets("t"), path: octets("k")), .extended(.replace(path: octets("x"), newPath: octets("y"))),
        .extended(.hardLink(path: octets("x"), newPath: octets("y"))), .extended(.synchronize(handle: [1])),
        .extended(.limits),
        .extended(.space(path: octets("/"))), .extended(.handleSpace(handle: [6])),
        .extended(.setLinkAttributes(path: octets("/s"), attributes)), .extended(.expandPath(octets("~/x"))),
        .extended(.homeDirectory(user: [])),
        .extended(.copyData(from: [1], at: 2, count: 3, to: [4], newOffset: 5)),
        .extended(.other(name: "text-seek", data: [1, 2, 3])), .unknown(number: 99),
    ]

    private static func run(_ pieces: [[UInt8]]) -> (events: [SFTPServerWire.Event], failure: SFTPFailure?) {
        var wire = SFTPServerWire()
        var events: [SFTPServerWire.Event] = []
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

    @Test("Every request is read as it was written, however it is cut")
    func roundTrip() {
        var session = SFTPClientWire.hello
        var expected = [SFTPServerWire.Event.hello(version: 3)]
        for (index, request) in Self.requests.enumerated() {
            session += request.packet(id: UInt32(index) &* 77_777_777)
            expected.append(.request(id: UInt32(index) &* 77_777_777, request))
        }
        for pieces in cuts(of: session) {
            let (events, failure) = Self.run(pieces)
            #expect(failure == nil)
            #expect(events == expected)
        }
    }

    /// Written by hand from the draft.
    @Test("A request is what the draft draws")
    func draft() {
        let packet: [UInt8] =
            [0, 0, 0, 22, 5, 0, 0, 0, 42] + [0, 0, 0, 1, 7] + [0, 0, 0, 0, 0, 0, 1, 0] + [0, 0, 0x80, 0]
        #expect(SFTPRequest.read(handle: [7], at: 256, count: 32_768).packet(id: 42) == packet)
        #expect(SFTPClientWire.hello == [0, 0, 0, 5, 1, 0, 0, 0, 3])
        let open: [UInt8] =
            [0, 0, 0, 22, 3, 0, 0, 0, 1] + [0, 0, 0, 1, 0x61] + [0, 0, 0, 0x1A] + [0, 0, 0, 4] + [0, 0, 0x81, 0xA4]
        var attributes = SFTPAttributes()
        attributes.permissions = 0o100644
        #expect(SFTPRequest.open(path: [0x61], [.write, .create, .truncate], attributes).packet(id: 1) == open)
    }

    @Test("A request that ends early keeps its id, and the next one is read")
    func malformed() {
        for request in Self.requests {
            let whole = request.packet(id: 5)
            guard whole.count > 9 else { continue }
            for length in 9..<whole.count {
                let body = Array(whole[4..<length])
                let cut = [0, 0, UInt8(body.count >> 8), UInt8(body.count & 0xFF)] + body
                let (events, failure) = Self.run([SFTPClientWire.hello, cut, SFTPRequest.realPath([]).packet(id: 6)])
                #expect(failure == nil && events.count == 3 && events.last == .request(id: 6, .realPath([])))
                switch events[1] {
                case .malformed(let id): #expect(id == 5)
                // An extension that is not known may have any data; the name and what belongs to it can end anywhere.
                case .request(let id, .extended(.other)): #expect(id == 5)
                default: Issue.record("\(request) cut at \(length) became \(events[1])")
                }
            }
        }
    }

    @Test("What is behind the last field is passed over")
    func trailing() {
        let packet: [UInt8] = [0, 0, 0, 12, 17, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3]
        #expect(Self.run([SFTPClientWire.hello, packet]).events.last == .request(id: 1, .attributes(path: [])))
    }

    @Test(
        "A session that cannot go on ends",
        arguments: [
            ([0, 0, 0, 0], .packetLength(0, limit: 262_144)), ([0, 4, 0, 1], .packetLength(262_145, limit: 262_144)),
            ([0xFF, 0xFF, 0xFF, 0xFF], .packetLength(.max, limit: 262_144)),
            ([0, 0, 0, 5, 17, 0, 0, 0, 1], .unexpectedHello),
            ([0, 0, 0, 3, 1, 0, 0], .malformedPacket), (SFTPClientWire.hello + SFTPClientWire.hello, .unexpectedHello),
            (SFTPClientWire.hello + [0, 0, 0, 4, 17, 0, 0, 0], .malformedPacket),
        ] as [([UInt8], SFTPFailure)])
    func failures(octets: [UInt8], failure: SFTPFailure) {
        for pieces in cuts(of: octets) { #expect(Self.run(pieces).failure == failure) }
    }

    @Test("More extended attributes than anybody has are refused")
    func attributes() {
        var attributes = SFTPAttributes()
        attributes.extended = (0..<17).map { SFTPAttributes.Extension(name: "\($0)", data: []) }
        let packet = SFTPRequest.setAttributes(path: [], attributes).packet(id: 3)
        #expect(Self.run([SFTPClientWire.hello, packet]).events.last == .malformed(id: 3))
    }

    @Test("No octets trap", arguments: 0..<40 as Range<UInt64>)
    func fuzz(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            var session = SFTPClientWire.hello
            for _ in 0..<4 {
                var packet = Self.requests[Int.random(in: 0..<Self.requests.count, using: &random)].packet(id: 1)
                for _ in 0..<Int.random(in: 0...4, using: &random) {
                    packet[Int.random(in: 4..<packet.count, using: &random)] = UInt8.random(
                        in: .min ... .max, using: &random)
                }
                session += packet
            }
            let (events, failure) = Self.run([session])
            #expect(events.count == 5 || failure != nil)
            #expect(Self.run(session.map { [$0] }).events == events)
        }
    }
}
