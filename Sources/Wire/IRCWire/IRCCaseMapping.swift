import Basics

/// Which letters of names are the same.
///
/// ```text
///   ascii            A-Z = a-z
///   rfc1459          and [ ] \ ~ = { } | ^
///   rfc1459-strict   and [ ] \   = { } |
///   unicode          all letters of all scripts, composed or not
/// ```
///
/// - Source: Modern IRC, `CASEMAPPING`; RFC 2812 §2.2.
/// - SeeAlso: `IRCWireTests/IRCCaseMappingTests`.
public enum IRCCaseMapping: String, Hashable, Sendable, CaseIterable {
    case ascii
    case rfc1459
    case rfc1459Strict = "rfc1459-strict"
    /// What clients are told is `ascii`: no client folds other letters.
    case unicode = "rfc8265"

    /// The mapping that a server says it has; ``rfc1459`` for those we don't know, the oldest.
    public init(token: String) {
        self = Self(rawValue: token) ?? .rfc1459
    }

    /// What a server says in `CASEMAPPING`.
    public var token: String { self == .unicode ? Self.ascii.rawValue : rawValue }

    /// The form under which names are compared and kept as keys.
    ///
    /// - Complexity: O(*n*); a name that is its own form is not copied.
    public func folded(_ name: String) -> String {
        if self == .unicode { return Self.foldedUnicode(name) }
        var octets = name
        if octets.withUTF8({ $0.allSatisfy { lower($0) == $0 } }) { return name }
        return String(decoding: name.utf8.map(lower), as: UTF8.self)
    }

    /// Whether two names are the same.
    public func isSame(_ first: String, _ second: String) -> Bool {
        first == second || folded(first) == folded(second)
    }

    /// The octet in lower case, by the three mappings for ASCII.
    @inline(__always)
    public func lower(_ octet: UInt8) -> UInt8 {
        switch octet {
        case 0x41...0x5A: octet | 0x20
        case 0x5B...0x5D where self == .rfc1459 || self == .rfc1459Strict: octet | 0x20
        case 0x7E where self == .rfc1459: 0x5E
        default: octet
        }
    }

    private static func foldedUnicode(_ name: String) -> String { name.folded }
}
