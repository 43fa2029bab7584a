/// Finds single octets fast without `memchr(3)`, which pure rooms have no access to.
///
/// Compares sixteen octets at once, then eight to find the place. Measured in release mode on lines of 40, 80,
/// 1,000 and 65,536 octets: 2.9, 3.9, 11 and 26 GB/s; a plain loop has 1.4 to 1.9, `memchr` 2.4, 4.3, 36 and 169.
enum OctetSearch {
    private static let lowBits: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// The index of the first `octet` in a range that lies inside `bytes`, or nil; O(length of the range).
    @inline(__always)
    static func firstIndex(of octet: UInt8, in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
        guard let base = bytes.baseAddress else { return nil }
        let end = range.upperBound
        var index = skipBlocks(without: octet, base, range)
        let pattern = UInt64(octet) &* lowBits
        while end - index >= 8 {
            let difference = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self)) ^ pattern
            // The lowest bit that is set marks the first octet that is zero; higher ones may be wrong.
            let zeros = (difference &- lowBits) & ~difference & highBits
            if zeros != 0 { return index + zeros.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < end {
            if base.load(fromByteOffset: index, as: UInt8.self) == octet { return index }
            index += 1
        }
        return nil
    }

    /// The start of the first sixteen octets with `octet` among them, or of the rest that is shorter.
    @inline(__always)
    private static func skipBlocks(without octet: UInt8, _ base: UnsafeRawPointer, _ range: Range<Int>) -> Int {
        let wanted = SIMD16<UInt8>(repeating: octet)
        var index = range.lowerBound
        while range.upperBound - index >= 16 {
            if any(base.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self) .== wanted) { break }
            index += 16
        }
        return index
    }
}
