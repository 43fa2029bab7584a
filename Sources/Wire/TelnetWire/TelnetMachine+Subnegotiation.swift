// What is said between IAC SB and IAC SE: the window's size and the terminal's names.
extension TelnetMachine {
    /// Client: tells the server that the window has another size now.
    ///
    /// - Returns: Octets to write; none until NAWS is agreed.
    package mutating func resizeWindow(_ window: TelnetWindowSize) -> [UInt8] {
        policy.window = window
        return isEnabled(.windowSize, .local) ? Self.subnegotiation(.windowSize, window.payload) : []
    }

    mutating func finishSubnegotiation() {
        let option = subnegotiation.option
        guard let payload = subnegotiation.finish() else { return }
        switch option {
        case .windowSize where isEnabled(.windowSize, .remote):
            if let window = TelnetWindowSize(payload: payload), window != lastWindow {
                lastWindow = window
                emit(.windowSize(columns: window.columns, rows: window.rows))
            }
        case .terminalType:
            receiveTerminalType(payload)
        default:
            break
        }
    }

    mutating func askTerminalType() {
        if terminal.ask(), budget.spendReply() {
            emit(.send(Self.subnegotiation(.terminalType, TelnetTerminalType.send.payload)))
        }
    }

    mutating func sendWindowSize() {
        emit(.send(Self.subnegotiation(.windowSize, policy.window.payload)))
    }

    private mutating func receiveTerminalType(_ payload: [UInt8]) {
        switch TelnetTerminalType(payload: payload) {
        case .name(let name) where isEnabled(.terminalType, .remote):
            guard terminal.receive(name) else { return }
            if let features = TelnetTerminalFeatures(terminalType: name) {
                emit(.terminalFeatures(features))
            } else {
                emit(.terminalType(name))
            }
            askTerminalType()
        case .send where isEnabled(.terminalType, .local):
            guard let name = terminal.answer(from: policy.terminalTypes), budget.spendReply() else { return }
            emit(.send(Self.subnegotiation(.terminalType, TelnetTerminalType.name(name).payload)))
        default:
            break
        }
    }

    private static func subnegotiation(_ option: TelnetOption, _ payload: [UInt8]) -> [UInt8] {
        var octets = command(.subnegotiation) + [option.rawValue]
        TelnetText.appendDoubled(payload, to: &octets)
        return octets + command(.endSubnegotiation)
    }
}
