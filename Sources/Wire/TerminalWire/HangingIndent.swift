/// Finds where the continued lines of a paragraph or list item start, from the beginning of its first line.
///
/// ```text
///   "    text"       under the text
///   "  - text"       under the text: markers - * + and •
///   " 12. text"      under the text: one to three digits with . or )
/// ```
///
/// | State | Space | Digit | Bullet | `.` `)` | Else |
/// | --- | --- | --- | --- | --- | --- |
/// | `indentation` | itself, counts | `digits` | `marker` | `settled` | `settled` |
/// | `digits` | `settled` | itself up to 3 | `settled` | `marker` | `settled` |
/// | `marker` | `gap`, counts all so far | `settled` | `settled` | `settled` | `settled` |
/// | `gap` | itself, counts | `settled` | `settled` | `settled` | `settled` |
struct HangingIndent {
    private enum State {
        case indentation
        case digits
        case marker
        case gap
        case settled
    }

    /// Columns that continued lines start with, as far as is known.
    private(set) var columns = 0
    private var state = State.indentation
    private var markerColumns = 0

    var isSettled: Bool { state == .settled }

    mutating func takeSpaces(_ count: Int) {
        switch state {
        case .indentation, .gap:
            columns += count
        case .marker:
            columns += markerColumns + count
            state = .gap
        case .digits:
            state = .settled
        case .settled:
            break
        }
    }

    /// Takes a stretch of printable ASCII, of which only the beginning is read.
    mutating func take(_ octets: Slice<UnsafeBufferPointer<UInt8>>) {
        for octet in octets {
            if isSettled { return }
            octet == 0x20 ? takeSpaces(1) : takeVisible(octet)
        }
    }

    /// Takes a character outside ASCII.
    mutating func take(_ character: Character) {
        if state == .indentation, character == "\u{2022}" {
            state = .marker
            markerColumns = 1
        } else {
            state = .settled
        }
    }

    private mutating func takeVisible(_ octet: UInt8) {
        switch (state, octet) {
        case (.indentation, UInt8(ascii: "-")), (.indentation, UInt8(ascii: "*")), (.indentation, UInt8(ascii: "+")):
            state = .marker
        case (.indentation, UInt8(ascii: "0")...UInt8(ascii: "9")):
            state = .digits
        case (.digits, UInt8(ascii: "0")...UInt8(ascii: "9")) where markerColumns < 3:
            break
        case (.digits, UInt8(ascii: ".")), (.digits, UInt8(ascii: ")")):
            state = .marker
        default:
            state = .settled
        }
        markerColumns += 1
    }
}
