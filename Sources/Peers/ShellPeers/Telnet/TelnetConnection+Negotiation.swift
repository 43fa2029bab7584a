public import CharacterEncodings
import ReactorCore
public import TelnetWire
import Transports

/// What the two ends agree on.
extension TelnetConnection {
    // MARK: Character sets

    /// The character set of the text on the wire; nil for UTF-8.
    public var encoding: CharacterEncoding? { recoder?.encoding }

    /// Reads and writes another character set from here on, agreed with the peer or not; nil for UTF-8.
    public func use(_ encoding: CharacterEncoding?) {
        guard encoding != recoder?.encoding else { return }
        recoder = encoding.flatMap { TelnetRecoder($0, spelling: settings.spelling) }
    }

    // MARK: Negotiation

    /// Whether an option is in force on one side.
    public func isEnabled(_ option: TelnetOption, _ side: TelnetSide) -> Bool { machine.isEnabled(option, side) }

    /// What stands behind a prompt without a line end; to be sent with the text.
    public var promptMark: [UInt8] { machine.promptMark() }

    /// What hides or shows what the peer types; to be sent with the text.
    public func setEcho(hidden: Bool) -> [UInt8] { machine.setEcho(hidden: hidden) }

    /// What asks the peer for each key at once, or for lines again; to be sent with the text.
    ///
    /// ``TelnetAction/characterMode(enabled:)`` tells when it is so, never before this returns.
    public func setCharacterMode(_ enabled: Bool) -> [UInt8] {
        let octets = machine.setCharacterMode(enabled)
        transport?.scope.callLater(.zero, on: reactor) { [weak self] in self?.takeInputOutsideTransport() }
        return octets
    }

    /// What offers an option in play; to be sent with the text.
    public func offer(_ option: TelnetOption) -> [UInt8] { machine.offer(option) }

    /// What takes an option back; to be sent with the text.
    public func withdraw(_ option: TelnetOption) -> [UInt8] { machine.withdraw(option) }

    /// What carries a message, such as one of GMCP; nothing while its option is not in force.
    ///
    /// It is to be sent with the text.
    public func message(_ option: TelnetOption, _ payload: [UInt8]) -> [UInt8] {
        machine.subnegotiation(option, payload)
    }

    /// Client: tells the server that the window has another size.
    public func resizeWindow(_ window: TelnetWindowSize) { write(machine.resizeWindow(window)) }

    /// Sends one command, such as Interrupt Process.
    public func send(_ command: TelnetCommand) {
        write([TelnetCommand.interpretAsCommand.rawValue, command.rawValue])
    }
}
