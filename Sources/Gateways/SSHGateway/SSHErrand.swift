import GatewayCore
import ReactorCore
import SSHWire
import ShellPeers
import TerminalWire
import WorldLanguage
import WorldModel

/// A single command: its answer, and 0 as its exit status, or 1 when it was refused.
///
/// What the client sends meanwhile is nothing to the command. See ``Game/runErrand(_:as:profile:then:)`` for what others notice, and
/// ``Game/runGlance(_:profile:locale:then:)`` for guests.
final class SSHErrand: SSHChannelService {
    private let command: String
    private let visit: SSHVisit
    private let client: SSHSessionEnvironment
    private var channel: SSHChannel?
    /// Begins the command when its time has come.
    private var call: DelayedCall?

    init(_ command: String, _ visit: SSHVisit, _ client: SSHSessionEnvironment, _ channel: SSHChannel) {
        self.command = command
        self.visit = visit
        self.client = client
        self.channel = channel
    }

    func begin() {
        let persona = visit.entry.flatMap { visit.game.character(of: $0) }
        guard persona != nil || visit.entry?.who == .guest else {
            return fail("A single command needs a character: log in without one to make yours.")
        }
        // No session would take a longer one either.
        if command.utf8.count > LineLimits.lineOctets {
            return fail(
                "That line was longer than \(plain: String(LineLimits.lineOctets)) bytes, so none of it was read.")
        }
        // With options that ``SCPCommand`` does not know.
        if command.hasPrefix("scp ") { return fail("Files go by SFTP here: leave out the option -O of scp.") }
        // As many as lines from a session; what is more waits, as there.
        call = visit.game.reactor.callLater(visit.delayOfCommand()) { [weak self] in self?.run(as: persona) }
    }

    private func run(as persona: Thing?) {
        if channel == nil { return }
        guard let persona else {
            return visit.game.runGlance(command, profile: client.profile, locale: client.locale) { [weak self] in
                self?.finish($0)
            }
        }
        visit.game.runErrand(command, as: persona, profile: client.profile) { [weak self] in self?.finish($0) }
    }

    private func finish(_ answer: ErrandAnswer) {
        channel?.send(client.octets(answer.text))
        channel?.finish(status: answer.isRefused ? 1 : 0)
    }

    private func fail(_ sentence: Sentence) {
        let persona = visit.entry.flatMap { visit.game.character(of: $0) }
        channel?.send(client.octets(visit.game.text(sentence, for: persona, client.profile)), stream: .errors)
        channel?.finish(status: 1)
    }

    func received(_ octets: Span<UInt8>) {}
    func inputEnded() {}
    func closed() {
        call?.cancel()
        (call, channel) = (nil, nil)
    }
}
