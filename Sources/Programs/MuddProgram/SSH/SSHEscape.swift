/// Finds in what is typed the commands to `mudd ssh` itself: `~` at the beginning of a line, and a character.
struct SSHEscape {
    /// What comes of what is typed.
    enum Piece: Equatable {
        /// For the server.
        case octets([UInt8])
        case quit
        case help
        case lineBreak
        case renewKeys
    }

    private enum State {
        case lineStart
        case inLine
        case escaped
    }

    private var state = State.lineStart
    private static let mark = UInt8(ascii: "~")

    /// Goes through what was typed.
    mutating func pieces(of octets: some Sequence<UInt8>) -> [Piece] {
        var pieces: [Piece] = []
        var kept: [UInt8] = []
        func flush() {
            if !kept.isEmpty { pieces.append(.octets(kept)) }
            kept = []
        }
        for octet in octets {
            switch (state, octet) {
            case (.lineStart, Self.mark): state = .escaped
            case (.escaped, _):
                state = .inLine
                if let command = Self.command(octet) {
                    flush()
                    pieces.append(command)
                    state = .lineStart
                } else if octet == Self.mark {
                    kept.append(octet)
                } else {
                    kept += [Self.mark, octet]
                    if Self.endsLine(octet) { state = .lineStart }
                }
            default:
                kept.append(octet)
                state = Self.endsLine(octet) ? .lineStart : .inLine
            }
        }
        flush()
        return pieces
    }

    private static func endsLine(_ octet: UInt8) -> Bool { octet == 0x0A || octet == 0x0D }

    private static func command(_ octet: UInt8) -> Piece? {
        switch octet {
        case UInt8(ascii: "."): .quit
        case UInt8(ascii: "?"): .help
        case UInt8(ascii: "B"): .lineBreak
        case UInt8(ascii: "R"): .renewKeys
        default: nil
        }
    }

    static let usage = """
        ~.  end the connection
        ~B  send a break
        ~R  renew the keys
        ~?  this list
        ~~  send the character ~
        These are heard at the beginning of a line only.

        """
}
