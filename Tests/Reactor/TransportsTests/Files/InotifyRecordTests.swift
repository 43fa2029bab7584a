import Testing

@testable import Transports

@Suite struct InotifyRecordTests {
    private static func octets(
        _ watch: Int32, _ mask: UInt32, cookie: UInt32 = 0, length: UInt32, _ name: [UInt8] = []
    ) -> [UInt8] {
        [UInt32(bitPattern: watch), mask, cookie, length].flatMap { withUnsafeBytes(of: $0, Array.init) } + name
    }

    @Test func recordsFollowEachOther() {
        let buffer =
            Self.octets(1, 0x100, length: 16, Array("name".utf8) + [UInt8](repeating: 0, count: 12))
            + Self.octets(-1, 0x4000, length: 0)
            + Self.octets(2, 0x40, cookie: .max, length: 4, [0xFF, 0xFE, 0x80, 0xC0])
        let (records, isWhole) = InotifyRecord.all(in: buffer.span)
        #expect(isWhole)
        #expect(
            records == [
                InotifyRecord(watch: 1, mask: 0x100, name: Array("name".utf8)),
                InotifyRecord(watch: -1, mask: 0x4000),
                InotifyRecord(watch: 2, mask: 0x40, cookie: .max, name: [0xFF, 0xFE, 0x80, 0xC0]),
            ])
        for length in 0..<buffer.count {
            let part = InotifyRecord.all(in: Array(buffer[..<length]).span)
            #expect(
                part.isWhole == [0, 32, 48].contains(length) && part.records == Array(records[..<part.records.count]))
        }
    }

    @Test(arguments: [1, 15, 0x7FFF_FFFF, UInt32.max]) func aLengthBeyondTheBufferIsRefused(length: UInt32) {
        let (records, isWhole) = InotifyRecord.all(in: Self.octets(1, 1, length: length).span)
        #expect(!isWhole && records.isEmpty)
    }
}
