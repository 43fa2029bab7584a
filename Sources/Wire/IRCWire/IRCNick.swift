/// What a server takes as a nick.
public struct IRCNickRules: Hashable, Sendable {
    /// Octets at most.
    public var limit: Int
    /// Whether letters and digits of all scripts are taken, or only ASCII.
    public var allowsUnicode: Bool

    /// Makes rules.
    public init(limit: Int = IRCLimits.nickOctets, allowsUnicode: Bool = false) {
        self.limit = limit
        self.allowsUnicode = allowsUnicode
    }
}

/// A nick that can stand wherever nicks stand: in a source, in a list, before a channel's modes.
///
/// ```text
///   first      letter, or one of [ ] \ ` _ ^ { | }
///   others     the same, digits and -
/// ```
///
/// - Source: RFC 2812 §2.3.1; Modern IRC "Clients".
/// - SeeAlso: `IRCWireTests/IRCNickTests`.
public struct IRCNick: Hashable, Sendable {
    /// The nick as its owner writes it.
    public let text: String

    /// Checks a nick; nil when the rules don't allow it.
    public init?(_ text: String, rules: IRCNickRules = IRCNickRules()) {
        guard !text.isEmpty, text.utf8.count <= rules.limit else { return nil }
        var isFirst = true
        for scalar in text.unicodeScalars {
            guard Self.allows(scalar, isFirst: isFirst, rules) else { return nil }
            isFirst = false
        }
        self.text = text
    }

    /// The nick as a parameter.
    public var parameter: IRCParameter { IRCParameter(checked: text) }

    private static func allows(_ scalar: Unicode.Scalar, isFirst: Bool, _ rules: IRCNickRules) -> Bool {
        switch scalar.value {
        case 0x41...0x7D: true
        case 0x30...0x39, 0x2D: !isFirst
        case 0x80...:
            rules.allowsUnicode
                && (scalar.properties.isAlphabetic || !isFirst && allowsInside(scalar.properties.generalCategory))
        default: false
        }
    }

    private static func allowsInside(_ category: Unicode.GeneralCategory) -> Bool {
        switch category {
        case .decimalNumber, .nonspacingMark, .spacingMark: true
        default: false
        }
    }
}

extension IRCNick: CustomStringConvertible {
    /// The nick.
    public var description: String { text }
}
