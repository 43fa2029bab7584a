#if os(Linux)
/// One record of the kernel: `struct inotify_event` of inotify(7).
///
/// ```text
/// wd: Int32 | mask: UInt32 | cookie: UInt32 | len: UInt32 | name: len octets, ended and padded with zeros
/// ```
struct InotifyRecord: Equatable {
    var watch: Int32
    var mask: UInt32
    /// Joins the two halves of a move.
    var cookie: UInt32 = 0
    /// Empty when the watched directory itself is meant.
    var name: [UInt8] = []

    private static let headerSize = 16

    /// Reads the records of a buffer, in the byte order of the machine.
    ///
    /// - Returns: The records, up to the first that does not fit, if there is one.
    static func all(in bytes: Span<UInt8>) -> (records: [InotifyRecord], isWhole: Bool) {
        var records: [InotifyRecord] = []
        var offset = 0
        while offset < bytes.count {
            guard bytes.count - offset >= headerSize else { return (records, false) }
            let length = Int(word(bytes, at: offset + 12))
            let start = offset + headerSize
            guard length <= bytes.count - start else { return (records, false) }
            var record = InotifyRecord(
                watch: Int32(bitPattern: word(bytes, at: offset)), mask: word(bytes, at: offset + 4),
                cookie: word(bytes, at: offset + 8))
            for index in start..<(start + length) {
                if bytes[index] == 0 { break }
                record.name.append(bytes[index])
            }
            records.append(record)
            offset = start + length
        }
        return (records, true)
    }

    private static func word(_ bytes: Span<UInt8>, at offset: Int) -> UInt32 {
        (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[offset + $1]) << (8 * UInt32($1)) }.littleEndian
    }
}
#endif
