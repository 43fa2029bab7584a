/// The head of a response.
///
/// ```text
///   HTTP/1.1 SP 101 SP [reason] CR LF
///   Upgrade: websocket CR LF …
/// ```
///
/// - Isolation: none; a value type.
/// - Source: RFC 9112 §4.
/// - SeeAlso: `HTTPWireTests/HTTPResponseHeadTests`.
public struct HTTPResponseHead: Hashable, Sendable {
    /// The version.
    public let version: HTTPVersion
    /// The three digits.
    public let status: HTTPStatus
    /// The fields.
    public var fields: HTTPFields

    /// Makes a response to be sent.
    public init(_ status: HTTPStatus, fields: HTTPFields = HTTPFields()) {
        (version, self.status, self.fields) = (.http11, status, fields)
    }

    /// Reads the lines that ``HTTPHeadReader/takeLines()`` gives; the words after the digits are not kept.
    ///
    /// - Throws: ``HTTPFailure``; the connection is not usable afterwards.
    public init(parsing lines: [ArraySlice<UInt8>], limits: HTTPLimits = HTTPLimits()) throws(HTTPFailure) {
        guard let first = lines.first else { throw .malformedStartLine }
        let words = first.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count >= 2, words[1].count == 3,
            let number = HTTPText.number(String(decoding: words[1], as: UTF8.self)), (100...999).contains(number),
            words.count < 3 || words[2].allSatisfy(HTTPText.isValueOctet)
        else { throw .malformedStartLine }
        version = try HTTPVersion(parsing: String(decoding: words[0], as: UTF8.self))
        status = HTTPStatus(rawValue: UInt16(clamping: number))
        fields = try HTTPFields(parsing: lines.dropFirst(), limits: limits)
        _ = try bodyLength
    }

    /// How the body's end is known, if the request was not `HEAD`.
    ///
    /// - Throws: ``HTTPFailure/ambiguousLength``, ``HTTPFailure/unsupportedTransferCoding``; never after parsing.
    public var bodyLength: HTTPBodyLength {
        get throws(HTTPFailure) {
            let said = try HTTPBodyLength(fields, version)
            if status.rawValue < 200 || status.rawValue == 204 || status.rawValue == 304 { return .octets(0) }
            return said ?? .untilClose
        }
    }

    /// The octets of the head, with the empty line.
    public var octets: [UInt8] {
        fields.octets(below: "\(version.rawValue) \(status.rawValue) \(status.reason)")
    }
}
