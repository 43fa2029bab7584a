import TerminalWire

/// Makes lines of what a client without a terminal sends, such as a script.
///
/// A line ends with LF, CR or both.
///
/// - Isolation: none; a value type.
/// - Limits: ``LineLimits/lineOctets``; of a longer line none is kept.
/// - SeeAlso: `SSHGatewayTests/LineSplitterTests`.
struct LineSplitter {
    enum Piece: Equatable {
        case line([UInt8])
        case tooLong
    }

    private var line: [UInt8] = []
    private var isTooLong = false
    private var isAfterReturn = false

    /// Takes octets in the order in which they came.
    ///
    /// - Returns: The lines that they end.
    mutating func receive(_ octets: [UInt8]) -> [Piece] {
        var pieces: [Piece] = []
        for octet in octets {
            defer { isAfterReturn = octet == 0x0D }
            if octet == 0x0A, isAfterReturn { continue }
            if octet == 0x0A || octet == 0x0D {
                pieces.append(isTooLong ? .tooLong : .line(line))
                line = []
                isTooLong = false
            } else if line.count == LineLimits.lineOctets {
                isTooLong = true
            } else if !isTooLong {
                line.append(octet)
            }
        }
        return pieces
    }

    /// The line that the end of the input ends; nil when there is none.
    mutating func finish() -> Piece? {
        defer { line = [] }
        return isTooLong ? .tooLong : line.isEmpty ? nil : .line(line)
    }
}
