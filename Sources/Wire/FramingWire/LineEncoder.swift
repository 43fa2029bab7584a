/// Why a line cannot be sent.
public enum LineEncodingFailure: Error, Equatable {
    /// The line contains the delimiter, or would make one together with it: it would arrive as two.
    case containsDelimiter

    /// The line has more octets than the limit.
    case tooLong(limit: Int)
}

/// Writes lines that a ``LineFramer`` with the same delimiter and limit reads back as they were.
public struct LineEncoder: Sendable {
    /// What ends a line.
    public let delimiter: LineDelimiter

    /// The most octets of a line, without its delimiter.
    public let limit: Int

    /// Makes an encoder.
    public init(_ delimiter: LineDelimiter = .anyNewline, limit: Int = LineFramer.defaultLimit) {
        self.delimiter = delimiter
        self.limit = limit
    }

    /// Appends a line and its delimiter; on failure nothing is appended.
    ///
    /// O(length of the line).
    public func append(_ line: [UInt8], to output: inout [UInt8]) throws(LineEncodingFailure) {
        guard line.count <= limit else { throw .tooLong(limit: limit) }
        let start = output.count
        output += line
        output += delimiter.octets
        guard isOneLine(output[start...]) else {
            output.removeSubrange(start...)
            throw .containsDelimiter
        }
    }

    /// A line with its delimiter.
    public func encode(_ line: [UInt8]) throws(LineEncodingFailure) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(line.count + delimiter.longest)
        try append(line, to: &output)
        return output
    }

    private func isOneLine(_ sent: ArraySlice<UInt8>) -> Bool {
        var framer = LineFramer(delimiter, limit: .max / 2, keepsDelimiter: true)
        framer.receive(sent.span)
        guard case .line(let first) = try? framer.next() else { return false }
        return first.count == sent.count
    }
}
