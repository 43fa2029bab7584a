import GatewayCore
import ReactorCore
import SSHWire
import ShellPeers
import TerminalWire

/// The game's end of a channel with a shell: keys or lines to a ``Session``, and its text back.
///
/// With a terminal each key comes as it is pressed, and the line is edited here. Without one lines come whole, and there are no
/// prompts among the answers.
final class SSHDoor: SessionDoor, SSHChannelService {
    let name = SSHVisit.title
    let source: String
    private let visit: SSHVisit
    private let client: SSHSessionEnvironment
    private var channel: SSHChannel?
    private var session: Session?
    private var lines = LineSplitter()

    /// Begins a session for whom the connection has let in; nil when nobody has come in.
    static func open(_ visit: SSHVisit, _ client: SSHSessionEnvironment, _ channel: SSHChannel) -> SSHDoor? {
        visit.entry == nil ? nil : SSHDoor(visit, client, channel)
    }

    private init(_ visit: SSHVisit, _ client: SSHSessionEnvironment, _ channel: SSHChannel) {
        self.visit = visit
        self.client = client
        self.channel = channel
        source = visit.source
    }

    func begin() {
        let profile = client.profile
        visit.sessionBegan()
        session = visit.game.makeSession(door: self, profile: profile, entry: visit.entry)
        guard let session else {
            channel?.send(client.octets(visit.game.refusal(for: profile)))
            channel?.finish(status: 1)
            return
        }
        session.clientNamed(visit.clientName)
        guard let terminal = client.terminal else { return }
        session.windowChanged(
            width: TerminalProfile.width(of: terminal.size), height: TerminalProfile.height(of: terminal.size))
        session.characterModeChanged(enabled: true)
    }

    // MARK: From the client

    func received(_ octets: Span<UInt8>) {
        guard let session else { return }
        session.octetsReceived(octets.count)
        let octets = octets.withUnsafeBufferPointer { Array($0) }
        if client.terminal != nil { return session.keysReceived(octets) }
        for piece in lines.receive(octets) { take(piece) }
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
        case "INT", "QUIT": session?.interrupted()
        case "HUP", "TERM", "KILL": session?.inputEnded()
        default: break
        }
    }

    func fellBehind() { session?.peerFellBehind() }
    func caughtUp() { session?.peerCaughtUp() }

    func closed() {
        // The session asks what of its text did not arrive.
        session?.connectionLost()
        (session, channel) = (nil, nil)
    }

    // MARK: From the session

    var bufferedByteCount: Int { channel?.bufferedByteCount ?? 0 }
    var untakenByteCount: Int { channel?.untakenByteCount ?? 0 }
    var isConfidential: Bool { true }
    var showsPrompts: Bool { client.terminal != nil }

    func send(_ bytes: borrowing [UInt8]) {
        let octets = copy bytes
        channel?.send(client.octets(octets))
    }

    /// Nothing: a line that is edited here says itself where the prompt is.
    func appendPromptMark(to bytes: inout [UInt8]) {}
    /// Nothing: what is typed is shown by this end, or by nobody.
    func appendEcho(hidden: Bool, to bytes: inout [UInt8]) {}
    func pauseInput() { channel?.pauseInput() }
    func resumeInput() { channel?.resumeInput() }
    func close() { channel?.finish(status: 0) }

    /// The peer may not even take a goodbye, so it is the connection that ends.
    func abort() { visit.abort() }
}
