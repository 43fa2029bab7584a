/// Which end of the connection performs an option, seen from us.
public enum TelnetSide: Sendable {
    /// We do: negotiated with our WILL and WONT, the peer's DO and DONT.
    case local
    /// The peer does: negotiated with its WILL and WONT, our DO and DONT.
    case remote
}

/// The number of a telnet option; every octet is a valid one, known or not.
///
/// - Source: the IANA registry of telnet options; RFC 855.
public struct TelnetOption: RawRepresentable, Hashable, Sendable {
    /// The octet on the wire.
    public let rawValue: UInt8

    /// Makes an option of its number; never fails.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// 8-bit data, which our text is anyway; RFC 856.
    public static let binary = TelnetOption(rawValue: 0)
    /// The server shows what is typed, that is: the client does not; RFC 857.
    public static let echo = TelnetOption(rawValue: 1)
    /// No GA after prompts; RFC 858.
    public static let suppressGoAhead = TelnetOption(rawValue: 3)
    /// A mark in the stream that says everything before it was handled; RFC 860.
    public static let timingMark = TelnetOption(rawValue: 6)
    /// The names of the client's terminal; RFC 1091 and MTTS.
    public static let terminalType = TelnetOption(rawValue: 24)
    /// `IAC EOR` after prompts; RFC 885.
    public static let endOfRecord = TelnetOption(rawValue: 25)
    /// The size of the client's window; RFC 1073.
    public static let windowSize = TelnetOption(rawValue: 31)
    /// Line editing by the client in every detail, never agreed to; RFC 1184.
    public static let lineMode = TelnetOption(rawValue: 34)
    /// What the client tells of itself and its user; RFC 1572 and MNES.
    public static let newEnvironment = TelnetOption(rawValue: 39)
    /// The character set of the text; RFC 2066.
    public static let characterSet = TelnetOption(rawValue: 42)
    /// Variables of the game and requests for them (MSDP).
    public static let msdp = TelnetOption(rawValue: 69)
    /// What crawlers list a game by (MSSP).
    public static let mssp = TelnetOption(rawValue: 70)
    /// MCCP1, whose subnegotiation is malformed; neither offered nor agreed to.
    public static let mccp1 = TelnetOption(rawValue: 85)
    /// Deflated text from server to client (MCCP2).
    public static let mccp2 = TelnetOption(rawValue: 86)
    /// Deflated text from client to server (MCCP3); also an option of the server.
    public static let mccp3 = TelnetOption(rawValue: 87)
    /// Sounds by escape in the text (MSP); not offered.
    public static let msp = TelnetOption(rawValue: 90)
    /// Links and tags in the text (MXP).
    public static let mxp = TelnetOption(rawValue: 91)
    /// Messages of packages, with JSON (GMCP).
    public static let gmcp = TelnetOption(rawValue: 201)
}

extension TelnetOption: CustomStringConvertible {
    /// The name in the RFCs or of those who made it, such as `NAWS`; `option 200` for others.
    public var description: String {
        switch self {
        case .binary: "BINARY"
        case .echo: "ECHO"
        case .suppressGoAhead: "SGA"
        case .timingMark: "TIMING-MARK"
        case .terminalType: "TTYPE"
        case .endOfRecord: "EOR"
        case .windowSize: "NAWS"
        case .lineMode: "LINEMODE"
        case .newEnvironment: "NEW-ENVIRON"
        case .characterSet: "CHARSET"
        case .msdp: "MSDP"
        case .mssp: "MSSP"
        case .mccp1: "MCCP1"
        case .mccp2: "MCCP2"
        case .mccp3: "MCCP3"
        case .msp: "MSP"
        case .mxp: "MXP"
        case .gmcp: "GMCP"
        default: "option \(rawValue)"
        }
    }
}
