/// Finds single octets at about the speed of `memchr(3)`, which pure rooms have no access to.
enum OctetSearch {
    /// Octets compared at once; below this many the plain loop is used.
    private static let stride = 32

    /// The index of the first `octet` in a range that lies inside `bytes`, or nil; O(length of the range).
    @inline(__always)
    static func firstIndex(of octet: UInt8, in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
        guard let base = bytes.baseAddress else { return nil }
        var index = range.lowerBound
        let end = range.upperBound
        let wanted = SIMD32<UInt8>(repeating: octet)
        while end - index >= stride {
            let block = base.loadUnaligned(fromByteOffset: index, as: SIMD32<UInt8>.self)
            if any(block .== wanted) { break }
            index += stride
        }
        while index < end {
            if base.load(fromByteOffset: index, as: UInt8.self) == octet { return index }
            index += 1
        }
        return nil
    }
}
