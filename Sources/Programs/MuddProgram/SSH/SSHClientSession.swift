import Basics
import DaemonCore
import Glibc
import ReactorCore
import SSHKeys
import SSHWire
import ShellPeers
import TransportTLS
import Transports

/// One run of `mudd ssh`: a terminal, or a pipe, and a server.
final class SSHClientSession: SSHChannelHandler {
    /// What is started on the server.
    enum Program: Sendable {
        case shell
        case command(String)
        case subsystem(String)
        case through(host: String, port: UInt16)
    }

    /// A server, and who one is there.
    struct Place: Sendable {
        var user: String
        var host: String
        var port: UInt16
    }

    /// What the command line says.
    struct Options: Sendable {
        /// The servers to go through, and behind them the one that is wanted.
        var places: [Place]
        var program: Program
        /// Whether to ask for a terminal; nil to do so for a shell at a terminal.
        var wantsTerminal: Bool?
        var identities: [String]
        /// Whether the user has named them.
        var identitiesAreNamed: Bool
        var knownHosts: [String]
        var unknownHosts: SSHClientSettings.UnknownHosts
        /// The path of the agent's socket.
        var agent: String?
    }

    /// The exit status where there is none of the server's, as with every SSH client.
    private static let failed: Int32 = 255

    private let options: Options
    private let mode: TerminalMode
    private let reactor: Reactor
    private let keyboard = TerminalKeyboard()
    private let ended = Deferred<Void>()
    private var client: SSHClient?
    /// The clients of the servers in between, the first one first.
    private var between: [SSHClient] = []
    private var channel: SSHChannel?
    private var escape = SSHEscape()
    private var hasTerminal = false
    private var inputHasEnded = false
    private var typingHasEnded = false
    private var hasClosed = false
    /// Whether the connection ended before the channel did.
    private var isBroken = false
    private var status: Int32?
    private var signal: SSHExitSignal?
    private var isAtLineStart = true

    init(_ options: Options, _ mode: TerminalMode, on reactor: Reactor) {
        self.options = options
        self.mode = mode
        self.reactor = reactor
    }

    /// Connects, and talks until either side ends it.
    ///
    /// - Throws: `ExitStatus` of the reactor, unless the command ended well.
    func run() async throws {
        do {
            let client = try await connect()
            self.client = client
            try await start(on: client)
        } catch is CancellationError {
            throw CancellationError()
        } catch DeferredFailure.cancelled {
            throw CancellationError()
        } catch {
            complain("\(error)")
            closeClients()
            throw ReactorCore.ExitStatus(Self.failed)
        }
        try await ended.value
        closeClients()
        // Whatever status came before: not all of the output may have come.
        if isBroken { throw ReactorCore.ExitStatus(Self.failed) }
        if let signal { note("The command was ended by the signal \(signal.name.cleaned).") }
        if signal == nil, status == nil, case .through = options.program { return }
        if signal == nil, status == 0 { return }
        throw ReactorCore.ExitStatus(status ?? Self.failed)
    }

    private func connect() async throws -> SSHClient {
        var last: SSHClient?
        for place in options.places {
            let person = SSHPerson(for: "\(place.user)@\(place.host)", on: reactor) { [weak self] in self?.note($0) }
            let client = try await endpoint(of: place, behind: last)
                .connectSSH(settings(for: place), prompter: person, on: reactor).value
            if let last { between.append(last) }
            last = client
        }
        guard let last else { throw SSHClientFailure.cancelled }
        return last
    }

    private func endpoint(of place: Place, behind client: SSHClient?) throws -> any ClientEndpoint {
        if let client { return SSHTunnelEndpoint(through: client, to: place.host, port: place.port) }
        let host = place.host.map { $0 == ":" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return try EndpointRegistry.complete(on: reactor).client("tcp:\(host):\(place.port)")
    }

    private func settings(for place: Place) -> SSHClientSettings {
        var settings = SSHClientSettings(user: place.user, host: place.host, port: place.port)
        settings.keyFiles = options.identities
        settings.keyFilesAreNamed = options.identitiesAreNamed
        settings.knownHosts = options.knownHosts
        settings.unknownHosts = options.unknownHosts
        settings.agent = options.agent.map { AddressClientEndpoint(EndpointDescription(.unix(path: $0, mode: nil))) }
        return settings
    }

    private func closeClients() {
        client?.close()
        for client in between.reversed() { client.close() }
    }

    private func start(on client: SSHClient) async throws {
        client.ended.whenDone { [weak self] in self?.connectionEnded($0) }
        if case .through(let host, let port) = options.program {
            channel = try await client.connect(to: host, port: port, handler: self).value
        } else {
            let isShell = if case .shell = options.program { true } else { false }
            hasTerminal = options.wantsTerminal ?? (isShell && mode.isTerminal)
            channel = try await client.start(
                request, terminal: hasTerminal ? mode.request : nil, environment: Self.environment, handler: self
            ).value
        }
        if hasClosed { return }
        try listen()
    }

    private var request: SSHChannelRequest {
        switch options.program {
        case .command(let command): .execute(command)
        case .subsystem(let name): .subsystem(name)
        case .shell, .through: .shell
        }
    }

    /// What a server may want to know of the terminal and the language.
    private static var environment: [(name: String, value: String)] {
        ["LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "COLORTERM"].compactMap { name in
            SSHHome.variable(name).map { (name, $0) }
        }
    }

    /// Joins standard input and output to the channel.
    private func listen() throws {
        keyboard.onTyping = { [weak self] in self?.typed($0) }
        keyboard.onEnd = { [weak self] in self?.typingEnded() }
        keyboard.onPause = { [weak self] isFull in
            if isFull { self?.channel?.pauseInput() } else { self?.channel?.resumeInput() }
        }
        keyboard.onLoss = { [weak self] _ in self?.screenLost() }
        if hasTerminal, mode.isTerminal {
            mode.set(.keys)
            reactor.onSignal(SIGWINCH) { [weak self] in self?.channel?.notify(.windowChange(TerminalMode.windowSize)) }
        }
        _ = try StandardEndpoint().listen(with: keyboard, on: reactor)
        channel?.resumeInput()
    }

    // MARK: From the server

    func opened(_ channel: SSHChannel) {
        // What comes waits for standard output to be there.
        channel.pauseInput()
    }

    func received(_ octets: Span<UInt8>, stream: SSHChannelStream, on channel: SSHChannel) {
        let octets = octets.withUnsafeBufferPointer { Array($0) }
        if stream != .output { return Self.write(octets) }
        isAtLineStart = octets.last == 0x0A
        keyboard.show(octets)
    }

    func requested(_ request: SSHChannelRequest, on channel: SSHChannel) -> Deferred<Bool> {
        switch request {
        case .exitStatus(let code): status = Int32(truncatingIfNeeded: code & 0xFF)
        case .exitSignal(let report): signal = report
        default: return .succeeded(false)
        }
        return .succeeded(true)
    }

    func inputEnded(on channel: SSHChannel) {
        inputHasEnded = true
        if case .through = options.program {
            keyboard.screen?.loseWriteConnection()
            if typingHasEnded { channel.close() }
        }
    }

    func fellBehind(_ channel: SSHChannel) { keyboard.screen?.pauseProducing() }
    func caughtUp(_ channel: SSHChannel) { keyboard.screen?.resumeProducing() }

    func closed(_ channel: SSHChannel) {
        // With the connection goes the channel, and then it is the connection's end that counts.
        if client?.connection.isClosing != true { finish() }
    }

    private func connectionEnded(_ result: Result<DisconnectReason, any Error>) {
        if hasClosed { return }
        isBroken = true
        switch (client?.connection.goodbye, result) {
        case (let goodbye?, _): note("\(SSHClientFailure.goodbye(goodbye.text))")
        case (nil, .success(.protocolFailure(let cause as SSHFailure))): note(cause.text)
        case (nil, .success(.done)), (nil, .failure): note("The server has ended the connection.")
        case (nil, .success(let reason)): note("\(reason)")
        }
        finish()
    }

    private func finish() {
        if hasClosed { return }
        hasClosed = true
        channel = nil
        if keyboard.screen == nil { end() } else { keyboard.close() }
    }

    private func screenLost() {
        hasClosed = true
        channel?.abort()
        end()
    }

    private func end() {
        if !ended.isFired { ended.succeed() }
    }

    // MARK: From the keyboard

    private func typed(_ octets: [UInt8]) {
        guard hasTerminal, mode.isTerminal else {
            channel?.send(octets)
            return
        }
        for piece in escape.pieces(of: octets) {
            switch piece {
            case .octets(let octets): channel?.send(octets)
            case .quit:
                note("The connection is closed.")
                client?.close()
                return finish()
            case .help: keyboard.show("\r\n" + SSHEscape.usage)
            case .lineBreak: channel?.notify(.lineBreak(milliseconds: 0))
            case .renewKeys: client?.connection.renewKeys()
            }
        }
    }

    private func typingEnded() {
        typingHasEnded = true
        channel?.endOutput()
        if inputHasEnded, case .through = options.program { channel?.close() }
    }

    // MARK: What this program says

    /// Prints lines on standard error, not behind something that the server has said.
    private func note(_ text: String) {
        let start = hasTerminal && !isAtLineStart ? "\r\n" : ""
        isAtLineStart = true
        let end = hasTerminal && mode.isTerminal ? "\r\n" : "\n"
        Self.write(
            Array(
                (start + text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: end) + end)
                    .utf8))
    }

    private static func write(_ octets: [UInt8]) {
        _ = octets.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
