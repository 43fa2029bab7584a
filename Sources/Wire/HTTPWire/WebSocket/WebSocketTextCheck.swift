/// Checks UTF-8 that comes in pieces, and finds what can't become any at the first octet that shows it.
///
/// - Complexity: O(*n*), no memory.
/// - Source: RFC 3629 §4; RFC 6455 §8.1.
/// - SeeAlso: `HTTPWireTests/WebSocketTextCheckTests`.
struct WebSocketTextCheck: Hashable, Sendable {
    /// Octets that the character still needs.
    private var missing = 0
    /// What the next of them may be.
    private var allowed: ClosedRange<UInt8> = 0x80...0xBF

    /// Whether the text could end here.
    var isAtBoundary: Bool { missing == 0 }

    /// Takes the next octets; false when they can't belong to UTF-8.
    mutating func take(_ octets: ArraySlice<UInt8>) -> Bool {
        for octet in octets {
            if missing == 0 {
                if octet < 0x80 { continue }
                guard begin(octet) else { return false }
            } else {
                guard allowed.contains(octet) else { return false }
                allowed = 0x80...0xBF
                missing -= 1
            }
        }
        return true
    }

    private mutating func begin(_ octet: UInt8) -> Bool {
        switch octet {
        case 0xC2...0xDF: missing = 1
        case 0xE0...0xEF: missing = 2
        case 0xF0...0xF4: missing = 3
        default: return false
        }
        allowed =
            switch octet {
            case 0xE0: 0xA0...0xBF
            case 0xED: 0x80...0x9F
            case 0xF0: 0x90...0xBF
            case 0xF4: 0x80...0x8F
            default: 0x80...0xBF
            }
        return true
    }
}
