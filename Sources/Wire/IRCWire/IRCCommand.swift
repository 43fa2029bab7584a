/// The name of a command, or the three digits of a numeric, in capitals.
///
/// - Source: RFC 2812 §2.3.1: letters, or three digits; letters of either case are the same.
/// - SeeAlso: `IRCWireTests/IRCCommandTests`.
public struct IRCCommand: Hashable, Sendable {
    /// ASCII capitals and digits, at least one and at most ``IRCLimits/commandOctets``.
    public let name: String

    /// Makes a command; nil for no octets, too many, or others than ASCII letters and digits.
    public init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= IRCLimits.commandOctets,
            text.utf8.allSatisfy({ Self.capital($0) != nil })
        else { return nil }
        name = text.utf8.contains { $0 >= 0x61 } ? text.uppercased() : text
    }

    /// Makes a command of a word of a line; nil as for a text.
    init?(_ word: borrowing Span<UInt8>) {
        guard (1...IRCLimits.commandOctets).contains(word.count) else { return nil }
        var isCapital = true
        for index in 0..<word.count {
            guard let capital = Self.capital(word[index]) else { return nil }
            isCapital = isCapital && capital == word[index]
        }
        let text = IRCMessage.text(word, 0..<word.count)
        name = isCapital ? text : text.uppercased()
    }

    init(checked name: String) {
        self.name = name
    }

    /// Makes the command of a numeric.
    public init(_ numeric: IRCNumeric) {
        name = numeric.digits
    }

    /// The numeric whose three digits this is, if it is one that we know.
    public var numeric: IRCNumeric? {
        guard name.utf8.count == 3, let code = UInt16(name) else { return nil }
        return IRCNumeric(rawValue: code)
    }

    /// The octet as it stands in a name, letters in capitals; nil for one that can't.
    @inline(__always)
    static func capital(_ octet: UInt8) -> UInt8? {
        switch octet {
        case 0x30...0x39, 0x41...0x5A: octet
        case 0x61...0x7A: octet & 0xDF
        default: nil
        }
    }
}

extension IRCCommand: ExpressibleByStringLiteral {
    /// Makes a command of a literal; octets that can't stand in one are left out.
    public init(stringLiteral value: String) {
        // Made anew wherever the literal stands, so what is right already is taken as it is.
        if (1...IRCLimits.commandOctets).contains(value.utf8.count), value.utf8.allSatisfy({ Self.capital($0) == $0 }) {
            name = value
            return
        }
        let octets = value.utf8.compactMap(Self.capital).prefix(IRCLimits.commandOctets)
        name = octets.isEmpty ? "NOTICE" : String(decoding: octets, as: UTF8.self)
    }
}

extension IRCCommand: CustomStringConvertible {
    /// The name.
    public var description: String { name }
}
