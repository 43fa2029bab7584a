/// The version in a first line: 1.0 or 1.1.
///
/// - Source: RFC 9112 §2.3.
public enum HTTPVersion: String, Hashable, Sendable {
    case http10 = "HTTP/1.0"
    case http11 = "HTTP/1.1"

    /// Reads a version.
    ///
    /// - Throws: ``HTTPFailure/unsupportedVersion`` for others, ``HTTPFailure/malformedStartLine`` for what is none.
    init(parsing text: String) throws(HTTPFailure) {
        if let known = Self(rawValue: text) {
            self = known
            return
        }
        let octets = Array(text.utf8)
        let isVersion =
            octets.count == 8 && octets.starts(with: "HTTP/".utf8) && HTTPText.isDigit(octets[5]) && octets[6] == 0x2E
            && HTTPText.isDigit(octets[7])
        throw isVersion ? .unsupportedVersion : .malformedStartLine
    }
}
