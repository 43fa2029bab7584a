import Basics
import DigestWire
import Testing

@testable import SSHWire

struct SSHPacketTests {
    private let payloads: [[UInt8]] = [
        [1], [UInt8](0..<5), [UInt8](repeating: 9, count: 255), [UInt8](repeating: 7, count: 4000),
    ]

    private func cipher(_ name: SSHCipherName?, seals: Bool) throws -> SSHCipher {
        guard let name else { return .plain }
        let material = SSHKeyMaterial(digest: .sha256, secret: [1], exchangeHash: [2], sessionID: [3])
        let none = SSHKeyExchangeOffer.Direction(ciphers: [name.rawValue], macs: [SSHMACName.sha256.rawValue])
        return try material.cipher(SSHAgreedAlgorithms.Direction(none, none), from: .client, seals: seals)
    }

    private func written(_ name: SSHCipherName?) throws -> [UInt8] {
        var writer = SSHPacketWriter()
        writer.use(try cipher(name, seals: true), resetsSequence: true)
        for payload in payloads { writer.append(payload) }
        return writer.takeOutput()
    }

    private func reader(_ name: SSHCipherName?) throws -> SSHPacketReader {
        var reader = SSHPacketReader()
        if name != nil {
            reader.prepare(try cipher(name, seals: false))
            try reader.useNext(resetsSequence: true)
        }
        return reader
    }

    @Test(arguments: [nil] + SSHCipherName.allCases.map(Optional.some))
    func packetsComeOutHoweverTheyAreCut(_ name: SSHCipherName?) throws {
        let octets = try written(name)
        for piece in [1, 2, 3, 5, 17, 1000, octets.count] {
            var reader = try reader(name)
            var read: [[UInt8]] = []
            for start in stride(from: 0, to: octets.count, by: piece) {
                reader.receive(octets[start..<min(start + piece, octets.count)].span)
                while let payload = try reader.next() { read.append(payload) }
            }
            #expect(read == payloads)
            #expect(reader.count == 0)
        }
        for cut in 0...octets.count {
            var reader = try reader(name)
            var read: [[UInt8]] = []
            for part in [octets[..<cut], octets[cut...]] {
                reader.receive(part.span)
                while let payload = try reader.next() { read.append(payload) }
            }
            #expect(read == payloads, "cut at \(cut)")
        }
    }

    @Test(arguments: SSHCipherName.allCases)
    func everyDamageHasTheSameAnswer(_ name: SSHCipherName) throws {
        let octets = try written(name)
        // The first two packets; behind them more follows, so that a longer length does not only wait.
        for place in 0..<100 {
            for bit in [UInt8(1), 0x80] {
                var damaged = octets
                damaged[place] ^= bit
                var reader = try reader(name)
                reader.receive(damaged.span)
                var failure: SSHFailure?
                do throws(SSHFailure) {
                    while try reader.next() != nil {}
                } catch {
                    failure = error
                }
                // A length that grew within bounds waits for octets that this test does not send.
                if failure == nil { #expect(reader.count > 0) }
                #expect(failure == nil || failure == SSHFailure(.macError, "A packet is corrupt."), "octet \(place)")
            }
        }
    }

    @Test(arguments: [0, 1, 5, 11, 13, 15, 35_001, 35_004, 262_152, 0x7FFF_FFFC, 0xFFFF_FFFC, 0xFFFF_FFFF] as [UInt32])
    func badLengthsAreRefusedAtOnce(_ length: UInt32) throws {
        var reader = SSHPacketReader()
        let octets = (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * UInt32($0))) }
        reader.receive(octets.span)
        #expect(throws: SSHFailure(.protocolError, "A packet is malformed.")) { try reader.next() }
    }

    @Test(arguments: [0, 3, 12, 255] as [UInt8])
    func badPaddingIsRefused(_ padding: UInt8) throws {
        var reader = SSHPacketReader()
        reader.receive(([0, 0, 0, 12, padding] + [UInt8](repeating: 0, count: 11)).span)
        #expect(throws: SSHFailure(.protocolError, "A packet is malformed.")) { try reader.next() }
    }

    @Test func numbersOfPacketsStartAnewOrGoOn() throws {
        var writer = SSHPacketWriter()
        writer.append([1])
        writer.append([2])
        #expect(writer.sequence == 2)
        writer.use(.plain, resetsSequence: false)
        #expect(writer.sequence == 2 && writer.packets == 0 && writer.octets == 0)
        writer.append([3])
        #expect(writer.sequence == 3 && writer.packets == 1 && writer.octets == 16)
        writer.use(.plain, resetsSequence: true)
        #expect(writer.sequence == 0)
    }

    @Test func paddingIsRandomAndLongEnough() {
        var writer = SSHPacketWriter()
        var paddings = Set<[UInt8]>()
        for size in 1...64 {
            writer.append([UInt8](repeating: 5, count: size))
            let packet = writer.takeOutput()
            let padding = Int(packet[4])
            #expect(packet.count % 8 == 0 && packet.count >= 16 && (4...11).contains(padding))
            paddings.insert(Array(packet.suffix(padding)))
        }
        #expect(paddings.count == 64)
    }
}
