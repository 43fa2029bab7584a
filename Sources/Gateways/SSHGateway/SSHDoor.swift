import GatewayCore
import ReactorCore
import SSHWire
import ShellPeers
import TerminalWire

/// The game's end of a channel with a shell: keys or lines to a ``Session``, and its text back.
///
/// With a terminal each key comes as it is pressed, and the line is edited here; at one that knows no sequences, or when the player wants
/// no more, it is only shown, and taken back by Backspace. Without a terminal lines come whole, and there are no prompts among the answers.
final class SSHDoor: SessionDoor, SSHChannelService {
    let name = SSHVisit.title
    let source: String
    private let visit: SSHVisit
    private let client: SSHSessionEnvironment
    private var channel: SSHChannel?
    private var session: Session?
    /// Whether the connection has it among its sessions.
    private var holdsSession = false
    private var lines = LineSplitter()
    /// Reads the lines of a terminal where they are not edited.
    private var typing: CanonicalInput?

    /// Begins a session for whom the connection has let in; nil when nobody has come in.
    static func open(_ visit: SSHVisit, _ client: SSHSessionEnvironment, _ channel: SSHChannel) -> SSHDoor? {
        visit.entry == nil ? nil : SSHDoor(visit, client, channel)
    }

    private init(_ visit: SSHVisit, _ client: SSHSessionEnvironment, _ channel: SSHChannel) {
        self.visit = visit
        self.client = client
        self.channel = channel
        source = visit.source
        if !client.takesKeys { typing = client.makeCanonicalInput() }
    }

    func begin() {
        let profile = client.profile
        visit.sessionBegan()
        holdsSession = true
        session = visit.game.makeSession(door: self, profile: profile, entry: visit.entry, locale: client.locale)
        guard let session else {
            noteEnd()
            channel?.send(client.octets(visit.game.refusal(for: profile, from: source)))
            channel?.finish(status: 1)
            return
        }
        session.clientNamed(visit.clientName)
        guard let terminal = client.terminal else { return }
        session.windowChanged(
            width: TerminalProfile.width(of: terminal.size), height: TerminalProfile.height(of: terminal.size))
        if typing == nil { session.characterModeChanged(enabled: true) }
    }

    // MARK: From the client

    func received(_ octets: Span<UInt8>) {
        guard let session else { return }
        session.octetsReceived(octets.count)
        let octets = octets.withUnsafeBufferPointer { Array($0) }
        if typing != nil { return type(octets) }
        if client.terminal != nil { return session.keysReceived(octets) }
        for piece in lines.receive(octets) { take(piece) }
    }

    private func type(_ octets: [UInt8]) {
        for octet in octets {
            let events = typing?.receive(octet) ?? []
            if events.isEmpty { continue }
            // Before the answer.
            echo()
            for event in events { take(event) }
        }
        echo()
    }

    /// Shows what was typed, which tells nothing of the world.
    private func echo() {
        if let octets = typing?.takeOutput(), !octets.isEmpty { channel?.send(octets) }
    }

    private func take(_ event: LineConsole.Event) {
        switch event {
        case .line(let line): session?.lineReceived(line)
        case .lineTooLong: session?.lineTooLong(limit: LineLimits.lineOctets)
        case .interrupt: session?.interrupted()
        case .endOfInput: session?.endOfInputTyped()
        case .key: break
        }
    }

    private func take(_ piece: LineSplitter.Piece) {
        switch piece {
        case .line(let octets): session?.lineReceived(InputText.decode(octets))
        case .tooLong: session?.lineTooLong(limit: LineLimits.lineOctets)
        }
    }

    func inputEnded() {
        if let last = lines.finish() { take(last) }
        session?.inputEnded()
    }

    func windowChanged(to size: SSHWindowSize) {
        session?.windowChanged(width: TerminalProfile.width(of: size), height: TerminalProfile.height(of: size))
    }

    func signalled(_ name: String) {
        switch name {
        case "INT", "QUIT":
            typing?.interrupt()
            session?.interrupted()
        case "HUP", "TERM", "KILL": session?.inputEnded()
        default: break
        }
    }

    func fellBehind() { session?.peerFellBehind() }
    func caughtUp() { session?.peerCaughtUp() }

    func closed() {
        // The session asks what of its text did not arrive.
        session?.connectionLost()
        noteEnd()
        (session, channel) = (nil, nil)
    }

    // MARK: From the session

    var bufferedByteCount: Int { channel?.bufferedByteCount ?? 0 }
    var untakenByteCount: Int { channel?.untakenByteCount ?? 0 }
    var isConfidential: Bool { true }
    var knock: Knock? { visit.knock }
    var showsPrompts: Bool { client.terminal != nil }

    func send(_ bytes: borrowing [UInt8]) {
        let octets = copy bytes
        channel?.send(client.octets(octets))
    }

    /// Nothing: a line that is edited here says itself where the prompt is.
    func appendPromptMark(to bytes: inout [UInt8]) {}
    /// Nothing is sent: what is typed is shown by this end, or by nobody.
    func appendEcho(hidden: Bool, to bytes: inout [UInt8]) { typing?.setHidden(hidden) }
    var sendsKeys: Bool { client.takesKeys }

    /// Nothing is sent: keys come anyway, and are taken as such once the session is done with what it does.
    func appendCharacterModeRequest(to bytes: inout [UInt8]) {
        if client.terminal == nil { return }
        visit.game.reactor.callLater(.zero) { [weak self] in
            self?.typing = nil
            self?.session?.characterModeChanged(enabled: true)
        }
    }

    func endCharacterMode() {
        typing = client.makeCanonicalInput()
        session?.characterModeChanged(enabled: false)
    }

    func pauseInput() { channel?.pauseInput() }
    func resumeInput() { channel?.resumeInput() }
    func close() {
        // The client may never close its end of the channel.
        noteEnd()
        channel?.finish(status: 0)
    }

    private func noteEnd() {
        if holdsSession { visit.sessionEnded() }
        holdsSession = false
    }

    /// The peer may not even take a goodbye, so it is the connection that ends.
    func abort() { visit.abort() }
}
