/// Which end of the connection performs an option, seen from us.
package enum TelnetSide: Sendable {
    /// We do: negotiated with our WILL and WONT, the peer's DO and DONT.
    case local
    /// The peer does: negotiated with its WILL and WONT, our DO and DONT.
    case remote
}

/// The number of a telnet option; every octet is a valid one, known or not.
///
/// - Source: the IANA registry of telnet options; RFC 855.
package struct TelnetOption: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// 8-bit data, which our text is anyway; RFC 856.
    package static let binary = TelnetOption(rawValue: 0)
    /// The server shows what is typed, that is: the client does not; RFC 857.
    package static let echo = TelnetOption(rawValue: 1)
    /// No GA after prompts; RFC 858.
    package static let suppressGoAhead = TelnetOption(rawValue: 3)
    /// A mark in the stream that says everything before it was handled; RFC 860.
    package static let timingMark = TelnetOption(rawValue: 6)
    /// The names of the client's terminal; RFC 1091 and MTTS.
    package static let terminalType = TelnetOption(rawValue: 24)
    /// `IAC EOR` after prompts; RFC 885.
    package static let endOfRecord = TelnetOption(rawValue: 25)
    /// The size of the client's window; RFC 1073.
    package static let windowSize = TelnetOption(rawValue: 31)
}

extension TelnetOption: CustomStringConvertible {
    package var description: String {
        switch self {
        case .binary: "BINARY"
        case .echo: "ECHO"
        case .suppressGoAhead: "SGA"
        case .timingMark: "TIMING-MARK"
        case .terminalType: "TTYPE"
        case .endOfRecord: "EOR"
        case .windowSize: "NAWS"
        default: "option \(rawValue)"
        }
    }
}
