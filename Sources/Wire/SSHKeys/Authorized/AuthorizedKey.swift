/// A line of a file that lists who may come in, with what the key may be used for.
///
/// ```text
///   ssh-ed25519 AAAA…  ada@laptop
///   restrict,pty,from="10.0.0.0/8",command="look \"north\"" ssh-ed25519 AAAA…  ada@laptop
/// ```
///
/// A public key's own file (`.pub`) is such a line without options.
///
/// - Isolation: none; a value type.
/// - Limits: ``AuthorizedKey/longestLine`` octets.
/// - Source: sshd(8), "AUTHORIZED_KEYS FILE FORMAT".
public struct AuthorizedKey: Hashable, Sendable {
    /// Octets of the longest line that is read.
    public static let longestLine = 16_384

    /// The key.
    public let key: SSHPublicKey
    /// What stands behind the key: who or what it is; perhaps nothing.
    public var remark: String
    /// What the key may be used for.
    public var options: AuthorizedKeyOptions

    /// Puts a line together.
    public init(_ key: SSHPublicKey, remark: String = "", options: AuthorizedKeyOptions = AuthorizedKeyOptions()) {
        self.key = key
        self.remark = remark
        self.options = options
    }

    /// Reads a line.
    ///
    /// - Throws: ``SSHKeyFailure`` with `malformed`, with `unsupported` for an option, a kind of key or a certificate
    ///   authority that is not known here, or with `badSize` for an RSA key.
    public init(line: some StringProtocol) throws(SSHKeyFailure) {
        let octets = Array(line.utf8)
        guard octets.count <= Self.longestLine else { throw SSHKeyFailure(.malformed, "the line is too long") }
        var rest = octets[...].trimmed
        guard !rest.contains(where: \.endsLine) else { throw SSHKeyFailure(.malformed, "expected a single line") }
        var options = AuthorizedKeyOptions()
        if SSHKeyType(String(decoding: rest.prefix { !$0.isBlank }, as: UTF8.self)) == nil {
            let end = Self.endOfOptions(rest)
            // Without a second word what stands first is meant to be a key.
            if end < rest.endIndex { options = try AuthorizedKeyOptions(rest[..<end]) }
            rest = rest[end...].trimmed
        }
        let words = rest.split(maxSplits: 2, whereSeparator: \.isBlank)
        guard words.count >= 2 else { throw SSHKeyFailure(.malformed, "expected the type of a key, and the key") }
        key = try SSHPublicKey(type: String(decoding: words[0], as: UTF8.self), base64: words[1])
        remark = words.count > 2 ? String(decoding: words[2].trimmed, as: UTF8.self) : ""
        self.options = options
    }

    /// Reads a file: each line that is not empty and no remark, with its number counted from 1.
    ///
    /// - Complexity: O(*n*) in the octets.
    public static func lines(of text: String) -> [(number: Int, key: Result<AuthorizedKey, SSHKeyFailure>)] {
        text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated().compactMap {
            let octets = Array($1)[...].trimmed
            guard let first = octets.first, first != UInt8(ascii: "#") else { return nil }
            let line = String(decoding: octets, as: UTF8.self)
            return ($0 + 1, Result { () throws(SSHKeyFailure) in try AuthorizedKey(line: line) })
        }
    }

    /// The line; line ends that found their way into a remark or an option are left out.
    public var line: String {
        let line = [options.text, key.line, remark].filter { !$0.isEmpty }.joined(separator: " ")
        return String(decoding: line.utf8.filter { !$0.endsLine }, as: UTF8.self)
    }

    /// The first blank outside of quotes.
    private static func endOfOptions(_ octets: ArraySlice<UInt8>) -> Int {
        var (isQuoted, last) = (false, UInt8(0))
        for (index, octet) in zip(octets.indices, octets) {
            if octet == UInt8(ascii: "\""), last != UInt8(ascii: "\\") { isQuoted.toggle() }
            if octet.isBlank, !isQuoted { return index }
            last = octet
        }
        return octets.endIndex
    }
}

extension UInt8 {
    /// Whether it parts words.
    var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D || self == 0x0A }

    /// Whether a line, or a text in C, cannot go on behind it.
    var endsLine: Bool { self == 0x0D || self == 0x0A || self == 0x00 }
}

extension ArraySlice<UInt8> {
    /// Without the blanks at both ends.
    var trimmed: ArraySlice<UInt8> {
        var rest = drop(while: \.isBlank)
        while rest.last?.isBlank ?? false { rest.removeLast() }
        return rest
    }
}
