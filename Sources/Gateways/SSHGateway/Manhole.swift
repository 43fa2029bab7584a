import AuditCore
import Basics
import GatewayCore
import ReactorCore
import SSHWire
import ShellPeers
import TerminalWire
import WorldModel

/// A look into the running server, for those who own the game: `ssh -s HOST manhole`.
///
/// It changes nothing, tells no secrets, and each line that is typed goes into the audit trail before its answer goes out, which
/// waits until all that it tells of is durable.
final class Manhole: SSHChannelService {
    private let visit: SSHVisit
    private let owner: Thing
    private let client: SSHSessionEnvironment
    private var channel: SSHChannel?
    private var lines = LineSplitter()
    /// Where lines are edited, for a client with a terminal.
    private var console: LineConsole?
    /// Reads the lines of a terminal that knows no sequences.
    private var typing: CanonicalInput?
    /// Lines that wait while one is answered.
    private var waiting: [String] = []
    private var isAnswering = false
    private var inputHasEnded = false

    /// As many as are taken at once; then the client waits.
    private static let mostWaiting = 16

    /// Opens it for an owner, and for nobody else; that somebody tried is on record.
    static func open(_ visit: SSHVisit, _ client: SSHSessionEnvironment, _ channel: SSHChannel) -> Manhole? {
        guard let entry = visit.entry, let persona = visit.game.character(of: entry) else { return nil }
        let isOwner = visit.game.role(of: persona) >= .owner
        visit.game.audit(
            AuditEvent(
                .inspect, isOwner ? .done : .refused, actor: persona.name, origin: "\(visit.origin)", detail: "opened"))
        if isOwner { visit.knock.needs(.owner) }
        return isOwner ? Manhole(visit, persona, client, channel) : nil
    }

    private init(_ visit: SSHVisit, _ owner: Thing, _ client: SSHSessionEnvironment, _ channel: SSHChannel) {
        self.visit = visit
        self.owner = owner
        self.client = client
        self.channel = channel
    }

    func begin() {
        if !client.takesKeys { typing = client.makeCanonicalInput() }
        if client.takesKeys, let size = client.terminal?.size {
            console = LineConsole(
                profile: client.profile, width: TerminalProfile.width(of: size),
                height: TerminalProfile.height(of: size))
        }
        show("Type help to see what can be looked at.")
    }

    func received(_ octets: Span<UInt8>) {
        let octets = octets.withUnsafeBufferPointer { Array($0) }
        if typing != nil {
            let events = octets.flatMap { typing?.receive($0) ?? [] }
            flush()
            for event in events { take(event) }
        } else if console == nil {
            for piece in lines.receive(octets) { take(piece) }
        } else {
            let events = console?.receive(octets) { _, _ in nil } ?? []
            flush()
            for event in events { take(event) }
        }
        answerNext()
    }

    private func take(_ piece: LineSplitter.Piece) {
        if case .line(let octets) = piece { take(InputText.decode(octets)) }
    }

    private func take(_ event: LineConsole.Event) {
        switch event {
        case .line(let line): take(line)
        case .endOfInput: inputHasEnded = true
        case .lineTooLong, .interrupt, .key: break
        }
    }

    private func take(_ line: String) {
        waiting.append(line.trimmed)
        if waiting.count >= Self.mostWaiting { channel?.pauseInput() }
    }

    func windowChanged(to size: SSHWindowSize) {
        console?.change(
            profile: client.profile, width: TerminalProfile.width(of: size), height: TerminalProfile.height(of: size))
        flush()
    }

    func inputEnded() {
        if let last = lines.finish() { take(last) }
        inputHasEnded = true
        answerNext()
    }

    func closed() {
        channel = nil
        waiting = []
    }

    // MARK: Answers

    private func answerNext() {
        while !isAnswering, !waiting.isEmpty, channel != nil {
            let line = waiting.removeFirst()
            if waiting.isEmpty { channel?.resumeInput() }
            if line.isEmpty {
                showPrompt()
                continue
            }
            if ["quit", "exit"].contains(line.folded) { return finish() }
            isAnswering = true
            answer(line) { [weak self] text in
                self?.isAnswering = false
                self?.show(text)
                self?.answerNext()
            }
        }
        if inputHasEnded, !isAnswering, waiting.isEmpty { finish() }
    }

    private func answer(_ line: String, then: @escaping (String) -> Void) {
        let game = visit.game
        // The role may have been taken away meanwhile.
        guard owner.exists, game.role(of: owner) >= .owner else { return finish() }
        game.audit(AuditEvent(.inspect, actor: owner.name, origin: "\(visit.origin)", detail: line))
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        let rest = words.count > 1 ? words[1] : ""
        if words[0] == "thing" {
            // As in play, where what it shows is bounded, and holds no secrets.
            return game.runErrand("inspect \(rest)", as: owner, profile: TerminalProfile()) { answer in
                then(String(decoding: answer.text, as: UTF8.self))
            }
        }
        let text = ManholeReport(game: game).text(words[0], rest)
        game.whenDurable(game.world.sequence) { then(text) }
    }

    private func show(_ text: String) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { String($0).cleaned }
        let octets = Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
        if console == nil { channel?.send(client.octets(octets)) } else { console?.print(octets) }
        showPrompt()
    }

    private func showPrompt() {
        if typing != nil { channel?.send(Array(Self.prompt.plain.utf8)) }
        console?.setPrompt(Self.prompt)
        flush()
    }

    private static let prompt: StyledText = "manhole> "

    /// Sends what the terminal shall show.
    private func flush() {
        if let octets = console?.takeOutput() ?? typing?.takeOutput(), !octets.isEmpty { channel?.send(octets) }
    }

    private func finish() {
        console?.end()
        flush()
        console = nil
        channel?.finish(status: 0)
        waiting = []
    }
}
