import COpenSSL

/// Random octets for padding, drawn from libcrypto many at a time.
///
/// - Source: RFC 4253 section 6; RAND_bytes(3).
struct SSHPaddingSource {
    private var pool: [UInt8] = []
    private var used = 0

    /// Octets drawn at a time.
    private static let poolOctets = 512

    /// Appends so many octets.
    ///
    /// - Parameters:
    ///   - count: At most 255 octets of padding and 64 for a code.
    ///   - output: What they are appended to.
    /// - Returns: Whether libcrypto had them.
    mutating func append(_ count: Int, to output: inout [UInt8]) -> Bool {
        if pool.count - used < count {
            if pool.isEmpty { pool = [UInt8](repeating: 0, count: Self.poolOctets) }
            guard count <= pool.count, RAND_bytes(&pool, Int32(clamping: pool.count)) == 1 else { return false }
            used = 0
        }
        output += pool[used..<used + count]
        used += count
        return true
    }

    /// Random octets that are not from the pool.
    static func octets(_ count: Int) throws(SSHFailure) -> [UInt8] {
        var octets = [UInt8](repeating: 0, count: count)
        guard RAND_bytes(&octets, Int32(clamping: count)) == 1 else { throw .cryptography }
        return octets
    }
}
