/// How the end of a body is known.
///
/// - Source: RFC 9112 §6.
/// - SeeAlso: `HTTPWireTests/HTTPBodyLengthTests`.
public enum HTTPBodyLength: Hashable, Sendable {
    /// So many octets; 0 for no body.
    case octets(Int)
    /// Chunks, which say it themselves.
    case chunked
    /// All until the connection ends; of responses only.
    case untilClose

    /// What the fields say; nil when they say nothing.
    ///
    /// Two lengths that differ, a length beside a transfer coding, and codings in HTTP/1.0 are refused: they are how
    /// requests are smuggled past a proxy that reads them in another way.
    init?(_ fields: HTTPFields, _ version: HTTPVersion) throws(HTTPFailure) {
        let lengths = fields.values("Content-Length")
        let codings = fields.list("Transfer-Encoding")
        if !fields.values("Transfer-Encoding").isEmpty {
            guard lengths.isEmpty, version == .http11, !codings.isEmpty else { throw .ambiguousLength }
            guard codings.count == 1, HTTPText.isSame(codings[0], "chunked") else { throw .unsupportedTransferCoding }
            self = .chunked
            return
        }
        guard let first = lengths.first else { return nil }
        guard let count = HTTPText.number(first), lengths.allSatisfy({ $0 == first }) else { throw .ambiguousLength }
        self = .octets(count)
    }
}
