/// The line that is being typed: collects octets, erases, and ends at CR, LF, or both.
///
/// ```text
///   CR LF   CR NUL   LF   CR        each end one line; LF and NUL right after CR belong to it
///   BS DEL                          server: take back one character (one UTF-8 scalar)
///   NUL, other C0                   server: dropped, but for TAB, and ESC and BEL, which the cleaner of input
///                                   text needs to find whole escape sequences; client: only NUL is
/// ```
///
/// A line ends at its CR already, so nobody waits for an LF that a raw client never sends.
///
/// - Limits: the policy's `lineLimit`; a longer line is dropped up to its end.
/// - Source: RFC 854 "THE NVT PRINTER AND KEYBOARD"; RFC 1123 §3.3.1 on line ends.
struct TelnetInputLine {
    /// What one octet did to the line.
    enum Event {
        case none
        case complete
        case overflow
    }

    private(set) var octets: [UInt8] = []
    private let limit: Int
    /// Whether this end edits: a client must keep the server's escape sequences and backspaces.
    private let edits: Bool
    private var isAfterReturn = false
    private var isDiscarding = false

    init(limit: Int, edits: Bool) {
        self.limit = limit
        self.edits = edits
    }

    /// Takes one octet of text, already undoubled.
    mutating func receive(_ octet: UInt8) -> Event {
        let wasAfterReturn = isAfterReturn
        isAfterReturn = false
        if octet >= 0x20, octet != 0x7F { return append(octet) }
        switch octet {
        case 0x0D:
            isAfterReturn = true
            return end()
        case 0x0A:
            return wasAfterReturn ? .none : end()
        case 0x00:
            return .none
        case 0x08, 0x7F:
            if !edits { return append(octet) }
            eraseCharacter()
            return .none
        case 0x07, 0x09, 0x1B:
            return append(octet)
        default:
            return edits ? .none : append(octet)
        }
    }

    /// Takes one octet of a keyboard whose keys are not collected; nil for the second half of a line end.
    ///
    /// A server hears Enter as one CR, whatever follows it; a client keeps the LF that the server's text has after it.
    mutating func receiveKey(_ octet: UInt8) -> UInt8? {
        let wasAfterReturn = isAfterReturn
        isAfterReturn = octet == 0x0D
        if wasAfterReturn, octet == 0x00 || (edits && octet == 0x0A) { return nil }
        return octet == 0x00 && !edits ? nil : octet
    }

    /// Hands over what was typed of an unfinished line and forgets whether it was too long.
    mutating func takeUnfinished() -> [UInt8] {
        isDiscarding = false
        return take()
    }

    /// Takes the printable octets at the beginning of a range, and answers how many they were.
    ///
    /// Stops before what ``receive(_:)`` has to decide about, which includes the line's limit.
    mutating func receivePrintable(_ bytes: Span<UInt8>, from start: Int) -> Int {
        if isDiscarding { return 0 }
        let end = min(bytes.count, start + (limit - octets.count))
        var index = start
        while index < end, Self.isPrintable(bytes[index]) { index += 1 }
        if index > start {
            bytes.extracting(start..<index).withUnsafeBufferPointer { octets.append(contentsOf: $0) }
            isAfterReturn = false
        }
        return index - start
    }

    /// Takes the octets at the beginning of a range that mean nothing but themselves, as most text and most keys do.
    mutating func receiveKeys(_ bytes: Span<UInt8>, from start: Int) -> [UInt8] {
        var index = start
        while index < bytes.count, Self.isPrintable(bytes[index]) { index += 1 }
        if index == start { return [] }
        isAfterReturn = false
        return bytes.extracting(start..<index).withUnsafeBufferPointer { Array($0) }
    }

    private static func isPrintable(_ octet: UInt8) -> Bool {
        octet >= 0x20 && octet != 0x7F && octet != TelnetCommand.interpretAsCommand.rawValue
    }

    /// Hands the line over and starts the next in the same buffer, unless a long line made that big.
    mutating func take() -> [UInt8] {
        let line = octets.withUnsafeBufferPointer { Array($0) }
        octets.removeAll(keepingCapacity: octets.capacity <= TelnetLimits.lineReserve)
        return line
    }

    /// Forgets what was typed since the last line end.
    mutating func eraseLine() {
        octets.removeAll(keepingCapacity: true)
    }

    /// Takes back the last UTF-8 scalar, or the last octet of what is not UTF-8.
    mutating func eraseCharacter() {
        var trailing = 0
        while trailing < 3, let last = octets.last, last & 0b1100_0000 == 0b1000_0000 {
            octets.removeLast()
            trailing += 1
        }
        guard let last = octets.last else { return }
        // After continuation octets only a lead octet belongs to the same scalar.
        if trailing == 0 || last >= 0b1100_0000 { octets.removeLast() }
    }

    private mutating func append(_ octet: UInt8) -> Event {
        if isDiscarding { return .none }
        if octets.count >= limit {
            octets = []
            isDiscarding = true
            return .overflow
        }
        octets.append(octet)
        return .none
    }

    private mutating func end() -> Event {
        if isDiscarding {
            isDiscarding = false
            return .none
        }
        return .complete
    }
}
