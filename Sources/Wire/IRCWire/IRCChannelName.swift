/// What a server takes as a channel's name.
public struct IRCChannelRules: Hashable, Sendable {
    /// Octets at most, the first character included.
    public var limit: Int
    /// What a name may begin with; CHANTYPES.
    public var types: String

    /// Makes rules.
    public init(limit: Int = IRCLimits.channelOctets, types: String = "#") {
        self.limit = limit
        self.types = types
    }
}

/// A channel's name: its type, and at least one octet but space, comma and control characters.
///
/// - Source: RFC 2812 §1.3; Modern IRC "Channels".
/// - SeeAlso: `IRCWireTests/IRCChannelNameTests`.
public struct IRCChannelName: Hashable, Sendable {
    /// The name with the character that it begins with.
    public let text: String

    /// Checks a name; nil when the rules don't allow it.
    public init?(_ text: String, rules: IRCChannelRules = IRCChannelRules()) {
        guard let first = text.unicodeScalars.first, rules.types.unicodeScalars.contains(first),
            text.utf8.count > 1, text.utf8.count <= rules.limit,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: ",") && $0 != 0x7F })
        else { return nil }
        self.text = text
    }

    /// The name as a parameter.
    public var parameter: IRCParameter { IRCParameter(checked: text) }

    /// The name without the character that it begins with.
    public var bare: Substring { Substring(text.unicodeScalars.dropFirst()) }
}

extension IRCChannelName: CustomStringConvertible {
    /// The name.
    public var description: String { text }
}
