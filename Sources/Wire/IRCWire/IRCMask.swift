import Basics

/// A pattern of names: `*` stands for any text, `?` for one character, a backslash before one of them makes it literal.
///
/// Any other backslash is one: nicks may have them, and who is called `ev\il` does not escape a mask of that name.
///
/// ```text
///   *!*@host-?.example.com
/// ```
///
/// - Complexity: matching is O(pattern × text) at worst and never exponential: only the last `*` is gone back to.
/// - Limits: ``IRCLimits/maskOctets``; the pattern is cut there.
/// - Source: RFC 2812 §2.5; Modern IRC "Wildcard Expressions".
/// - SeeAlso: `IRCWireTests/IRCMaskTests`.
public struct IRCMask: Hashable, Sendable {
    /// The pattern as it was written; runs of `*` are one.
    public let text: String
    private let mapping: IRCCaseMapping
    private let characters: [WildcardElement<Character>]
    /// The same for names in ASCII; nil when the pattern is not, and so can't match them.
    private let octets: [WildcardElement<UInt8>]?

    /// Makes a mask; letters that the mapping takes for the same are the same.
    public init(_ text: String, mapping: IRCCaseMapping = .ascii) {
        var kept = ""
        var elements: [WildcardElement<Character>] = []
        var (isEscaped, count) = (false, 0)
        for character in text {
            if !isEscaped, character == "*", elements.last == .run { continue }
            count += character.utf8.count
            if count > IRCLimits.maskOctets { break }
            kept.append(character)
            switch character {
            case "*" where isEscaped, "?" where isEscaped: elements[elements.count - 1] = .literal(character)
            case "*": elements.append(.run)
            case "?": elements.append(.any)
            default: elements += mapping.folded(String(character)).map(WildcardElement.literal)
            }
            isEscaped = character == "\\"
        }
        self.text = kept
        self.mapping = mapping
        characters = elements
        octets = WildcardElement<UInt8>.octets(elements)
    }

    /// Makes the mask `nick!user@host` of what somebody typed, filling in what is missing.
    ///
    /// ```text
    ///   nick → nick!*@*     user@host → *!user@host     nick!user → nick!user@*
    /// ```
    public init(completing text: String, mapping: IRCCaseMapping = .ascii) {
        let (hasUser, hasHost) = (text.utf8.contains(UInt8(ascii: "!")), text.utf8.contains(UInt8(ascii: "@")))
        switch (hasUser, hasHost) {
        case (true, true): self.init(text, mapping: mapping)
        case (true, false): self.init(text + "@*", mapping: mapping)
        case (false, true): self.init("*!" + text, mapping: mapping)
        case (false, false): self.init(text + "!*@*", mapping: mapping)
        }
    }

    /// Whether the whole of `text` is one of those that are meant.
    public func matches(_ text: String) -> Bool {
        let folded = mapping.folded(text)
        if folded.utf8.allSatisfy({ $0 < 0x80 }) {
            guard let octets else { return false }
            return WildcardElement.matches(folded.utf8, octets)
        }
        return WildcardElement.matches(folded, characters)
    }
}

extension WildcardElement<UInt8> {
    /// The elements for ASCII; nil when there are others.
    fileprivate static func octets(_ elements: [WildcardElement<Character>]) -> [Self]? {
        var octets: [Self] = []
        for element in elements {
            switch element {
            case .any: octets.append(.any)
            case .run: octets.append(.run)
            case .literal(let character):
                guard let value = character.asciiValue, character.utf8.count == 1 else { return nil }
                octets.append(.literal(value))
            }
        }
        return octets
    }
}
