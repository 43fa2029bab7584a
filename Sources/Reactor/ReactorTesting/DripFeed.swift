/// Ways in which a network may cut one run of octets into reads.
///
/// Every decoder gives the same answers for all of them:
///
/// ```swift
/// for pieces in DripFeed.allWays(of: message) {
///     let decoder = LineDecoder()
///     #expect(pieces.flatMap { decoder.receive($0) } == expected)
/// }
/// ```
public enum DripFeed {
    /// Pieces of `size` octets, the last one smaller.
    public static func pieces(of bytes: [UInt8], size: Int) -> [[UInt8]] {
        let step = max(1, size)
        return stride(from: 0, to: bytes.count, by: step).map { Array(bytes[$0..<min($0 + step, bytes.count)]) }
    }

    /// Two pieces, for every place to split at.
    public static func splits(of bytes: [UInt8]) -> [[[UInt8]]] {
        (1..<max(1, bytes.count)).map { [Array(bytes[..<$0]), Array(bytes[$0...])] }
    }

    /// Whole, octet by octet, and split at every place.
    public static func allWays(of bytes: [UInt8]) -> [[[UInt8]]] {
        bytes.isEmpty ? [] : [[bytes], pieces(of: bytes, size: 1)] + splits(of: bytes)
    }
}
