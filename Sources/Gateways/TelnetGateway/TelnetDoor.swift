import Basics
import GatewayCore
import ReactorCore
import ShellPeers
import TelnetWire
import TerminalWire
import Transports

/// The game's end of a ``TelnetConnection``: lines and news of the terminal to a ``Session``, and its text back.
final class TelnetDoor: SessionDoor, TelnetHandler {
    /// What the door is called in tables.
    static let title = "telnet"

    let name = TelnetDoor.title
    private(set) var source = ""
    let game: Game
    /// Whether what goes over the wire is encrypted.
    let isEncrypted: Bool
    var outOfBand = OutOfBand()
    private let traffic: DoorTraffic
    private(set) var connection: TelnetConnection?
    private(set) var session: Session?
    /// What the client seems to be.
    private var client = TelnetClientKind()
    private var clientName = TelnetClientName()
    /// Whether links were asked for, so that a client is asked about them once.
    private var wantsLinks = false
    /// Answers to Are You There in one read, so that a storm of them draws one.
    private var mayAnswerAreYouThere = true
    /// Messages of the client's program in this read.
    var messageCount = 0
    /// Messages that are heeded in one read, each of which may want an answer; no program sends as many together.
    static let messagesAtOnce = 256

    /// Columns until the client tells, and for one that never does: a VT100 had as many.
    private static let assumedWidth = 80

    init(game: Game, isEncrypted: Bool = false) {
        self.game = game
        self.isEncrypted = isEncrypted
        traffic = game.traffic(of: name)
    }

    var bufferedByteCount: Int { connection?.bufferedByteCount ?? 0 }
    var untakenByteCount: Int { connection?.untakenByteCount ?? 0 }

    // MARK: From the peer

    /// Negotiation has been sent by the connection already, and is answered by it: ``Ungated/telnetNegotiation``.
    func connected(_ connection: TelnetConnection) {
        self.connection = connection
        source = connection.peer?.host ?? ""
        let profile = TerminalProfile(width: Self.assumedWidth)
        session = game.makeSession(door: self, profile: profile)
        if session == nil {
            send(now: game.refusal(for: profile, from: source), .connectionRefused)
            connection.close(within: .seconds(5))
        }
    }

    func counted(received: Int, sent: Int) {
        traffic.received += UInt64(received)
        traffic.sent += UInt64(sent)
        if received > 0 {
            mayAnswerAreYouThere = true
            messageCount = 0
            session?.octetsReceived(received)
        }
    }

    func inputEnded() {
        guard let session else { return connection?.close() ?? () }
        session.inputEnded()
    }

    func peerFellBehind() { session?.peerFellBehind() }
    func peerCaughtUp() { session?.peerCaughtUp() }

    func connectionLost(_ reason: DisconnectReason) {
        session?.connectionLost(because: Self.complaint(of: reason))
        session = nil
        connection = nil
    }

    /// What operators want to know of an end, such as a handshake that failed; nil for those that are nobody's fault.
    private static func complaint(of reason: DisconnectReason) -> String? {
        switch reason {
        case .layerFailure, .protocolFailure: "\(reason)"
        case .done, .lost, .aborted, .timedOut, .outboundOverflow: nil
        }
    }

    func received(_ action: TelnetAction) {
        switch action {
        case .line(let octets): session?.lineReceived(InputText.decode(octets))
        case .lineTooLong: session?.lineTooLong(limit: TelnetLimits.lineOctets)
        case .windowSize(let columns, let rows): session?.windowChanged(width: columns, height: rows)
        case .terminalType(let type):
            client.note(terminalType: type)
            noteName { $0.note(terminalType: type) }
            session?.terminalChanged { $0.learn(fromTerminalType: type) }
        case .terminalFeatures(let features):
            client.isProgram = true
            session?.terminalChanged { $0.learn(features) }
        case .areYouThere:
            if mayAnswerAreYouThere { send(now: Array("\r\n[Yes]\r\n".utf8), .areYouThere) }
            mayAnswerAreYouThere = false
        case .environment(let name, let value): learn(value, of: name)
        case .characterSet(let name):
            session?.terminalChanged { $0.charset = Charset(named: name) }
            // What the player has set counts for more than what the client agrees to.
            if let session { use(session.profile.charset) }
        case .message(let option, let payload): received(option, payload)
        case .optionChanged(let option, let side, let enabled):
            if enabled { client.note(option) }
            negotiated(option, side, enabled: enabled)
        case .octets(let octets): session?.keysReceived(octets)
        case .characterMode(let enabled): session?.characterModeChanged(enabled: enabled)
        case .interrupt: session?.interrupted()
        // As the key that means the same where keys are sent.
        case .eraseLine: session?.keysReceived([0x15])
        case .abortOutput, .prompt: break
        case .send, .compressOutput, .writePlain, .decompressInput: break
        }
    }

    /// Takes what the client tells of its user; what says nothing of the terminal is passed over.
    private func learn(_ value: String, of variable: String) {
        noteName { $0.note(value, of: variable) }
        switch variable {
        case "MTTS":
            guard let features = TelnetTerminalFeatures(terminalType: "MTTS \(value)") else { return }
            session?.terminalChanged { $0.learn(features) }
        case "SCREEN_READER" where value == "1":
            session?.terminalChanged { $0.screenReader = true }
        default:
            break
        }
    }

    /// Takes what the client tells of its name.
    func noteName(_ note: (inout TelnetClientName) -> Void) {
        note(&clientName)
        session?.clientNamed(clientName.text)
    }

    // MARK: From the session

    func send(_ bytes: borrowing [UInt8]) { connection?.send(bytes) }

    /// Sends what waits for no turn, and says which entry of the list allows it.
    func send(now octets: [UInt8], _ reason: Ungated) { connection?.sendApart(octets) }

    func appendPromptMark(to bytes: inout [UInt8]) {
        bytes += connection?.promptMark ?? []
    }

    func appendEcho(hidden: Bool, to bytes: inout [UInt8]) {
        bytes += connection?.setEcho(hidden: hidden) ?? []
    }

    func use(_ charset: Charset) { connection?.use(charset.encoding) }
    func setCompression(_ isWanted: Bool) { connection?.setCompression(isWanted) }

    func setLinks(_ isWanted: Bool) {
        if isWanted == wantsLinks { return }
        wantsLinks = isWanted
        send(now: (isWanted ? connection?.offer(.mxp) : connection?.withdraw(.mxp)) ?? [], .telnetNegotiation)
    }

    var isPlainTerminal: Bool { client.isPlainTerminal }

    func appendCharacterModeRequest(to bytes: inout [UInt8]) {
        bytes += connection?.setCharacterMode(true) ?? []
    }

    func endCharacterMode() {
        send(now: connection?.setCharacterMode(false) ?? [], .telnetNegotiation)
    }

    func pauseInput() { connection?.pauseInput() }
    func resumeInput() { connection?.resumeInput() }
    func close() { connection?.close() }
    func abort() { connection?.abort() }
}
