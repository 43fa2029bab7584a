/// The size of the client's window (NAWS).
///
/// ```text
///   IAC SB NAWS  width 2 octets  height 2 octets  IAC SE      big endian, 255 doubled
/// ```
///
/// - Source: RFC 1073.
public struct TelnetWindowSize: Equatable, Sendable {
    /// In characters; nil when the client does not know.
    public var columns: Int?
    /// In lines; nil when the client does not know.
    public var rows: Int?

    /// Makes a size in characters and lines; nil for what is not known.
    public init(columns: Int?, rows: Int?) {
        self.columns = columns
        self.rows = rows
    }

    /// Reads the payload and moves each number into ``TelnetLimits``; anything but four octets is nil.
    package init?(payload: [UInt8]) {
        guard payload.count == 4 else { return nil }
        columns = Self.number(payload[0], payload[1], in: TelnetLimits.columns)
        rows = Self.number(payload[2], payload[3], in: TelnetLimits.rows)
    }

    /// The payload, without doubling; a number that does not fit goes out as the nearest that does.
    package var payload: [UInt8] {
        Self.octets(columns) + Self.octets(rows)
    }

    private static func number(_ high: UInt8, _ low: UInt8, in range: ClosedRange<Int>) -> Int? {
        let number = Int(high) << 8 | Int(low)
        return number == 0 ? nil : min(max(number, range.lowerBound), range.upperBound)
    }

    private static func octets(_ number: Int?) -> [UInt8] {
        let clamped = UInt16(clamping: number ?? 0)
        return [UInt8(clamped >> 8), UInt8(clamped & 0xFF)]
    }
}
