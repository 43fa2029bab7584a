/// The octet after `IAC`.
///
/// ```text
///   IAC  command           2 octets; WILL WONT DO DONT add an option, SB starts a subnegotiation
/// ```
///
/// - Source: RFC 854 "TELNET COMMANDS"; `endOfRecord` RFC 885; RFC 1184 §2.5 for `abort`, `suspend`, `endOfFile`.
package struct TelnetCommand: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let endOfFile = TelnetCommand(rawValue: 236)
    package static let suspend = TelnetCommand(rawValue: 237)
    package static let abort = TelnetCommand(rawValue: 238)
    package static let endOfRecord = TelnetCommand(rawValue: 239)
    /// SE, which ends a subnegotiation.
    package static let endSubnegotiation = TelnetCommand(rawValue: 240)
    package static let noOperation = TelnetCommand(rawValue: 241)
    package static let dataMark = TelnetCommand(rawValue: 242)
    package static let breakSignal = TelnetCommand(rawValue: 243)
    package static let interruptProcess = TelnetCommand(rawValue: 244)
    package static let abortOutput = TelnetCommand(rawValue: 245)
    package static let areYouThere = TelnetCommand(rawValue: 246)
    package static let eraseCharacter = TelnetCommand(rawValue: 247)
    package static let eraseLine = TelnetCommand(rawValue: 248)
    package static let goAhead = TelnetCommand(rawValue: 249)
    /// SB, which starts a subnegotiation.
    package static let subnegotiation = TelnetCommand(rawValue: 250)
    package static let will = TelnetCommand(rawValue: 251)
    package static let wont = TelnetCommand(rawValue: 252)
    // Not `do`, which is a keyword.
    package static let doIt = TelnetCommand(rawValue: 253)
    package static let dont = TelnetCommand(rawValue: 254)
    /// IAC, which starts a command, and doubled is the octet 255 itself.
    package static let interpretAsCommand = TelnetCommand(rawValue: 255)
}

extension TelnetCommand: CustomStringConvertible {
    /// The name in the RFCs, such as `AYT`.
    package var description: String {
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
