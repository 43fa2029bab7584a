/// Cuts arriving octets into lines.
///
/// ```text
///   line octets   delimiter       LF, CR LF, either of them, or octets of your own
/// ```
///
/// ```swift
/// func dataReceived(_ bytes: Span<UInt8>) throws {
///     framer.receive(bytes)
///     while let event = try framer.next() { handle(event) }
/// }
/// ```
///
/// Give it what arrives with ``receive(_:)``, then take events with ``next()`` until there is none. To stop
/// in between, as while paused, just don't ask: what waits stays. To go on, ask again before more is read,
/// because nothing else may arrive that would be a reason to. Between two events the rest may be
/// taken as it is, with ``takeRaw(atMost:)`` or ``takeRemaining()``, for a body whose length a line has told.
///
/// The events don't depend on how the input is cut. Every octet is examined once, and those of the
/// delimiter at most once more for each time its last octet occurs.
///
/// - Complexity: linear in the input; ``next()`` copies the line, ``withNext(_:)`` does not.
/// - Limits: `limit` octets per line without its delimiter. Memory: what has been received and not asked
///   for, and while all is asked for at most `limit` plus the delimiter's length.
public struct LineFramer: ~Copyable {
    /// The octets of a line unless told otherwise: 16 KiB, Twisted's figure.
    public static let defaultLimit = 16_384

    /// What happens to a line that is longer than the limit.
    public enum Overflow: Hashable, Sendable {
        /// It is reported once, as ``LineEvent/tooLong``, and skipped up to its end.
        case skip

        /// It ends the framer: ``LineFailure`` now and at every later call.
        case fail
    }

    private enum State {
        case reading
        case skipping
        case spent
    }

    /// The most octets a line may have, its delimiter not counted.
    public let limit: Int

    /// What ends a line.
    public let delimiter: LineDelimiter

    private let keepsDelimiter: Bool
    private let overflow: Overflow
    private let lastOctet: UInt8
    private var buffer = FrameBuffer()
    private var state = State.reading
    /// The octets at the front of the buffer that have been examined.
    private var scanned = 0

    /// The octets examined so far in search of a delimiter, for proving that the cost is linear.
    package private(set) var examinedCount = 0

    /// Makes a framer.
    ///
    /// - Parameters:
    ///   - delimiter: What ends a line.
    ///   - limit: The most octets of a line, without its delimiter; not negative.
    ///   - keepsDelimiter: Whether lines are given with their delimiters.
    ///   - overflow: What happens to a longer line.
    public init(
        _ delimiter: LineDelimiter = .anyNewline, limit: Int = Self.defaultLimit, keepsDelimiter: Bool = false,
        overflow: Overflow = .skip
    ) {
        precondition(limit >= 0 && limit <= .max / 2, "a line's limit is not negative")
        self.delimiter = delimiter
        self.limit = limit
        self.keepsDelimiter = keepsDelimiter
        self.overflow = overflow
        lastOctet = delimiter.lastOctet
    }

    /// The octets copied in or moved so far, for proving that the cost is linear.
    package var movedCount: Int { buffer.movedCount }

    /// The octets received and not yet taken.
    public var bufferedCount: Int { buffer.count }

    /// Takes octets as they arrive; O(their number).
    public mutating func receive(_ bytes: Span<UInt8>) {
        guard state != .spent else { return }
        buffer.append(bytes)
    }

    /// The next line or complaint; nil when more octets are needed.
    ///
    /// - Throws: ``LineFailure`` for a line beyond the limit, if that was asked for.
    public mutating func next() throws(LineFailure) -> LineEvent? {
        guard let found = try advance() else { return nil }
        guard let line = found.line else { return .tooLong }
        let octets = buffer.copy(0..<line)
        consume(found.length)
        return .line(octets)
    }

    /// Like ``next()``, but calls `body` with a line where it is, valid only inside the call.
    ///
    /// The framer may not be used inside `body`; throwing leaves the line taken.
    ///
    /// - Parameter body: Called with the line's octets, or with nil for a line beyond the limit.
    /// - Throws: ``LineFailure``, or what `body` throws.
    /// - Returns: False when more octets are needed; then `body` was not called.
    public mutating func withNext(_ body: (borrowing Span<UInt8>?) throws -> Void) throws -> Bool {
        guard let found = try advance() else { return false }
        guard let line = found.line else {
            try body(nil)
            return true
        }
        defer { consume(found.length) }
        try buffer.withOctets(0..<line) { try body($0) }
        return true
    }

    /// The next octets without regard to lines, at most `count`; whatever waits, fewer or none.
    ///
    /// After ``LineEvent/tooLong`` this ends the skipping; called at once, it gives what follows the first
    /// ``limit`` + 1 octets of the line, and its newline if that came next.
    public mutating func takeRaw(atMost count: Int) -> [UInt8] {
        guard state != .spent, count > 0 else { return [] }
        state = .reading
        let taken = min(count, buffer.count)
        let octets = buffer.copy(0..<taken)
        consume(taken)
        return octets
    }

    /// All octets that wait; afterwards the framer is as new.
    public mutating func takeRemaining() -> [UInt8] { takeRaw(atMost: .max) }

    // MARK: Searching

    /// A line at the front of the buffer: its octets to be given, and those to be taken away; or one too long.
    private struct Found {
        var line: Int?
        var length: Int
    }

    private mutating func advance() throws(LineFailure) -> Found? {
        if state == .spent { throw LineFailure(limit: limit) }
        if state == .skipping, !skip() { return nil }
        let window = limit + delimiter.longest
        guard let end = searchDelimiter(upTo: min(buffer.count, window)) else {
            return buffer.count < window ? nil : try lineIsTooLong(consuming: limit + 1, isEnded: false)
        }
        let content = contentCount(endingAt: end)
        if content > limit { return try lineIsTooLong(consuming: end, isEnded: true) }
        return Found(line: keepsDelimiter ? end : content, length: end)
    }

    private mutating func lineIsTooLong(consuming count: Int, isEnded: Bool) throws(LineFailure) -> Found {
        if overflow == .fail {
            state = .spent
            buffer.removeAll()
            throw LineFailure(limit: limit)
        }
        consume(count)
        state = isEnded ? .reading : .skipping
        return Found(line: nil, length: 0)
    }

    /// Drops the rest of a line that is too long; false when its end has not arrived.
    private mutating func skip() -> Bool {
        guard let end = searchDelimiter(upTo: buffer.count) else {
            consume(max(0, buffer.count - (delimiter.longest - 1)))
            return false
        }
        consume(end)
        state = .reading
        return true
    }

    /// The offset behind the first delimiter that ends at `limit` or before; goes on where the last search stopped.
    private mutating func searchDelimiter(upTo limit: Int) -> Int? {
        while scanned < limit {
            let place = buffer.firstOffset(of: lastOctet, in: scanned..<limit)
            let end = place.map { $0 + 1 } ?? limit
            examinedCount += end - scanned
            scanned = end
            if place != nil, delimiter.ends(at: end, in: buffer) { return end }
        }
        return nil
    }

    private func contentCount(endingAt end: Int) -> Int { end - delimiter.length(endingAt: end, in: buffer) }

    private mutating func consume(_ count: Int) {
        buffer.removeFirst(count)
        scanned = max(0, scanned - count)
    }
}

/// What a ``LineFramer`` found.
public enum LineEvent: Equatable, Sendable {
    /// A whole line.
    case line([UInt8])

    /// A line beyond the limit has begun; told once for each, and none of its octets are given.
    case tooLong
}

/// A line was longer than the framer's limit allows.
public struct LineFailure: Error, Equatable, CustomStringConvertible {
    /// The limit, in octets without the delimiter.
    public var limit: Int

    /// The failure in one line.
    public var description: String { "a line is longer than \(limit) octets" }
}
