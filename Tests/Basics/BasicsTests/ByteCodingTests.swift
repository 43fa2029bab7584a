import Basics
import Testing

@Suite struct ByteCodingTests {
    @Test(arguments: [0, 1, 127, 128, 300, UInt64(UInt32.max), UInt64.max])
    func varintsRoundTrip(_ value: UInt64) throws {
        var writer = ByteWriter()
        writer.varint(value)
        var reader = ByteReader(writer.bytes)
        #expect(try reader.varint() == value)
        #expect(reader.isAtEnd)
    }

    @Test(arguments: [0, 1, -1, 63, -64, Int64.max, Int64.min])
    func signedRoundTrip(_ value: Int64) throws {
        var writer = ByteWriter()
        writer.signed(value)
        var reader = ByteReader(writer.bytes)
        #expect(try reader.signed() == value)
    }

    @Test(arguments: ["", "a", "Füße 🏮", String(repeating: "x", count: 300)])
    func stringsRoundTrip(_ value: String) throws {
        var writer = ByteWriter()
        writer.string(value)
        var reader = ByteReader(writer.bytes)
        #expect(try reader.string() == value)
    }

    @Test func everyPrefixIsIncompleteAndNeverTraps() throws {
        var writer = ByteWriter()
        writer.string("a lamp")
        writer.fixed32(0xDEAD_BEEF)
        for length in 0..<writer.bytes.count {
            var reader = ByteReader(Array(writer.bytes.prefix(length)))
            #expect(throws: ByteFailure.self) {
                _ = try reader.string()
                _ = try reader.fixed32()
            }
        }
    }

    @Test(arguments: [
        [UInt8](repeating: 0xFF, count: 11),
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02],
    ])
    func overlongVarintsAreMalformed(_ bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        #expect(throws: ByteFailure.malformed(at: 0)) { try reader.varint() }
    }

    @Test func hugeLengthIsIncompleteNotATrap() {
        var writer = ByteWriter()
        writer.varint(.max)
        var reader = ByteReader(writer.bytes)
        #expect(throws: ByteFailure.incomplete(at: 0)) { try reader.blob() }
    }

    @Test func invalidUTF8IsMalformed() {
        var reader = ByteReader([2, 0xC3, 0x28])
        #expect(throws: ByteFailure.malformed(at: 0)) { try reader.string() }
    }

    @Test func checksumMatchesThePublishedCheckValue() {
        // The check value of CRC-32/ISO-HDLC for "123456789".
        #expect(CRC32.of(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(CRC32.of([]) == 0)
    }
}
