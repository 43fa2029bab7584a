/// Cuts arriving octets into frames that begin with their length.
///
/// ```text
///   +--------+----------------+
///   | length | length octets  |
///   +--------+----------------+
/// ```
///
/// ```swift
/// var framer = LengthPrefixedFramer(.twoBytes(.bigEndian), limit: 4_096)
/// framer.receive(bytes)
/// while let frame = try framer.next() { handle(frame) }
/// ```
///
/// Give it what arrives with ``receive(_:)``, then take frames with ``next()`` until there is none. The
/// frames don't depend on how the input is cut.
///
/// - Complexity: linear in the input; ``next()`` copies the frame, ``withNext(_:)`` does not.
/// - Limits: `limit` octets per frame. A length above it ends the framer as soon as the prefix is there: no
///   octet of the frame is waited for, and no memory is set aside by what a peer says. Memory: what has been
///   received and not asked for, and while all is asked for at most `limit` plus ten octets.
/// - Source: fixed widths as in Twisted's `Int8/16/32StringReceiver`; varints as in the protocol buffers encoding.
public struct LengthPrefixedFramer: ~Copyable {
    /// The octets of a frame unless told otherwise: 100,000, Twisted's figure (rounded up by one).
    public static let defaultLimit = 100_000

    /// How the length is written.
    public let prefix: LengthPrefix

    /// The most octets of a frame, its prefix not counted.
    public let limit: Int

    private var buffer: FrameBuffer
    private var expected: Int?
    private var failure: LengthPrefixFailure?

    /// The octets of memory that a framer keeps while nothing waits, unless told otherwise: 1,024.
    public static let defaultIdleCapacity = FrameBuffer.idleCapacity

    /// Makes a framer for frames of at most `limit` octets.
    ///
    /// - Parameters:
    ///   - prefix: How lengths are written.
    ///   - limit: The most octets of a frame.
    ///   - idleCapacity: The octets of memory it may keep while nothing waits; more where long frames follow each other.
    public init(
        _ prefix: LengthPrefix, limit: Int = Self.defaultLimit, idleCapacity: Int = Self.defaultIdleCapacity
    ) {
        precondition(limit >= 0, "a frame's limit is not negative")
        self.prefix = prefix
        self.limit = limit
        buffer = FrameBuffer(idleCapacity: idleCapacity)
    }

    /// The octets copied in or moved so far, for proving that the cost is linear.
    package var movedCount: Int { buffer.movedCount }

    /// The octets received and not yet taken.
    public var bufferedCount: Int { buffer.count }

    /// Takes octets as they arrive; O(their number).
    public mutating func receive(_ bytes: Span<UInt8>) {
        guard failure == nil else { return }
        buffer.append(bytes)
    }

    /// The next frame without its prefix; nil when more octets are needed.
    ///
    /// - Throws: ``LengthPrefixFailure``, now and at every later call.
    public mutating func next() throws(LengthPrefixFailure) -> [UInt8]? {
        guard let length = try advance() else { return nil }
        let frame = buffer.copy(0..<length)
        buffer.removeFirst(length)
        return frame
    }

    /// Like ``next()``, but calls `body` with a frame where it is, valid only inside the call.
    ///
    /// The framer may not be used inside `body`; throwing leaves the frame taken.
    ///
    /// - Throws: ``LengthPrefixFailure``, or what `body` throws.
    /// - Returns: False when more octets are needed; then `body` was not called.
    public mutating func withNext(_ body: (borrowing Span<UInt8>) throws -> Void) throws -> Bool {
        guard let length = try advance() else { return false }
        defer { buffer.removeFirst(length) }
        try buffer.withOctets(0..<length) { try body($0) }
        return true
    }

    /// All octets that wait, without a prefix that was read already; afterwards a frame begins.
    public mutating func takeRemaining() -> [UInt8] {
        let octets = buffer.copy(0..<buffer.count)
        buffer.removeAll()
        expected = nil
        return octets
    }

    /// The length of a frame that is whole at the front of the buffer, its prefix removed.
    private mutating func advance() throws(LengthPrefixFailure) -> Int? {
        if let failure { throw failure }
        if expected == nil { expected = try readLength() }
        guard let length = expected, buffer.count >= length else { return nil }
        expected = nil
        return length
    }

    private mutating func readLength() throws(LengthPrefixFailure) -> Int? {
        switch prefix.read(buffer) {
        case .incomplete: return nil
        case .malformed: throw spent(.malformedLength)
        case .length(let length, let prefixCount):
            guard length <= UInt64(limit) else { throw spent(.tooLong(length: length, limit: limit)) }
            buffer.removeFirst(prefixCount)
            return Int(length)
        }
    }

    private mutating func spent(_ failure: LengthPrefixFailure) -> LengthPrefixFailure {
        self.failure = failure
        buffer.removeAll()
        return failure
    }
}

extension LengthPrefixedFramer {
    /// Appends a frame with its prefix; on failure nothing is appended.
    ///
    /// O(length of the frame).
    ///
    /// - Throws: ``LengthPrefixFailure/tooLong(length:limit:)`` for one the prefix cannot tell or above `limit`.
    public static func append(
        _ frame: [UInt8], prefix: LengthPrefix, limit: Int = Self.defaultLimit, to output: inout [UInt8]
    ) throws(LengthPrefixFailure) {
        let length = UInt64(frame.count)
        guard frame.count <= limit, length <= prefix.greatest else {
            let greatest = Int(clamping: prefix.greatest)
            throw .tooLong(length: length, limit: min(limit, greatest))
        }
        prefix.append(length, to: &output)
        output += frame
    }

    /// A frame with its prefix.
    public static func encode(
        _ frame: [UInt8], prefix: LengthPrefix, limit: Int = Self.defaultLimit
    ) throws(LengthPrefixFailure) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(frame.count + 10)
        try append(frame, prefix: prefix, limit: limit, to: &output)
        return output
    }
}

/// Why frames with a length before them cannot be read or written.
public enum LengthPrefixFailure: Error, Equatable, CustomStringConvertible {
    /// A frame of `length` octets, above `limit`.
    case tooLong(length: UInt64, limit: Int)

    /// A varint of more than 64 bits, or not in its shortest form.
    case malformedLength

    /// The failure in one line.
    public var description: String {
        switch self {
        case .tooLong(let length, let limit): "a frame of \(length) octets is longer than \(limit)"
        case .malformedLength: "a frame's length is malformed"
        }
    }
}
