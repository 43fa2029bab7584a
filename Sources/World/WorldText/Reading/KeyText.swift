/// The symbolic names by which content files refer to each other: `pier`, or `cove/pier` from another area.
enum KeyText {
    static let maximumLength = 60

    /// Whether a text can name an area, a room or a thing: a lower-case letter, then letters, digits and hyphens.
    static func isValid(_ text: String) -> Bool {
        guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first),
            text.utf8.count <= maximumLength
        else { return false }
        return text.utf8.allSatisfy { octet in
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }

    /// The complete key of what a file of one area calls `text`; nil when it cannot be one.
    static func complete(_ text: String, in area: String) -> String? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.allSatisfy(isValid) else { return nil }
        switch parts.count {
        case 1: return "\(area)/\(text)"
        case 2: return text
        default: return nil
        }
    }
}
