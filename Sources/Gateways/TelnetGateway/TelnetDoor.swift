import Basics
import GatewayCore
import ReactorCore
import TelnetWire
import TerminalWire
import Transports

/// One telnet connection: octets to a ``TelnetMachine``, lines to a ``Session``, and back.
final class TelnetDoor: StreamProtocol, SessionDoor {
    let name = "telnet"
    private(set) var source = ""
    private let game: Game
    private var machine = TelnetMachine(policy: .server)
    private var transport: (any Transport)?
    private var session: Session?
    /// Answers to Are You There in one read, so that a storm of them draws one.
    private var mayAnswerAreYouThere = true

    init(game: Game) {
        self.game = game
    }

    var bufferedByteCount: Int { transport?.bufferedByteCount ?? 0 }

    // MARK: From the peer

    func connectionMade(over transport: any Transport) {
        self.transport = transport
        source = transport.peer.host
        transport.write(machine.start())
        session = game.makeSession(door: self, profile: TerminalProfile())
        if session == nil {
            transport.write(Game.refusalText)
            transport.loseConnection(within: .seconds(5))
        }
    }

    func dataReceived(_ bytes: Span<UInt8>) {
        machine.receive(bytes)
        mayAnswerAreYouThere = true
        while let action = machine.nextAction() { perform(action) }
    }

    func connectionLost(_ reason: DisconnectReason) {
        session?.connectionLost()
        session = nil
        transport = nil
    }

    private func perform(_ action: TelnetAction) {
        switch action {
        case .line(let octets): session?.lineReceived(InputText.decode(octets))
        case .lineTooLong: session?.lineTooLong(limit: TelnetLimits.line)
        case .send(let octets): transport?.write(octets)
        case .windowSize(let columns, _): session?.windowChanged(width: columns)
        case .terminalType(let type): session?.terminalChanged { $0.learn(fromTerminalType: type) }
        case .areYouThere:
            if mayAnswerAreYouThere { transport?.write("\r\n[Yes]\r\n") }
            mayAnswerAreYouThere = false
        case .optionChanged, .interrupt, .prompt: break
        }
    }

    // MARK: From the session

    func send(_ bytes: borrowing [UInt8]) {
        // Rendered text never holds an IAC, and the one of a prompt's mark is meant as one.
        transport?.write(copy bytes)
    }

    func appendPromptMark(to bytes: inout [UInt8]) {
        bytes += machine.promptMark
    }

    func hideInput(_ hidden: Bool) {
        transport?.write(machine.hideInput(hidden))
    }

    func pauseInput() { transport?.pauseProducing() }
    func resumeInput() { transport?.resumeProducing() }
    func close() { transport?.loseConnection() }
    func abort() { transport?.abortConnection() }
}

extension TerminalProfile {
    /// What the names of a client's terminal tell of it (RFC 1091, Mud Terminal Type Standard).
    mutating func learn(fromTerminalType type: String) {
        if let standard = TerminalStandard(terminalType: type) {
            colour = standard.contains(.ansi) || standard.contains(.colours256) ? .ansi16 : .none
            charset = standard.contains(.utf8) ? .utf8 : charset
            if standard.contains(.screenReader) { screenReader = true }
            return
        }
        let name = type.uppercased()
        if name == "DUMB" || name == "UNKNOWN" || name == "NETWORK" { return }
        for family in [
            "XTERM", "ANSI", "VT1", "VT2", "LINUX", "SCREEN", "TMUX", "RXVT", "MUDLET", "TINTIN", "MUSHCLIENT",
        ]
        where name.contains(family) {
            colour = .ansi16
            return
        }
    }
}
