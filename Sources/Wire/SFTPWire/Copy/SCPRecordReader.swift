/// Reads what the sending side of `scp` says.
///
/// - Isolation: none; a value type. After a failure it is spent.
/// - Limits: ``SCPLimits/line`` octets a line, ``SCPLimits/piece`` octets of a file at once.
public struct SCPRecordReader: ~Copyable {
    private var buffer = SCPBuffer()
    private var left: UInt64 = 0
    private var isInFile = false

    /// Begins between files.
    public init() {}

    /// Takes what arrived; any number of octets.
    public mutating func receive(_ bytes: Span<UInt8>) { buffer.receive(bytes) }

    /// Reads the next record; nil while it is not complete.
    ///
    /// - Throws: ``SCPFailure``.
    public mutating func next() throws(SCPFailure) -> SCPRecord? {
        guard isInFile else { return try nextLine() }
        if left > 0 {
            let piece = buffer.take(Int(min(left, UInt64(SCPLimits.piece))))
            left -= UInt64(piece.count)
            return piece.isEmpty ? nil : .data(piece)
        }
        // A sender that could not read its file to the end says so in the place of the zero octet.
        guard let octet = buffer.first else { return nil }
        guard octet == 0 else {
            guard octet == 1 || octet == 2 else { throw .malformed }
            guard let record = try nextLine() else { return nil }
            isInFile = false
            return record
        }
        _ = buffer.take(1)
        isInFile = false
        return .fileEnd
    }

    /// The file that was announced is not sent: the answer to it was a refusal.
    public mutating func skipFile() {
        isInFile = false
        left = 0
    }

    private mutating func nextLine() throws(SCPFailure) -> SCPRecord? {
        guard let line = try buffer.line() else { return nil }
        guard let record = SCPRecord(line: line) else { throw .malformed }
        if case .file(_, _, let size) = record { (isInFile, left) = (true, size) }
        return record
    }
}
