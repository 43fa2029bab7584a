import Basics
import CharacterEncodings
import DaemonCore
import Glibc
import ReactorCore
import ShellPeers
import TelnetWire
import TransportTLS
import Transports

/// One run of `mudd telnet`: a terminal, or a pipe, and a server.
///
/// The server decides how the terminal behaves: when it echoes and suppresses Go Ahead each key is sent at once, when it only
/// echoes the typed line is hidden, and otherwise the terminal edits and shows lines.
final class TelnetClientSession: TelnetHandler {
    /// What the command line says.
    struct Options: Sendable {
        var host: String
        var port: UInt16
        var isSecure = false
        var roots: String?
        var encoding: CharacterEncoding?
        var isTraced = false
        var compresses = true
    }

    private let options: Options
    private let reactor: Reactor
    private let mode: TerminalMode
    private let keyboard = TerminalKeyboard()
    private let ended = Deferred<Void>()
    private var connection: TelnetConnection?
    private var reason: DisconnectReason?
    private var isTraced: Bool
    /// What was typed of a line that the terminal gave in pieces.
    private var line: [UInt8] = []
    /// Whether the server has said something.
    private var hasHeard = false
    /// Whether what is typed has ended, and the server is to be told so.
    private var typingHasEnded = false
    /// Whether nothing stands in the terminal's line, as far as this program knows.
    private var isAtLineStart = true
    /// Whether what is typed is meant for this program.
    private var isInEscape = false

    /// Octets of a line that is typed or piped in; a longer one is sent in pieces.
    private static let longestLine = 65_536

    /// How long the end of a script waits for a server's greeting.
    private static let patience = Duration.seconds(1)

    private init(_ options: Options, _ mode: TerminalMode, on reactor: Reactor) {
        self.options = options
        self.mode = mode
        self.reactor = reactor
        isTraced = options.isTraced
    }

    /// Connects, and talks until either side ends it.
    ///
    /// - Throws: `ExitStatus` of the reactor when there was no connection, or when it broke.
    static func run(_ options: Options, _ mode: TerminalMode, on reactor: Reactor) async throws {
        let session = TelnetClientSession(options, mode, on: reactor)
        do {
            let endpoint = try EndpointRegistry.complete(on: reactor).client(session.endpoint)
            _ = try await endpoint.connect(session.makeConnection(), on: reactor).value
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            complain("\(error)")
            throw ReactorCore.ExitStatus(DaemonCore.ExitStatus.unavailable.rawValue)
        }
        try await session.ended.value
        switch session.reason {
        case nil, .done: break
        case let reason?:
            complain("\(reason)")
            throw ReactorCore.ExitStatus(DaemonCore.ExitStatus.unavailable.rawValue)
        }
    }

    private var endpoint: String {
        func escaped(_ text: String) -> String {
            text.map { $0 == ":" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        }
        let kind = options.isSecure ? "tls" : "tcp"
        let roots = options.roots.map { ":roots=\(escaped($0))" } ?? ""
        return "\(kind):\(escaped(options.host)):\(options.port)\(roots)"
    }

    private func makeConnection() -> TelnetConnection {
        var policy = TelnetPolicy.client
        policy.deliversOctets = true
        policy.terminalTypes = Self.terminalTypes
        if let size = TerminalMode.size { policy.window = TelnetWindowSize(columns: size.columns, rows: size.rows) }
        let settings = TelnetSettings(
            role: .client, policy: policy, compressors: options.compresses ? CompressorPool(limit: 1) : nil,
            trace: { [weak self] command in
                guard let self, isTraced else { return }
                note(command)
            })
        return TelnetConnection(settings, handler: self, on: reactor)
    }

    /// The name of the terminal, and what it can do as MTTS has it.
    private static var terminalTypes: [String] {
        func variable(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
        let type = variable("TERM")
        if type.isEmpty || type == "dumb" { return ["DUMB"] }
        var features: TelnetTerminalFeatures = [.ansi, .vt100]
        let locale = [variable("LC_ALL"), variable("LC_CTYPE"), variable("LANG")].first { !$0.isEmpty } ?? ""
        if locale.lowercased().contains("utf") { features.insert(.utf8) }
        if type.contains("256color") { features.insert(.colours256) }
        if ["truecolor", "24bit"].contains(variable("COLORTERM")) { features.insert(.trueColour) }
        return [type.uppercased(), "MTTS \(features.rawValue)"]
    }

    // MARK: From the server

    func connected(_ connection: TelnetConnection) {
        self.connection = connection
        connection.use(options.encoding)
        keyboard.onTyping = { [weak self] in self?.typed($0) }
        keyboard.onEnd = { [weak self] in self?.typingEnded() }
        keyboard.onPause = { [weak self] isFull in
            if isFull { self?.connection?.pauseInput() } else { self?.connection?.resumeInput() }
        }
        keyboard.onLoss = { [weak self] _ in self?.screenLost() }
        reactor.onSignal(SIGWINCH) { [weak self] in
            guard let size = TerminalMode.size else { return }
            self?.connection?.resizeWindow(TelnetWindowSize(columns: size.columns, rows: size.rows))
        }
        do {
            _ = try StandardEndpoint().listen(with: keyboard, on: reactor)
        } catch {
            complain("\(error)")
            return connection.abort()
        }
        if mode.isTerminal { note("Connected to \(options.host). Press Ctrl-] for a command to this program.") }
        updateMode()
    }

    func received(_ action: TelnetAction) {
        switch action {
        case .octets(let octets): show(octets)
        case .prompt(let octets): show(octets)
        case .optionChanged(.echo, .remote, _), .optionChanged(.suppressGoAhead, .remote, _): updateMode()
        default: break
        }
    }

    func counted(received: Int, sent: Int) {
        if received == 0 || hasHeard { return }
        hasHeard = true
        if typingHasEnded { closeOutputSoon(after: .zero) }
    }

    func inputEnded() { connection?.close() }
    func peerFellBehind() { keyboard.screen?.pauseProducing() }
    func peerCaughtUp() { keyboard.screen?.resumeProducing() }

    func connectionLost(_ reason: DisconnectReason) {
        self.reason = reason
        connection = nil
        if mode.isTerminal { note("The connection is closed.") }
        if keyboard.screen == nil { finish() } else { keyboard.close() }
    }

    private func screenLost() {
        connection?.abort()
        finish()
    }

    private func finish() {
        if !ended.isFired { ended.succeed() }
    }

    private var sendsKeys: Bool {
        guard let connection else { return false }
        return connection.isEnabled(.echo, .remote) && connection.isEnabled(.suppressGoAhead, .remote)
    }

    private func updateMode() {
        if isInEscape { return mode.set(.lines(shown: true)) }
        let isHidden = connection?.isEnabled(.echo, .remote) ?? false
        mode.set(sendsKeys ? .keys : .lines(shown: !isHidden))
    }

    // MARK: From the keyboard

    private func typed(_ octets: [UInt8]) {
        for octet in octets {
            if octet == TerminalMode.escape, mode.isTerminal, !isInEscape {
                startEscape()
            } else if isInEscape {
                if octet == 0x0A { endEscape() } else { line.append(octet) }
            } else if mode.isTerminal, sendsKeys {
                send(octet == 0x0A || octet == 0x0D ? [0x0D, 0x00] : [octet])
            } else {
                if octet != 0x0A { line.append(octet) }
                if octet == 0x0A { sendLine() } else if line.count >= Self.longestLine { sendPiece() }
            }
        }
    }

    private func typingEnded() {
        if !line.isEmpty, !isInEscape { sendLine() }
        typingHasEnded = true
        closeOutputSoon(after: hasHeard ? .zero : Self.patience)
    }

    /// Who has closed can agree to nothing any more: a server that greets is answered first.
    private func closeOutputSoon(after delay: Duration) {
        reactor.callLater(delay) { [weak self] in self?.connection?.closeOutput() }
    }

    private func sendLine() {
        if line.last == 0x0D { line.removeLast() }
        line += [0x0D, 0x0A]
        // The terminal has shown the end of a line that it shows.
        if connection?.isEnabled(.echo, .remote) == false { isAtLineStart = true }
        sendPiece()
    }

    private func sendPiece() {
        send(line)
        line = []
    }

    /// UTF-8 has no octet 255, so that who types one means nothing by it.
    private func send(_ octets: [UInt8]) { connection?.send(octets.filter { $0 != 0xFF }) }

    // MARK: Commands to this program

    private func startEscape() {
        isInEscape = true
        line = []
        updateMode()
        keyboard.show("\r\nmudd telnet> ")
    }

    private func endEscape() {
        let command = TelnetEscape(String(decoding: line, as: UTF8.self))
        line = []
        isInEscape = false
        isAtLineStart = true
        switch command {
        case .resume: break
        case .quit: connection?.close()
        case .help: keyboard.show(TelnetEscape.usage)
        case .status: showStatus()
        case .trace: isTraced.toggle()
        case .send(let signal): connection?.send(signal)
        case .unknown(let text): keyboard.show("\(text.cleaned): no such command; help lists them.\n")
        }
        updateMode()
    }

    private func showStatus() {
        guard let connection else { return }
        let options = (UInt8.min...UInt8.max).map { TelnetOption(rawValue: $0) }
        func names(_ side: TelnetSide) -> String {
            let names = options.filter { connection.isEnabled($0, side) }.map { "\($0)" }
            return names.isEmpty ? "nothing" : names.joined(separator: " ")
        }
        let directions = (connection.inputIsCompressed ? "in " : "") + (connection.outputIsCompressed ? "out" : "")
        keyboard.show(
            """
            server does     \(names(.remote))
            we do           \(names(.local))
            compressed      \(directions.isEmpty ? "nothing" : directions)
            characters      \(connection.encoding?.name ?? "UTF-8")

            """)
    }

    /// Shows what the server says.
    private func show(_ octets: [UInt8]) {
        guard let last = octets.last else { return }
        isAtLineStart = last == 0x0A
        keyboard.show(octets)
    }

    /// Prints a line on standard error, away from what the server says: not behind a prompt of its either.
    private func note(_ line: String) {
        let start = mode.isTerminal && !isAtLineStart ? "\r\n" : ""
        isAtLineStart = true
        let octets = Array((start + line + (mode.isTerminal ? "\r\n" : "\n")).utf8)
        _ = octets.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
