/// The contents of a file while they are written: at any place and in any order, and never more than a limit.
///
/// - Isolation: none; a value type.
/// - Complexity: a write is linear in its octets and in the gap it leaves behind the end.
public struct SFTPDraft: Hashable, Sendable {
    /// The most octets it may hold.
    public let limit: Int
    /// What was written so far.
    public private(set) var octets: [UInt8]

    /// What is said when it would be more.
    private let refusal: SFTPStatus

    /// Begins with contents, which may be more than `limit` already.
    ///
    /// - Parameters:
    ///   - octets: What the file has.
    ///   - limit: The most octets it may have.
    ///   - refusal: What is said when it would be more; a sentence with the limit unless something else is given.
    public init(_ octets: [UInt8] = [], limit: Int, refusal: SFTPStatus? = nil) {
        self.octets = octets
        self.limit = limit
        self.refusal = refusal ?? .failure("the file may have at most \(limit) octets")
    }

    /// Reads at most `count` octets; there is nothing behind the end.
    public func read(at offset: UInt64, count: Int) -> [UInt8] {
        guard let start = Int(exactly: offset), start < octets.count, count > 0 else { return [] }
        return Array(octets[start..<(start + min(count, octets.count - start))])
    }

    /// Writes octets over what is there; what is between the end and `offset` becomes zero.
    ///
    /// - Throws: A status when the end would be behind the limit; nothing is written then.
    public mutating func write(_ piece: some Collection<UInt8>, at offset: UInt64) throws(SFTPStatus) {
        guard !piece.isEmpty else { return }
        guard let start = Int(exactly: offset), start <= limit, piece.count <= limit - start else { throw refusal }
        if start > octets.count { fill(upTo: start) }
        let end = min(octets.count, start + piece.count)
        octets.replaceSubrange(start..<end, with: piece)
    }

    /// Writes octets behind the end.
    ///
    /// - Throws: A status when the end would be behind the limit; nothing is written then.
    public mutating func append(_ piece: some Collection<UInt8>) throws(SFTPStatus) {
        try write(piece, at: UInt64(octets.count))
    }

    /// Cuts the end off, or fills up with zeros.
    ///
    /// - Throws: A status when that is more than the limit.
    public mutating func resize(to size: UInt64) throws(SFTPStatus) {
        guard let size = Int(exactly: size), size <= max(limit, octets.count) else { throw refusal }
        if size < octets.count { octets.removeLast(octets.count - size) } else { fill(upTo: size) }
    }

    private mutating func fill(upTo count: Int) {
        octets += repeatElement(0, count: count - octets.count)
    }
}
