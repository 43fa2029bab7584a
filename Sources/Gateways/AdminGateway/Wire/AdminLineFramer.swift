/// Cuts arriving octets into lines.
///
/// - Limits: ``longestLine``; after a longer one the framer is spent, drop the connection.
package struct AdminLineFramer {
    /// Octets of one line, without its newline: 1 MiB, far above any request and enough for long lists.
    package static let longestLine = 1 << 20

    private var pending: [UInt8] = []

    package init() {}

    /// Takes octets and gives the lines that are complete, without their newlines.
    package mutating func receive(_ bytes: Span<UInt8>) throws(AdminFailure) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for index in bytes.indices {
            if bytes[index] == 0x0A {
                lines.append(pending)
                pending.removeAll()
            } else if pending.count < Self.longestLine {
                pending.append(bytes[index])
            } else {
                throw AdminFailure(.usage, "The line is longer than \(Self.longestLine) octets.")
            }
        }
        return lines
    }
}
