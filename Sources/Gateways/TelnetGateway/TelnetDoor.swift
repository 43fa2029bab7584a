import Basics
import GatewayCore
import ReactorCore
import TelnetWire
import TerminalWire
import Transports

/// One telnet connection: octets to a ``TelnetMachine``, lines to a ``Session``, and back.
final class TelnetDoor: HalfCloseableProtocol, SessionDoor, Producer {
    /// What the door is called in tables.
    static let title = "telnet"

    let name = TelnetDoor.title
    private(set) var source = ""
    private let game: Game
    private let traffic: DoorTraffic
    private var machine = TelnetMachine(role: .server, policy: .server)
    private var transport: (any Transport)?
    private var session: Session?
    /// Answers to Are You There in one read, so that a storm of them draws one.
    private var mayAnswerAreYouThere = true
    /// Whether the peer has more to read than it takes at once.
    private var isBehind = false
    private var mayResume = true
    private var inputIsPaused = false
    /// Whether the end of the input waits behind what the session has not taken yet.
    private var inputHasEnded = false

    /// Columns until the client tells, and for one that never does: a VT100 had as many.
    private static let assumedWidth = 80

    init(game: Game) {
        self.game = game
        traffic = game.traffic(of: name)
    }

    var bufferedByteCount: Int { transport?.bufferedByteCount ?? 0 }
    var untakenByteCount: Int { transport?.untakenByteCount ?? 0 }

    // MARK: From the peer

    func connectionMade(over transport: any Transport) {
        self.transport = transport
        source = transport.peer.host
        send(now: machine.start(), .telnetNegotiation)
        session = game.makeSession(door: self, profile: TerminalProfile(width: Self.assumedWidth))
        if session == nil {
            send(now: Array(Game.refusalText.utf8), .connectionRefused)
            transport.loseConnection(within: .seconds(5))
        }
    }

    func dataReceived(_ bytes: Span<UInt8>) {
        traffic.received += UInt64(bytes.count)
        machine.receive(bytes)
        mayAnswerAreYouThere = true
        takeInput()
    }

    func readConnectionLost() {
        guard session != nil else { return transport?.loseConnection() ?? () }
        inputHasEnded = true
        takeInput()
    }

    /// Hands on what has come until the session has enough of it; a script of thousands of lines comes in a single read.
    private func takeInput() {
        while !inputIsPaused, let action = machine.nextAction() { perform(action) }
        if inputIsPaused || !inputHasEnded { return }
        inputHasEnded = false
        session?.inputEnded()
    }

    func writeConnectionLost() {}

    func connectionLost(_ reason: DisconnectReason) {
        session?.connectionLost(because: Self.complaint(of: reason))
        session = nil
        transport = nil
    }

    /// What operators want to know of an end, such as a handshake that failed; nil for those that are nobody's fault.
    private static func complaint(of reason: DisconnectReason) -> String? {
        switch reason {
        case .layerFailure, .protocolFailure: "\(reason)"
        case .done, .lost, .aborted, .timedOut, .outboundOverflow: nil
        }
    }

    private func perform(_ action: TelnetAction) {
        switch action {
        case .line(let octets): session?.lineReceived(InputText.decode(octets))
        case .lineTooLong: session?.lineTooLong(limit: TelnetLimits.lineOctets)
        case .send(let octets): send(now: octets, .telnetNegotiation)
        case .windowSize(let columns, _): session?.windowChanged(width: columns)
        case .terminalType(let type): session?.terminalChanged { $0.learn(fromTerminalType: type) }
        case .terminalFeatures(let features): session?.terminalChanged { $0.learn(features) }
        case .areYouThere:
            if mayAnswerAreYouThere { send(now: Array("\r\n[Yes]\r\n".utf8), .areYouThere) }
            mayAnswerAreYouThere = false
        case .optionChanged, .interrupt, .eraseLine, .prompt: break
        }
    }

    // MARK: From the session

    func send(_ bytes: borrowing [UInt8]) {
        // UTF-8 never holds the octet 255, and the IAC of a prompt's mark is meant as one.
        traffic.sent += UInt64(bytes.count)
        transport?.write(copy bytes)
        if !isBehind, bufferedByteCount > StreamLimits.producerHighWater { waitForReader() }
    }

    /// Sends what waits for no turn, and says which entry of the list allows it.
    private func send(now octets: [UInt8], _ reason: Ungated) {
        traffic.sent += UInt64(octets.count)
        transport?.write(octets)
    }

    /// Has the transport say when the peer has taken everything; only then, so that an end of the connection waits for nobody.
    private func waitForReader() {
        isBehind = true
        session?.peerFellBehind()
        mayResume = false
        try? transport?.registerProducer(self, streaming: false)
        mayResume = true
    }

    func resumeProducing() {
        // Registering already asks for a first piece.
        guard mayResume else { return }
        transport?.unregisterProducer()
        isBehind = false
        session?.peerCaughtUp()
    }

    func pauseProducing() {}
    func stopProducing() {}

    func appendPromptMark(to bytes: inout [UInt8]) {
        bytes += machine.promptMark()
    }

    func appendEcho(hidden: Bool, to bytes: inout [UInt8]) {
        bytes += machine.setEcho(hidden: hidden)
    }

    func pauseInput() {
        inputIsPaused = true
        transport?.pauseProducing()
    }

    func resumeInput() {
        inputIsPaused = false
        takeInput()
        if !inputIsPaused { transport?.resumeProducing() }
    }

    func close() { transport?.loseConnection() }
    func abort() { transport?.abortConnection() }
}

extension TerminalProfile {
    mutating func learn(_ features: TelnetTerminalFeatures) {
        colour =
            if features.contains(.trueColour) {
                .trueColour
            } else if features.contains(.colours256) {
                .indexed256
            } else {
                features.contains(.ansi) ? .ansi16 : .none
            }
        if features.contains(.screenReader) { screenReader = true }
    }
}
