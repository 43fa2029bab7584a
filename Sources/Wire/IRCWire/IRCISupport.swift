/// What a server says it supports: the tokens of numeric 005.
///
/// ```text
///   CASEMAPPING=ascii CHANTYPES=# NICKLEN=32 EXCEPTS -EXCEPTS NETWORK=Example\x20Net
/// ```
///
/// - Isolation: none; a value type.
/// - Limits: ``IRCLimits/supportTokens`` are kept when read.
/// - Source: Modern IRC `RPL_ISUPPORT`; draft-hardy-irc-isupport-00.
/// - SeeAlso: `IRCWireTests/IRCISupportTests`.
public struct IRCISupport: Hashable, Sendable {
    /// One token.
    public struct Token: Hashable, Sendable {
        /// The name, as a rule in capitals; such as `draft/ICON` are kept as they are.
        public let name: String
        /// The value, not escaped; nil when there is none.
        public var value: String?
    }

    /// The tokens in the order in which they came.
    public private(set) var tokens: [Token] = []

    /// Makes an empty list, as before a server has told.
    public init() {}

    /// The value of a token: nil when it isn't there, empty when it has no value.
    ///
    /// - Complexity: O(number of tokens).
    public subscript(name: String) -> String? {
        get {
            guard let token = tokens.first(where: { $0.name == name }) else { return nil }
            return token.value ?? ""
        }
        set { set(name, newValue, keeps: newValue != nil) }
    }

    /// Whether a token is there.
    public func has(_ name: String) -> Bool { tokens.contains { $0.name == name } }

    /// Takes what one line says: its parameters between the nick and the words at the end.
    public mutating func receive(_ parameters: some Sequence<String>) {
        for parameter in parameters { receive(parameter) }
    }

    /// Takes one token: set, changed, or taken back with a hyphen before it.
    public mutating func receive(_ text: String) {
        if text.hasPrefix("-") {
            set(String(text.dropFirst()), nil, keeps: false)
            return
        }
        let equals = text.utf8.firstIndex(of: UInt8(ascii: "="))
        let name = String(text[..<(equals ?? text.endIndex)])
        set(name, equals.map { Self.unescaped(text[text.utf8.index(after: $0)...]) }, keeps: true)
    }

    private mutating func set(_ name: String, _ value: String?, keeps: Bool) {
        guard !name.isEmpty, name.utf8.count <= IRCLimits.commandOctets,
            name.utf8.allSatisfy({ IRCCommand.capital($0) != nil || $0 == 0x2D || $0 == 0x2E || $0 == 0x2F })
        else { return }
        let place = tokens.firstIndex { $0.name == name }
        let shown = value?.isEmpty == true ? nil : value
        switch (place, keeps) {
        case (let place?, true): tokens[place].value = shown
        case (let place?, false): tokens.remove(at: place)
        case (nil, true):
            if tokens.count < IRCLimits.supportTokens { tokens.append(Token(name: name, value: shown)) }
        case (nil, false): break
        }
    }

    /// The parameters of the lines that tell it, each at most ``IRCLimits/supportTokensPerLine`` and `limit` octets.
    ///
    /// - Parameter limit: Octets of one line's tokens with the spaces between them.
    /// - Returns: The lines in order; none when there are no tokens.
    public func lines(limit: Int = 400) -> [[IRCParameter]] {
        var lines: [[IRCParameter]] = []
        var octets = 0
        for token in tokens {
            let parameter = IRCParameter(cleaning: token.name + (token.value.map { "=" + Self.escaped($0) } ?? ""))
            let count = parameter.text.utf8.count + 1
            if lines.isEmpty || octets + count > limit
                || lines[lines.count - 1].count == IRCLimits.supportTokensPerLine
            {
                lines.append([])
                octets = 0
            }
            lines[lines.count - 1].append(parameter)
            octets += count
        }
        return lines
    }

    // MARK: Escapes

    private static func escaped(_ value: String) -> String {
        var text = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case " ": text += "\\x20"
            case "\\": text += "\\x5C"
            case "=": text += "\\x3D"
            case "\r", "\n", "\0": break
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    private static func unescaped(_ text: Substring) -> String {
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return String(text) }
        var octets: [UInt8] = []
        var rest = text.utf8
        while let octet = rest.popFirst() {
            let code = rest.prefix(3)
            if octet == UInt8(ascii: "\\"), code.count == 3, code.first == UInt8(ascii: "x"),
                let digits = String(code.dropFirst()), let value = UInt8(digits, radix: 16)
            {
                octets.append(IRCParameter.isForbidden(value) ? 0x20 : value)
                rest = rest.dropFirst(3)
            } else {
                octets.append(octet)
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }
}
