package import GatewayCore
package import Transports

/// The telnet door: lets every connection into the game.
///
/// It may listen before there is a game; nobody is accepted then, or turned away.
package final class TelnetFactory: ProtocolFactory {
    package var game: Game? { didSet { open() } }

    package init(game: Game? = nil) {
        self.game = game
        open()
    }

    /// Monitoring sees an open door before the first connection: what is absent raises no alarm.
    private func open() { _ = game?.traffic(of: TelnetDoor.title) }

    package func makeProtocol(for peer: SocketAddress) -> (any StreamProtocol)? {
        game.map { TelnetDoor(game: $0) }
    }
}
