/// One parameter of a message: text that can't end a line, whatever somebody tries.
///
/// ```text
///   middle     no CR, LF, NUL, space; not empty; no colon first
///   trailing   no CR, LF, NUL; only as the last one, where a colon goes before it
/// ```
///
/// Everything that leaves in an IRC line leaves as a value of this type, so that no text of a player, of a
/// peer or of the world can begin a line of its own.
///
/// - Isolation: none; a value type.
/// - Source: RFC 2812 §2.3.1; Modern IRC "Parameters".
/// - SeeAlso: `IRCWireTests/IRCParameterTests`.
public struct IRCParameter: Hashable, Sendable {
    /// The text, without CR, LF and NUL.
    public let text: String

    /// Makes a parameter of a text that is one; nil when there is a CR, LF or NUL in it.
    public init?(_ text: String) {
        guard Self.isSafe(text) else { return nil }
        self.text = text
    }

    /// Makes a parameter of any text: CR, LF and NUL become spaces.
    ///
    /// - Complexity: O(*n*); text without them is not copied.
    public init(cleaning text: String) {
        if Self.isSafe(text) {
            self.text = text
            return
        }
        self.text = String(decoding: text.utf8.map { Self.isForbidden($0) ? 0x20 : $0 }, as: UTF8.self)
    }

    /// Makes a parameter of octets of a line that has been checked for CR, LF and NUL.
    init(checked text: String) {
        self.text = text
    }

    /// Makes a parameter of a number, in decimal.
    public init(_ number: Int) {
        text = String(number)
    }

    /// Whether it can stand anywhere in a message; otherwise only at its end.
    public var isMiddle: Bool {
        var text = text
        return text.withUTF8 { octets in
            guard let first = octets.first, first != UInt8(ascii: ":") else { return false }
            return !octets.contains(0x20)
        }
    }

    /// The first so many octets of it, cut behind the last whole character that fits.
    public func cut(to limit: Int) -> IRCParameter {
        let octets = text.utf8
        if octets.count <= limit { return self }
        var cut = octets.index(octets.startIndex, offsetBy: max(limit, 0))
        while cut > octets.startIndex, octets[cut] & 0xC0 == 0x80 { octets.formIndex(before: &cut) }
        return IRCParameter(checked: String(text[..<cut]))
    }

    /// Whether there is nothing in it.
    public var isEmpty: Bool { text.isEmpty }

    /// What stands in a message where a parameter must be and none is known.
    public static let star = IRCParameter(checked: "*")

    private static func isSafe(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { octets in
            var found: UInt8 = 0
            // To the end in any case, so that many octets are looked at at once.
            for octet in octets { found |= isForbidden(octet) ? 1 : 0 }
            return found == 0
        }
    }

    @inline(__always)
    static func isForbidden(_ octet: UInt8) -> Bool { octet == 0x0D || octet == 0x0A || octet == 0 }
}

extension IRCParameter: ExpressibleByStringInterpolation {
    /// Makes a parameter of a literal; CR, LF and NUL become spaces.
    public init(stringLiteral value: String) {
        self.init(cleaning: value)
    }
}

extension IRCParameter: CustomStringConvertible {
    /// The text.
    public var description: String { text }
}
