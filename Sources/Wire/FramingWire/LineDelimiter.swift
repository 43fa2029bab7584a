/// What ends a line.
public enum LineDelimiter: Hashable, Sendable {
    /// LF alone; a CR before it belongs to the line.
    case lineFeed

    /// CR LF and nothing else, as SMTP wants it; single CRs and LFs belong to the line.
    case carriageReturnLineFeed

    /// LF, with or without one CR before it; sent as CR LF.
    case anyNewline

    /// These octets.
    case custom(LineDelimiterOctets)

    /// The delimiter that is sent.
    public var octets: [UInt8] {
        switch self {
        case .lineFeed: [0x0A]
        case .carriageReturnLineFeed, .anyNewline: [0x0D, 0x0A]
        case .custom(let custom): custom.octets
        }
    }

    /// The octets of the longest form.
    var longest: Int { octets.count }

    var lastOctet: UInt8 {
        if case .custom(let custom) = self { return custom.lastOctet }
        return 0x0A
    }

    /// Whether a delimiter ends just before `end`, where the last octet is known to match.
    func ends(at end: Int, in buffer: borrowing FrameBuffer) -> Bool {
        switch self {
        case .lineFeed, .anyNewline: true
        case .carriageReturnLineFeed: end >= 2 && buffer[end - 2] == 0x0D
        case .custom(let custom): buffer.hasSuffix(custom.octets, before: end)
        }
    }

    /// The length of the delimiter that ends just before `end`.
    func length(endingAt end: Int, in buffer: borrowing FrameBuffer) -> Int {
        guard case .anyNewline = self else { return longest }
        return end >= 2 && buffer[end - 2] == 0x0D ? 2 : 1
    }
}

/// The octets of a custom delimiter: at least one.
public struct LineDelimiterOctets: Hashable, Sendable {
    /// The octets in the order they are sent.
    public let octets: [UInt8]

    let lastOctet: UInt8

    /// Makes a delimiter; nil for no octets or more than ``longest``.
    public init?(_ octets: [UInt8]) {
        guard let last = octets.last, octets.count <= Self.longest else { return nil }
        self.octets = octets
        lastOctet = last
    }

    /// The most octets of a delimiter; bounds the cost of comparing.
    public static let longest = 16
}
