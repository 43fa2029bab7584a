/// Cuts what is written into lines, and keeps the beginning of one whose end is still to be written.
///
/// - Complexity: linear; lines that are written whole are not copied.
/// - Limits: ``WebSocketConnectionLimits/lineOctets`` are kept.
struct WebSocketLineCutter {
    private var pending: [UInt8] = []

    /// Calls `body` with each line, without CR LF or LF.
    ///
    /// - Returns: False when a line is too long.
    mutating func take(_ bytes: Span<UInt8>, _ body: (Span<UInt8>) -> Void) -> Bool {
        var start = 0
        for index in 0..<bytes.count where bytes[index] == 0x0A {
            let piece = bytes.extracting(start..<index)
            start = index + 1
            if pending.isEmpty {
                body(piece.extracting(0..<Self.end(piece)))
            } else {
                guard keep(piece) else { return false }
                let line = pending
                pending = []
                body(line.span.extracting(0..<Self.end(line.span)))
            }
        }
        return keep(bytes.extracting(start..<bytes.count))
    }

    private mutating func keep(_ piece: Span<UInt8>) -> Bool {
        guard pending.count + piece.count <= WebSocketConnectionLimits.lineOctets else { return false }
        for index in 0..<piece.count { pending.append(piece[index]) }
        return true
    }

    /// Where a line ends when the CR before its LF is not counted.
    private static func end(_ line: Span<UInt8>) -> Int {
        line.count > 0 && line[line.count - 1] == 0x0D ? line.count - 1 : line.count
    }
}
