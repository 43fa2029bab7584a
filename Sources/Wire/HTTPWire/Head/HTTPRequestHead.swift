/// The head of a request.
///
/// ```text
///   method SP target SP HTTP/1.1 CR LF
///   Host: example.com CR LF …
/// ```
///
/// - Isolation: none; a value type.
/// - Source: RFC 9112 §3; RFC 9110 §7.2 for `Host`.
/// - SeeAlso: `HTTPWireTests/HTTPRequestHeadTests`.
public struct HTTPRequestHead: Hashable, Sendable {
    /// The method, a token; `GET` and `get` are different ones.
    public let method: String
    /// The target as it came: visible ASCII, at least one octet.
    public let target: String
    /// The version.
    public let version: HTTPVersion
    /// The fields.
    public var fields: HTTPFields

    /// Makes a request to be sent.
    ///
    /// - Returns: Nil when the method is no token, or the target has other octets than visible ASCII.
    public init?(method: String, target: String, version: HTTPVersion = .http11, fields: HTTPFields) {
        guard HTTPText.isToken(method), Self.isTarget(target.utf8) else { return nil }
        (self.method, self.target, self.version, self.fields) = (method, target, version, fields)
    }

    /// Reads the lines that ``HTTPHeadReader/takeLines()`` gives.
    ///
    /// - Throws: ``HTTPFailure``; the connection is not usable afterwards.
    public init(parsing lines: [ArraySlice<UInt8>], limits: HTTPLimits = HTTPLimits()) throws(HTTPFailure) {
        guard let first = lines.first else { throw .malformedStartLine }
        let words = first.split(separator: 0x20, omittingEmptySubsequences: false)
        guard words.count == 3, !words[0].isEmpty, words[0].allSatisfy(HTTPText.isTokenOctet), Self.isTarget(words[1])
        else { throw .malformedStartLine }
        method = String(decoding: words[0], as: UTF8.self)
        target = String(decoding: words[1], as: UTF8.self)
        version = try HTTPVersion(parsing: String(decoding: words[2], as: UTF8.self))
        fields = try HTTPFields(parsing: lines.dropFirst(), limits: limits)
        try checkHost()
        _ = try bodyLength
    }

    /// The path of the target, without the query; nil for the forms `*` and `host:port`.
    public var path: String? {
        if target.utf8.first == UInt8(ascii: "/") { return String(target.prefix { $0 != "?" }) }
        guard let scheme = target.firstRange(of: "://") else { return nil }
        let rest = target[scheme.upperBound...]
        guard let slash = rest.firstIndex(where: { $0 == "/" || $0 == "?" }), rest[slash] == "/" else { return "/" }
        return String(rest[slash...].prefix { $0 != "?" })
    }

    /// How the body's end is known.
    ///
    /// - Throws: ``HTTPFailure/ambiguousLength``, ``HTTPFailure/unsupportedTransferCoding``; never after parsing.
    public var bodyLength: HTTPBodyLength {
        get throws(HTTPFailure) { try HTTPBodyLength(fields, version) ?? .octets(0) }
    }

    /// The octets of the head, with the empty line.
    public var octets: [UInt8] {
        fields.octets(below: "\(method) \(target) \(version.rawValue)")
    }

    private func checkHost() throws(HTTPFailure) {
        let hosts = fields.values("Host")
        if hosts.isEmpty, version == .http10 { return }
        guard hosts.count == 1, hosts[0].utf8.allSatisfy(Self.isHostOctet) else { throw .badHost }
    }

    private static func isTarget(_ octets: some Collection<UInt8>) -> Bool {
        !octets.isEmpty && octets.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }
    }

    /// Octets of a host with its port: those of names, of literals in brackets, and escapes.
    private static func isHostOctet(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ":"),
            UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "%"), UInt8(ascii: "!"), UInt8(ascii: "$"),
            UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"),
            UInt8(ascii: "+"), UInt8(ascii: ";"), UInt8(ascii: "="):
            true
        default: false
        }
    }
}
