/// Passes over the escape sequences in a line of scalars.
struct EscapeScanner {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    /// Set once a string's end was looked for and not found, so that it is looked for only once.
    private var hasNoStringEnd = false

    init(_ scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    /// The next scalar that is not part of an escape sequence; may be another control.
    mutating func next() -> Unicode.Scalar? {
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            switch scalar.value {
            case 0x1B: skipEscape()
            case 0x9B: skipControlSequence()
            case 0x8F: skip(1)
            case 0x90, 0x98, 0x9D, 0x9E, 0x9F: skipString()
            default: return scalar
            }
        }
        return nil
    }

    /// After ESC.
    private mutating func skipEscape() {
        switch peek {
        case UInt32(UInt8(ascii: "[")):
            index += 1
            skipControlSequence()
        case UInt32(UInt8(ascii: "O")):
            skip(2)
        case 0x50, 0x58, 0x5D, 0x5E, 0x5F:
            index += 1
            skipString()
        default:
            skip(while: 0x20...0x2F)
            if let final = peek, (0x30...0x7E).contains(final) { index += 1 }
        }
    }

    /// After CSI.
    private mutating func skipControlSequence() {
        // The Linux console sends its first function keys as CSI [ A.
        if peek == UInt32(UInt8(ascii: "[")) { return skip(2) }
        skip(while: 0x30...0x3F)
        skip(while: 0x20...0x2F)
        if let final = peek, (0x40...0x7E).contains(final) { index += 1 }
    }

    /// After OSC, DCS, SOS, PM or APC: to BEL or ST, if there is one.
    private mutating func skipString() {
        if hasNoStringEnd { return }
        var end = index
        while end < scalars.count {
            let value = scalars[end].value
            if value == 0x07 || value == 0x9C {
                index = end + 1
                return
            }
            if value == 0x1B, end + 1 < scalars.count, scalars[end + 1] == "\\" {
                index = end + 2
                return
            }
            end += 1
        }
        hasNoStringEnd = true
    }

    private var peek: UInt32? { index < scalars.count ? scalars[index].value : nil }

    /// Passes over so many scalars, but over no control.
    private mutating func skip(_ count: Int) {
        for _ in 0..<count {
            guard let next = peek, next >= 0x20, !(0x7F...0x9F).contains(next) else { return }
            index += 1
        }
    }

    private mutating func skip(while range: ClosedRange<UInt32>) {
        while let next = peek, range.contains(next) { index += 1 }
    }
}
