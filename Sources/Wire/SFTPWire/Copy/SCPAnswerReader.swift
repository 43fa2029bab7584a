/// Reads what the receiving side of `scp` answers.
///
/// - Isolation: none; a value type. After a failure it is spent.
public struct SCPAnswerReader: ~Copyable {
    private var buffer = SCPBuffer()

    /// Begins before the first answer.
    public init() {}

    /// How many octets have arrived and were not read.
    public var waitingByteCount: Int { buffer.count }

    /// Takes what arrived; any number of octets.
    public mutating func receive(_ bytes: Span<UInt8>) { buffer.receive(bytes) }

    /// Reads the next answer; nil while it is not complete.
    ///
    /// - Throws: ``SCPFailure``.
    public mutating func next() throws(SCPFailure) -> SCPAnswer? {
        guard let octet = buffer.first else { return nil }
        if octet == 0 {
            _ = buffer.take(1)
            return .ready
        }
        guard octet == 1 || octet == 2 else { throw .malformed }
        guard let line = try buffer.line() else { return nil }
        return .failed(String(decoding: line.dropFirst(), as: UTF8.self), isFatal: octet == 2)
    }
}
