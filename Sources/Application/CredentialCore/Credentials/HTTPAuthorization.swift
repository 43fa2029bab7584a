import Basics

extension Credential {
    /// Reads the value of HTTP's `Authorization`; nil for another scheme, or when it is malformed or too long.
    ///
    /// ```text
    ///   Basic YWRhOmNvcnJlY3QgaG9yc2U=        name:password in Base64; the name has no colon
    ///   Bearer kqzvm-rwpta-hgdns-xbyec        a token
    /// ```
    ///
    /// - Parameter value: The field's value; the scheme's capitals make no difference.
    /// - Complexity: O(*n*).
    /// - Source: RFC 7617 section 2 (in UTF-8), RFC 6750 section 2.1.
    public init?(httpAuthorization value: String) {
        guard value.utf8.count <= 4096 else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let argument = parts[1].drop { $0 == " " }
        switch parts[0].lowercased() {
        case "basic":
            guard let octets = Base64.decode(argument.utf8), let text = String(validating: octets, as: UTF8.self),
                let colon = text.utf8.firstIndex(of: UInt8(ascii: ":"))
            else { return nil }
            let password = String(text[text.index(after: colon)...])
            // RFC 7617 section 2 forbids control characters.
            guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else { return nil }
            self = .password(name: String(text[..<colon]), password: password)
        case "bearer":
            guard argument.utf8.allSatisfy(Self.isTokenOctet) else { return nil }
            self = .token(String(argument))
        default: return nil
        }
        if !isPresentable { return nil }
    }

    /// RFC 6750's `b64token`.
    private static func isTokenOctet(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
            true
        default: false
        }
    }
}
