/// The texts inside messages: UTF-8 without NUL, of bounded length.
enum SASLText {
    /// Reads a text of one octet or more; `part` says what it is, for the failure.
    static func parse(_ octets: some Collection<UInt8>, _ part: String, limit: Int) throws(SASLFailure) -> String {
        if octets.count > limit { throw .tooLong(part, limit: limit) }
        guard !octets.isEmpty, !octets.contains(0), let text = String(validating: octets, as: UTF8.self) else {
            throw .malformed(part)
        }
        return text
    }

    /// Checks a text that is about to be sent by the rules it will be read by.
    static func check(_ text: String, _ part: String, limit: Int) throws(SASLFailure) {
        if text.utf8.count > limit { throw .tooLong(part, limit: limit) }
        if text.isEmpty || text.utf8.contains(0) { throw .malformed(part) }
    }
}
