import GatewayCore
import ReactorCore
import SFTPWire
import ShellPeers

/// The files of a player, by SFTP, or by the old copying protocol of `scp -O`.
final class SSHFiles: SSHChannelService, SFTPStream {
    private let visit: SSHVisit
    private var channel: SSHChannel?
    private var session: (any SFTPSession)?

    /// Serves what `scp` wants, or SFTP without that; nil where whoever has come in has no character.
    init?(_ visit: SSHVisit, _ channel: SSHChannel, copying: SCPCommand? = nil) {
        guard let entry = visit.entry, let persona = visit.game.character(of: entry) else { return nil }
        self.visit = visit
        self.channel = channel
        channel.widenWindow(to: SFTPServer.window)
        let tree = GameTree(
            game: visit.game, persona: persona, origin: "\(visit.origin)", editing: visit.services.editing,
            refusals: visit.services.refusals, budgets: visit.services.budgets)
        session = makeSFTPSession(
            of: tree, copying: copying, over: self, portion: visit.game.reactor.filePortion,
            now: { [game = visit.game] in game.wallTime() }, ended: { [weak self] in self?.end($0) })
    }

    func received(_ octets: Span<UInt8>) { session?.received(octets) }
    func inputEnded() { session?.inputEnded() }
    func fellBehind() { session?.fellBehind() }
    func caughtUp() { session?.caughtUp() }

    func closed() {
        channel = nil
        session?.closed()
        session = nil
    }

    // MARK: From the server

    func send(_ octets: [UInt8]) { channel?.send(octets) }
    func pauseInput() { channel?.pauseInput() }
    func resumeInput() { channel?.resumeInput() }
    func close() { end(0) }
    private func end(_ status: UInt32) { channel?.finish(status: status) }
}
