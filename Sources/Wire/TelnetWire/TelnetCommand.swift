/// The octet after `IAC`.
///
/// ```text
///   IAC  command           2 octets; WILL WONT DO DONT add an option, SB starts a subnegotiation
/// ```
///
/// - Source: RFC 854 "TELNET COMMANDS"; `endOfRecord` RFC 885; RFC 1184 §2.5 for `abort`, `suspend`, `endOfFile`.
public struct TelnetCommand: RawRepresentable, Hashable, Sendable {
    /// The octet on the wire.
    public let rawValue: UInt8

    /// Makes a command of its octet; never fails.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// EOF: the input ends (LINEMODE).
    public static let endOfFile = TelnetCommand(rawValue: 236)
    /// SUSP: stop the program for now (LINEMODE).
    public static let suspend = TelnetCommand(rawValue: 237)
    /// ABORT: end the program at once (LINEMODE).
    public static let abort = TelnetCommand(rawValue: 238)
    /// EOR, which marks a prompt where END-OF-RECORD is in force.
    public static let endOfRecord = TelnetCommand(rawValue: 239)
    /// SE, which ends a subnegotiation.
    public static let endSubnegotiation = TelnetCommand(rawValue: 240)
    /// NOP, which means nothing and keeps a connection in the tables of routers.
    public static let noOperation = TelnetCommand(rawValue: 241)
    /// DM, the end of what an urgent signal has overtaken.
    public static let dataMark = TelnetCommand(rawValue: 242)
    /// BRK: the Break key.
    public static let breakSignal = TelnetCommand(rawValue: 243)
    /// IP: stop what runs, as Ctrl-C does.
    public static let interruptProcess = TelnetCommand(rawValue: 244)
    /// AO: let the command end, and show no more of its output.
    public static let abortOutput = TelnetCommand(rawValue: 245)
    /// AYT: show that you are there.
    public static let areYouThere = TelnetCommand(rawValue: 246)
    /// EC: take back the last character.
    public static let eraseCharacter = TelnetCommand(rawValue: 247)
    /// EL: take back the line.
    public static let eraseLine = TelnetCommand(rawValue: 248)
    /// GA, which marks a prompt unless SUPPRESS-GO-AHEAD is in force.
    public static let goAhead = TelnetCommand(rawValue: 249)
    /// SB, which starts a subnegotiation.
    public static let subnegotiation = TelnetCommand(rawValue: 250)
    /// WILL: I want to perform an option, or agree to.
    public static let will = TelnetCommand(rawValue: 251)
    /// WONT: I do not perform it, or no longer.
    public static let wont = TelnetCommand(rawValue: 252)
    /// DO: perform an option, or agree that you do; `do` is a keyword.
    public static let doIt = TelnetCommand(rawValue: 253)
    /// DONT: do not perform it, or no longer.
    public static let dont = TelnetCommand(rawValue: 254)
    /// IAC, which starts a command, and doubled is the octet 255 itself.
    public static let interpretAsCommand = TelnetCommand(rawValue: 255)
}

extension TelnetCommand: CustomStringConvertible {
    /// The name in the RFCs, such as `AYT`.
    public var description: String {
        switch self {
        case .endOfFile: "EOF"
        case .suspend: "SUSP"
        case .abort: "ABORT"
        case .endOfRecord: "EOR"
        case .endSubnegotiation: "SE"
        case .noOperation: "NOP"
        case .dataMark: "DM"
        case .breakSignal: "BRK"
        case .interruptProcess: "IP"
        case .abortOutput: "AO"
        case .areYouThere: "AYT"
        case .eraseCharacter: "EC"
        case .eraseLine: "EL"
        case .goAhead: "GA"
        case .subnegotiation: "SB"
        case .will: "WILL"
        case .wont: "WONT"
        case .doIt: "DO"
        case .dont: "DONT"
        case .interpretAsCommand: "IAC"
        default: "command \(rawValue)"
        }
    }
}
