import CompressionWire
package import GatewayCore
import ShellPeers
import TelnetWire
import TerminalWire
package import Transports

/// The telnet door: lets every connection into the game.
///
/// It may listen before there is a game; nobody is accepted then, or turned away.
package final class TelnetFactory: ProtocolFactory {
    package var game: Game? { didSet { open() } }
    /// Whether the door's connections are encrypted.
    package var isEncrypted = false
    private let compressors = CompressorPool(limit: 0)

    package init(game: Game? = nil) {
        self.game = game
        open()
    }

    /// Monitoring sees an open door before the first connection: what is absent raises no alarm.
    private func open() { _ = game?.traffic(of: TelnetDoor.title) }

    package func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        guard let game else { return nil }
        compressors.limit = game.settings.compressedSessions
        settings.keepAlive = game.settings.keepAlive
        return TelnetConnection(settings, handler: TelnetDoor(game: game, isEncrypted: isEncrypted), on: game.reactor)
    }

    /// The same for all connections, as far as the game's settings do not change.
    private lazy var settings: TelnetSettings = {
        var policy = TelnetPolicy.server
        policy.characterSets = Charset.names
        return TelnetSettings(
            role: .server, policy: policy, compressors: compressors,
            inflatedOctetsPerSecond: CompressionLimits.inflatedOctetsPerSecond,
            spelling: { Transliteration.ascii($0) })
    }()
}
