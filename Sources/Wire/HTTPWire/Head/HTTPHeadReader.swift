/// Gathers the octets of a head, up to and with the empty line that ends it.
///
/// ```text
///   [CR LF]  start-line CR LF  {field-line CR LF}  CR LF        what follows is left to the caller
/// ```
///
/// Line ends are CR LF and nothing else: a reader that also takes LF could see another head than a proxy before it.
///
/// - Limits: ``HTTPLimits``.
/// - Complexity: linear; each octet is looked at once.
/// - Source: RFC 9112 §2.
/// - SeeAlso: `HTTPWireTests/HTTPHeadReaderTests`.
public struct HTTPHeadReader: ~Copyable {
    private let limits: HTTPLimits
    private var octets: [UInt8] = []
    private var lineStart = 0
    private var isFirstLine = true
    private var skipsEmptyLine = true
    private var failure: HTTPFailure?

    /// Whether the head is there; until ``takeLines()`` no more is taken.
    public private(set) var isComplete = false

    /// Makes a reader.
    public init(limits: HTTPLimits = HTTPLimits()) {
        self.limits = limits
    }

    /// Takes octets up to the end of the head.
    ///
    /// - Returns: How many were taken; fewer than there are when the head ended before the last.
    /// - Throws: ``HTTPFailure``, now and at every later call.
    public mutating func receive(_ bytes: Span<UInt8>) throws(HTTPFailure) -> Int {
        if let failure { throw failure }
        do {
            return try take(bytes)
        } catch {
            failure = error
            octets = []
            throw error
        }
    }

    /// The lines of the head without their ends; the reader is as new afterwards.
    public mutating func takeLines() -> [ArraySlice<UInt8>] {
        guard isComplete else { return [] }
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for index in octets.indices where octets[index] == 0x0A {
            if index - 1 > start { lines.append(octets[start..<(index - 1)]) }
            start = index + 1
        }
        self = HTTPHeadReader(limits: limits)
        return lines
    }

    private mutating func take(_ bytes: Span<UInt8>) throws(HTTPFailure) -> Int {
        var index = 0
        while index < bytes.count, !isComplete {
            let octet = bytes[index]
            index += 1
            let afterReturn = octets.count > lineStart && octets.last == 0x0D
            if octet == 0x0A {
                guard afterReturn else { throw .malformedLine }
                octets.append(octet)
                endLine()
                continue
            }
            if afterReturn || octet == 0 { throw .malformedLine }
            octets.append(octet)
            if isFirstLine, octets.count - lineStart > limits.startLineOctets + 1 { throw .startLineTooLong }
            if octets.count > limits.headOctets { throw .headTooLarge }
        }
        return index
    }

    private mutating func endLine() {
        let isEmpty = octets.count - lineStart == 2
        lineStart = octets.count
        if isFirstLine, isEmpty, skipsEmptyLine {
            // RFC 9112 §2.2: one empty line before a request is to be passed over.
            skipsEmptyLine = false
            octets.removeAll(keepingCapacity: true)
            lineStart = 0
        } else if isEmpty {
            isComplete = true
        } else {
            isFirstLine = false
        }
    }
}
