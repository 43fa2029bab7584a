import GatewayCore
import MUDWire
import ShellPeers
import TelnetWire
import TerminalWire

/// What a client's program says and hears beside the text: GMCP, MSDP, MSSP and MXP.
extension TelnetDoor {
    /// Takes a message of an option that is in force; of a flood, what is too much is passed over.
    func received(_ option: TelnetOption, _ payload: [UInt8]) {
        messageCount += 1
        if messageCount > Self.messagesAtOnce { return }
        for effect in outOfBand.received(option, payload) { perform(effect) }
    }

    /// Notices that an option is now performed, or no longer.
    func negotiated(_ option: TelnetOption, _ side: TelnetSide, enabled: Bool) {
        guard side == .local else { return }
        for effect in outOfBand.negotiated(option, enabled: enabled) { perform(effect) }
        if option == .mxp { linksChanged(enabled: enabled) }
        if option == .mssp, enabled { session?.tellApart { append(.mssp, table.encoded, to: &$0) } }
    }

    /// From here on the client reads elements, in the lines that say they have some.
    private func linksChanged(enabled: Bool) {
        session?.terminalChanged { $0.hasLinks = enabled }
        if !enabled { return }
        var bytes: [UInt8] = []
        append(.mxp, [], to: &bytes)
        send(now: bytes + Array(MXP.start.utf8), .telnetNegotiation)
    }

    /// Appends a message, such as one of GMCP; nothing while its option is not in force.
    private func append(_ option: TelnetOption, _ payload: [UInt8], to bytes: inout [UInt8]) {
        bytes += connection?.message(option, payload) ?? []
    }

    private func perform(_ effect: OutOfBand.Effect) {
        switch effect {
        case .subscribe(let topics): session?.subscribe(to: topics)
        case .request(let request): session?.request(request)
        case .hello(let greeting): noteName { $0.note(greeting: greeting) }
        case .credentials(let name, let password): session?.credentialsReceived(name: name, password: password)
        case .tell(let option, let payload): session?.tellApart { append(option, payload, to: &$0) }
        case .ping:
            var bytes: [UInt8] = []
            append(.gmcp, GMCPServerMessage.ping.message.encoded, to: &bytes)
            send(now: bytes, .clientPing)
        }
    }

    /// Whether nobody reads along: within this machine, or over TLS.
    var isConfidential: Bool { isEncrypted || Game.isLoopback(source) }

    func appendFact(_ fact: ClientFact, to bytes: inout [UInt8]) {
        for message in outOfBand.messages(for: fact) { append(message.option, message.payload, to: &bytes) }
    }

    /// What those who list games are told, counted now.
    private var table: MSSPTable { MSSPTable(MUDServer(game)) }

    /// The same for those who ask for it as a line.
    var listing: [String] { table.lines }
}
