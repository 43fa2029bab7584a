/// The tags before a message: what programs tell each other about it.
///
/// ```text
///   @time=2026-01-01T00:00:00.000Z;msgid=63E1;+example.com/mood=calm;flag
///   key    [+] [vendor /] letters, digits, hyphens        `+`: set by a client, for clients
///   value  any text; `;` space `\` CR LF are written `\:` `\s` `\\` `\r` `\n`
/// ```
///
/// Order is kept. A key that comes twice has its last value. A tag with no value and one with an empty value are
/// the same.
///
/// - Isolation: none; a value type.
/// - Limits: ``IRCLimits/tags`` when read from a line.
/// - Source: IRCv3 Message Tags.
/// - SeeAlso: `IRCWireTests/IRCTagsTests`.
public struct IRCTags: Hashable, Sendable {
    /// One tag.
    public struct Entry: Hashable, Sendable {
        /// The key, with `+` and vendor.
        public let key: String
        /// The value, not escaped; empty when there is none.
        public var value: String

        /// Whether it begins with `+`: set by a client, relayed by the server as it is.
        public var isClientOnly: Bool { key.utf8.first == UInt8(ascii: "+") }
    }

    /// The tags in the order in which they are written.
    public private(set) var entries: [Entry] = []

    /// Makes no tags.
    public init() {}

    /// Whether there are none.
    public var isEmpty: Bool { entries.isEmpty }

    /// The value of a tag; nil when it isn't there, empty when it has none.
    ///
    /// Setting nil removes it. A key that the grammar does not allow is not set.
    ///
    /// - Complexity: O(number of tags).
    public subscript(key: String) -> String? {
        get { entries.first { $0.key == key }?.value }
        set {
            let place = entries.firstIndex { $0.key == key }
            guard let newValue else {
                if let place { entries.remove(at: place) }
                return
            }
            if let place {
                entries[place].value = newValue
            } else if Self.isKey(Array(key.utf8)) {
                entries.append(Entry(key: key, value: newValue))
            }
        }
    }

    /// Only the tags that clients set for clients.
    public var clientOnly: IRCTags {
        var tags = IRCTags()
        tags.entries = entries.filter(\.isClientOnly)
        return tags
    }

    /// These and those of `others`, whose values win.
    public func merging(_ others: IRCTags) -> IRCTags {
        if entries.isEmpty { return others }
        var tags = self
        for entry in others.entries { tags[entry.key] = entry.value }
        return tags
    }

    /// Sets a tag that was read, unless there are too many.
    mutating func set(_ key: String, _ value: String) {
        if let place = entries.firstIndex(where: { $0.key == key }) {
            entries[place].value = value
        } else if entries.count < IRCLimits.tags {
            entries.append(Entry(key: key, value: value))
        }
    }

    /// Whether a key is one: `+` and vendor are optional, the name is of letters, digits and hyphens.
    static func isKey(_ octets: borrowing Span<UInt8>, _ range: Range<Int>) -> Bool {
        var start = range.lowerBound
        if start < range.upperBound, octets[start] == UInt8(ascii: "+") { start += 1 }
        var name = start
        for index in start..<range.upperBound {
            if octets[index] == UInt8(ascii: "/") {
                if index == start { return false }
                name = index + 1
            } else if !isVendorOctet(octets[index]) {
                return false
            }
        }
        if name == range.upperBound { return false }
        for index in name..<range.upperBound where !isNameOctet(octets[index]) { return false }
        return true
    }

    private static func isKey(_ octets: [UInt8]) -> Bool { isKey(octets.span, octets.indices) }

    private static func isNameOctet(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"): true
        default: false
        }
    }

    private static func isVendorOctet(_ octet: UInt8) -> Bool {
        isNameOctet(octet) || octet == UInt8(ascii: ".")
    }
}

extension IRCTags: ExpressibleByDictionaryLiteral {
    /// Makes tags in the order given.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (key, value) in elements { self[key] = value }
    }
}
