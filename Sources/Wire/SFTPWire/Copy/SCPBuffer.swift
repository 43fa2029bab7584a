/// Octets that arrived and were not taken.
struct SCPBuffer: ~Copyable {
    private var octets: [UInt8] = []
    private var start = 0

    /// How many octets wait.
    var count: Int { octets.count - start }

    var first: UInt8? { start < octets.count ? octets[start] : nil }

    mutating func receive(_ bytes: Span<UInt8>) {
        if start > octets.count / 2 {
            octets.removeFirst(start)
            start = 0
        }
        bytes.withUnsafeBufferPointer { octets.append(contentsOf: $0) }
    }

    mutating func take(_ count: Int) -> [UInt8] {
        let piece = Array(octets[start..<start + max(0, min(count, octets.count - start))])
        start += piece.count
        return piece
    }

    /// Takes a line without its LF.
    mutating func line() throws(SCPFailure) -> [UInt8]? {
        let window = octets[start..<min(octets.count, start + SCPLimits.line + 1)]
        guard let end = window.firstIndex(of: 0x0A) else {
            if window.count > SCPLimits.line { throw .lineTooLong }
            return nil
        }
        let line = take(end - start)
        start += 1
        return line
    }
}
