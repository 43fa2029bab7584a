import IRCWire

/// Tells the first line of a client from that of a program that speaks another protocol, such as a browser that a page has
/// sent here: whoever sends one is cut off before any later line could be taken for a command.
enum IRCForeignGreeting {
    /// The first octet of a TLS handshake, on a port that has none.
    static let tls: UInt8 = 0x16

    /// Methods of HTTP, and what mail programs begin with.
    private static let verbs: Set<String> = [
        "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PRI", "PROPFIND", "HTTP", "EHLO", "HELO",
        "LHLO",
        "STARTTLS",
    ]

    /// Whether a first line is none of IRC's; what can't be read at all, such as a TLS greeting, is not either.
    static func isForeign(_ event: IRCLineEvent) -> Bool {
        switch event {
        case .message(let message):
            verbs.contains(message.command.name)
                || message.parameters.last.map { namesVersion($0.text) } ?? false
        case .malformed: true
        case .tooLong, .notUTF8: false
        }
    }

    /// Whether a text has a version of HTTP, as the end of a request has; the search is for those with a slash alone.
    private static func namesVersion(_ text: String) -> Bool {
        guard text.utf8.contains(UInt8(ascii: "/")) else { return false }
        return text.hasPrefix("HTTP/") || text.contains(" HTTP/")
    }
}
