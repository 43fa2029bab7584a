import Basics

/// A SASL message as text protocols (IMAP, SMTP, POP3) carry it in a line.
///
/// ```text
///   dGVzdA==     the message in Base64
///   =            an empty initial response, which an empty text could not be told from none
///   *            the client gives up
/// ```
///
/// - Source: RFC 4954 section 4, RFC 4959 section 3.
package enum SASLLine: Hashable, Sendable {
    case message([UInt8])
    case cancelled

    /// The longest line that can carry a message, in octets without its end.
    package static let longest = (SASLLimits.message + 2) / 3 * 4

    /// Reads what stands in the line, without its end.
    ///
    /// - Throws: ``SASLFailure`` when it is too long or no strict Base64.
    package init(parsing line: some BidirectionalCollection<UInt8>) throws(SASLFailure) {
        if line.elementsEqual("*".utf8) {
            self = .cancelled
        } else if line.elementsEqual("=".utf8) {
            self = .message([])
        } else {
            if line.count > Self.longest { throw .tooLong("message", limit: Self.longest) }
            guard let octets = Base64.decode(line) else { throw .malformed("Base64") }
            self = .message(octets)
        }
    }

    /// What to write into the line; an empty message is `=` as an initial response and nothing otherwise.
    package func encoded(isInitial: Bool = false) -> [UInt8] {
        switch self {
        case .cancelled: Array("*".utf8)
        case .message(let octets) where octets.isEmpty && isInitial: Array("=".utf8)
        case .message(let octets): Base64.encode(octets)
        }
    }
}
