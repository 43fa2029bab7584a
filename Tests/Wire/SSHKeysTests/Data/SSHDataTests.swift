import SSHKeys
import Testing

@Suite("SSH data")
struct SSHDataTests {
    /// The examples of RFC 4251 section 5.
    @Test(
        "Numbers are written as the standard shows them",
        arguments: [
            ([], [0, 0, 0, 0]),
            (
                [0x09, 0xA3, 0x78, 0xF9, 0xB2, 0xE3, 0x32, 0xA7],
                [0, 0, 0, 8, 0x09, 0xA3, 0x78, 0xF9, 0xB2, 0xE3, 0x32, 0xA7]
            ),
            ([0x80], [0, 0, 0, 2, 0, 0x80]),
            ([0, 0, 0x80], [0, 0, 0, 2, 0, 0x80]),
        ] as [([UInt8], [UInt8])])
    func magnitudes(value: [UInt8], octets: [UInt8]) throws {
        var writer = SSHWriter()
        writer.magnitude(value)
        #expect(writer.octets == octets)
        var reader = SSHReader(octets)
        #expect(try Array(reader.magnitude()) == Array(value.drop { $0 == 0 }))
        try reader.finish()
    }

    @Test("What is cut off anywhere is refused")
    func truncated() {
        var writer = SSHWriter(message: 7)
        writer.boolean(true)
        writer.uint64(.max)
        writer.names(["zlib", "none"])
        for length in 0..<writer.octets.count {
            #expect(throws: SSHDataFailure.truncated) {
                var reader = SSHReader(Array(writer.octets.prefix(length)))
                _ = try (reader.octet(), reader.boolean(), reader.uint64(), reader.names())
            }
        }
    }
}
