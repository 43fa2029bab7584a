/// Cuts arriving octets into netstrings.
///
/// ```text
///   "12:hello world!,"      length in decimal without leading zeros, colon, octets, comma
///   "0:,"                   the empty string
/// ```
///
/// ```swift
/// var framer = NetstringFramer(limit: 4_096)
/// framer.receive(bytes)
/// while let string = try framer.next() { handle(string) }
/// ```
///
/// Give it what arrives with ``receive(_:)``, then take strings with ``next()`` until there is none. The
/// strings and failures don't depend on how the input is cut.
///
/// - Complexity: linear in the input; ``next()`` copies the string, ``withNext(_:)`` does not.
/// - Limits: `limit` octets per string; the first digit that goes above it ends the framer. Memory: what has
///   been received and not asked for, and while all is asked for at most `limit` plus one octet.
/// - Source: D. J. Bernstein, "Netstrings" (1997).
public struct NetstringFramer: ~Copyable {
    /// The octets of a string unless told otherwise: 99,999, Twisted's figure.
    public static let defaultLimit = 99_999

    private enum State {
        case length(UInt64, digits: Int)
        case string(Int)
        case spent(NetstringFailure)
    }

    /// The most octets of a string, its length and punctuation not counted.
    public let limit: Int

    private var buffer = FrameBuffer()
    private var state = State.length(0, digits: 0)

    /// Makes a framer for strings of at most `limit` octets.
    public init(limit: Int = Self.defaultLimit) {
        precondition(limit >= 0, "a netstring's limit is not negative")
        self.limit = limit
    }

    /// The octets copied in or moved so far, for proving that the cost is linear.
    package var movedCount: Int { buffer.movedCount }

    /// The octets received and not yet taken.
    public var bufferedCount: Int { buffer.count }

    /// Takes octets as they arrive; O(their number).
    public mutating func receive(_ bytes: Span<UInt8>) {
        if case .spent = state { return }
        buffer.append(bytes)
    }

    /// The next string; nil when more octets are needed.
    ///
    /// - Throws: ``NetstringFailure``, now and at every later call.
    public mutating func next() throws(NetstringFailure) -> [UInt8]? {
        guard let length = try advance() else { return nil }
        let string = buffer.copy(0..<length)
        take(length)
        return string
    }

    /// Like ``next()``, but calls `body` with a string where it is, valid only inside the call.
    ///
    /// The framer may not be used inside `body`; throwing leaves the string taken.
    ///
    /// - Throws: ``NetstringFailure``, or what `body` throws.
    /// - Returns: False when more octets are needed; then `body` was not called.
    public mutating func withNext(_ body: (borrowing Span<UInt8>) throws -> Void) throws -> Bool {
        guard let length = try advance() else { return false }
        defer { take(length) }
        try buffer.withOctets(0..<length) { try body($0) }
        return true
    }

    /// The length of a string that is whole at the front of the buffer, its comma behind it.
    private mutating func advance() throws(NetstringFailure) -> Int? {
        try readLength()
        switch state {
        case .length: return nil
        case .spent(let failure): throw failure
        case .string(let length):
            guard buffer.count > length else { return nil }
            guard buffer[length] == 0x2C else { throw spent(.missingComma(found: buffer[length])) }
            return length
        }
    }

    private mutating func readLength() throws(NetstringFailure) {
        while case .length(let length, let digits) = state, buffer.count > 0 {
            do throws(NetstringFailure) {
                state = try state(after: buffer[0], length, digits)
            } catch {
                throw spent(error)
            }
            buffer.removeFirst(1)
        }
    }

    private func state(after octet: UInt8, _ length: UInt64, _ digits: Int) throws(NetstringFailure) -> State {
        switch octet {
        case 0x3A where digits > 0: return .string(Int(length))
        case 0x30...0x39:
            if digits > 0, length == 0 { throw .leadingZero }
            let (tenfold, isFarTooLong) = length.multipliedReportingOverflow(by: 10)
            let (longer, isTooLong) = tenfold.addingReportingOverflow(UInt64(octet - 0x30))
            if isFarTooLong || isTooLong || longer > UInt64(limit) { throw .tooLong(limit: limit) }
            return .length(longer, digits: digits + 1)
        default: throw .malformedLength(found: octet)
        }
    }

    private mutating func take(_ length: Int) {
        buffer.removeFirst(length + 1)
        state = .length(0, digits: 0)
    }

    private mutating func spent(_ failure: NetstringFailure) -> NetstringFailure {
        state = .spent(failure)
        buffer.removeAll()
        return failure
    }
}

extension NetstringFramer {
    /// Appends a string as a netstring; on failure nothing is appended.
    ///
    /// O(length of the string).
    ///
    /// - Throws: ``NetstringFailure/tooLong(limit:)``.
    public static func append(
        _ string: [UInt8], limit: Int = Self.defaultLimit, to output: inout [UInt8]
    ) throws(NetstringFailure) {
        guard string.count <= limit else { throw .tooLong(limit: limit) }
        output += Array(String(string.count).utf8)
        output.append(0x3A)
        output += string
        output.append(0x2C)
    }

    /// A string as a netstring.
    public static func encode(
        _ string: [UInt8], limit: Int = Self.defaultLimit
    ) throws(NetstringFailure) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(string.count + 22)
        try append(string, limit: limit, to: &output)
        return output
    }
}

/// Why netstrings cannot be read or written.
public enum NetstringFailure: Error, Equatable, CustomStringConvertible {
    /// Something else than a digit, or a colon before any.
    case malformedLength(found: UInt8)

    /// A digit after a leading zero.
    case leadingZero

    /// A string of more than `limit` octets.
    case tooLong(limit: Int)

    /// Something else than a comma behind the string.
    case missingComma(found: UInt8)

    /// The failure in one line.
    public var description: String {
        switch self {
        case .malformedLength(let octet): "a netstring's length contains octet \(octet)"
        case .leadingZero: "a netstring's length has a leading zero"
        case .tooLong(let limit): "a netstring is longer than \(limit) octets"
        case .missingComma(let octet): "a netstring is followed by octet \(octet) instead of a comma"
        }
    }
}
