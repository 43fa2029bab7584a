import SFTPWire
import Testing

@Suite("SFTP answers of extensions")
struct SFTPAnswerTests {
    @Test("Limits are four numbers")
    func limits() throws {
        let limits = SFTPServerLimits(handles: 64)
        #expect(limits.octets.count == 32)
        #expect(SFTPServerLimits(limits.octets) == limits)
        #expect(Array(limits.octets.suffix(2)) == [0, 64])
        for length in 0..<32 { #expect(SFTPServerLimits(Array(limits.octets.prefix(length))) == nil) }
    }

    @Test("Room is told in whole blocks")
    func space() throws {
        let space = SFTPSpace(octetLimit: 1024, freeOctets: 512, fileLimit: 20, freeFiles: 3, isReadOnly: true)
        #expect(space.octets.count == 88)
        #expect(SFTPSpace(space.octets) == space)
        for length in 0..<88 { #expect(SFTPSpace(Array(space.octets.prefix(length))) == nil) }
    }

    @Test("A server's numbers may be as large as they like")
    func greatest() {
        let space = SFTPSpace(Array(repeating: 0xFF, count: 88))
        #expect(space?.octetLimit == .max && space?.freeFiles == .max)
    }
}
